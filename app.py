"""Read this first: settings → store → providers → services → Bolt → web → engine, built once, here.

`python app.py COMMAND` starts it; `python app.py --help` lists the commands.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from prometheus_client import CollectorRegistry
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler

from bot import console, doctor, logs, operating, serving
from bot.settings import Settings
from bot.slack import Clients
from bot.web import create_web
from store.database import Database, SecondProcess


@dataclass(frozen=True, slots=True)
class Mailroom:
    """Everything that runs in one process."""

    web: Flask
    registry: CollectorRegistry
    database: Database
    starts: tuple[Callable[[], None], ...] = ()
    stops: tuple[Callable[[], None], ...] = ()

    def start(self) -> None:
        """Start what runs beside the requests, in order."""
        for start in self.starts:
            start()

    def stop(self) -> None:
        """Stop it, in order, and let go of the database last."""
        for stop in self.stops:
            stop()
        self.database.close()


def utc_now() -> datetime:
    """Return the time of day: the clock of everything but tests and the demo."""
    return datetime.now(UTC)


def build(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Mailroom:
    """Build one process's Mailroom. Call it in the worker, never before a fork.

    Raises CannotStart when the database is not up to date, cannot be reached or is taken by another process.
    """
    found = doctor.database_finding(settings.database_url)
    if found.grade is not doctor.Grade.GOOD:
        raise serving.CannotStart(f"{found.what} {found.fix}")
    database = Database(settings.database_url, clock)
    try:
        database.take()
    except SecondProcess as taken:
        raise serving.CannotStart(str(taken)) from None
    clients = Clients(settings.slack.bot_token, settings.slack.api_url, database)
    registry = CollectorRegistry()
    web = create_web(
        settings,
        slack=SlackRequestHandler(_bolt(settings, clients)).handle,
        ready={"database": lambda: _answers(database)},
        registry=registry,
    )
    return Mailroom(web, registry, database)


def _bolt(settings: Settings, clients: Clients) -> App:
    authorize: Callable[..., Any] = (
        clients.authorize
    )  # may answer None, which Bolt knows and its types do not
    return App(
        signing_secret=settings.slack.signing_secret,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,  # bot/verify.py stands in front
    )


def _answers(database: Database) -> bool:
    with database.read():
        return True


def _serve(settings: Settings) -> int:
    logs.configure(settings.log_level)
    serving.serve(settings, build)
    return 0


COMMANDS = (
    console.Command(
        "serve", "serve Slack and browsers, with the settings of .env", console.with_settings(_serve)
    ),
    *operating.COMMANDS,
)


if __name__ == "__main__":
    sys.exit(console.run(COMMANDS, sys.argv[1:]))
