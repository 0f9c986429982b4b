"""Read this first: settings → store → providers → services → Bolt → web → engine, built once, here.

`python app.py COMMAND` starts it; `python app.py --help` lists the commands.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from prometheus_client import CollectorRegistry
from slack_bolt import App

from bot import console, logs, operating, serving, trying
from bot.accounts import keeping_listeners
from bot.accounts import listeners as accounts_listeners
from bot.accounts.build import build_accounts
from bot.appointments import listeners as appointments_listeners
from bot.appointments import sync_listeners
from bot.appointments.build import build_appointments
from bot.connections import Connections
from bot.contacts import build as contacts
from bot.discovery import build as discovery
from bot.discovery import files
from bot.engine import Engine, Handler
from bot.entrance import to_bolt
from bot.errors import notice
from bot.failures import answer_failures, not_installed
from bot.home import listeners as home_listeners
from bot.home.drawing import DrawHome
from bot.home.homes import APPOINTMENTS, CONTACTS, PEOPLE, DrawPage, Surroundings
from bot.home.routes import create_routes as public_pages
from bot.home.service import HomeService
from bot.home.views import refused_view
from bot.inbox import find_listeners, thread_listeners, write_listeners
from bot.inbox import listeners as inbox_listeners
from bot.inbox.attachments import Attachments
from bot.inbox.cache import ThreadCache
from bot.inbox.files import add_arguments, read_command
from bot.inbox.routes import blueprint as file_pages
from bot.inbox.service import InboxService
from bot.inbox.write_build import build_writing
from bot.manifest import load_manifest
from bot.places import tell_failure
from bot.record import listeners as record_listeners
from bot.record import person_listeners
from bot.record.opening import build_records
from bot.registration import gather, register
from bot.settings import Settings, load, redirect_path
from bot.slack import Clients, SlackBusy, SlackUnreachable
from bot.starting import open_database, open_keyring
from bot.visits import Visits
from bot.web import create_web
from providers import Provider
from providers.google import google_provider
from providers.microsoft import microsoft_provider
from store.database import Database

log = structlog.get_logger()

PASSING = (SlackBusy, SlackUnreachable)  # work that met one of these is tried again later


@dataclass(frozen=True, slots=True)
class Mailroom:
    """Everything that runs in one process."""

    web: Flask
    registry: CollectorRegistry
    database: Database
    engine: Engine
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


FEATURES = (
    accounts_listeners,
    keeping_listeners,
    inbox_listeners,
    find_listeners,
    thread_listeners,
    write_listeners,
    *contacts.LISTENERS,
    appointments_listeners,
    sync_listeners,
    *discovery.LISTENERS,
    record_listeners,
    person_listeners,
    home_listeners,
)


def build(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Mailroom:
    """Build one process's Mailroom. Call it in the worker, never before a fork.

    Raises CannotStart when the database is not up to date, cannot be reached or is taken by another process.
    """
    database = open_database(settings, clock)
    clients = Clients(settings.slack.bot_token, settings.slack.api_url, database)
    providers = _providers(settings, clock)
    keyring = open_keyring(settings, database)
    connections = Connections(database, providers, keyring, clock)
    handlers: dict[str, Handler] = {}
    engine = Engine(database, clock, handlers, _tell, passing=PASSING)
    visits = Visits(database, clients, engine, clock)
    cache = ThreadCache(settings.cache_bytes)
    inbox = InboxService(database, connections, cache, clock, behind=lambda task: engine.quick(None, task))
    dates = build_appointments(database, connections, engine, visits)
    accounts = build_accounts(
        settings, database, connections, keyring, engine, visits, inbox.forget, dates.calendar_sync
    )
    writing = build_writing(database, connections, keyring, engine, visits, inbox, cache, clock)
    found = discovery.build_discovery(database, connections, keyring, engine, visits, clock)
    people = contacts.build_contacts(
        settings, database, keyring, engine, visits, inbox.known_name, dates.contact_changed
    )
    for feature in (accounts, writing, dates, found, people):
        handlers.update(feature.handlers)
    attachments = Attachments(database, connections, keyring, settings.url)
    around = Surroundings(settings.url, settings.command, settings.support)
    homes = HomeService(database, accounts.service, accounts.connecting, writing.service, dates, found, clock)
    pages: dict[str, DrawPage] = {
        PEOPLE: lambda member, reader, at: found.page(member, reader, at.place, at.version),
        CONTACTS: lambda member, reader, at: people.page(member, reader, at.place, at.version),
        APPOINTMENTS: lambda member, reader, at: dates.page(member, reader, at.place),
    }
    visits.draw_home = draw_home = DrawHome(homes, clients, around, pages)

    services = {
        "visits": visits,
        "draw_home": draw_home,
        "inbox": inbox,
        "writing": writing.service,
        "attachments": attachments,
        **people.services,
        **build_records(database, inbox, dates.service, visits),
        **accounts.services,
        **dates.services,
        **found.services,
        **person_listeners.build(database, inbox, found.people, found.reviews),
    }
    blueprints = (accounts.routes, people.routes, file_pages(attachments, settings.url), public_pages(around))
    registry = CollectorRegistry()
    web = create_web(
        settings,
        slack=to_bolt(_bolt(settings, clients, services, around)),
        blueprints=blueprints,
        ready={"database": lambda: _answers(database), "engine": lambda: engine.works},
        registry=registry,
    )
    stops = (engine.stop, inbox.close, *(provider.close for provider in providers.values()))
    return Mailroom(web, registry, database, engine, (engine.start, found.nights.heal), stops)


def _providers(settings: Settings, clock: Callable[[], datetime]) -> dict[str, Provider]:
    """Every vendor Mailroom can connect. A third one is one more line here."""
    google = settings.google
    made = [
        google_provider(
            google.client_id,
            google.client_secret,
            auth_url=google.auth_url,
            token_url=google.token_url,
            revoke_url=google.revoke_url,
            userinfo_url=google.userinfo_url,
            gmail_api_url=google.gmail_api_url,
            calendar_api_url=google.calendar_api_url,
            now=clock,
        ),
    ]
    if one := settings.microsoft:
        urls = (one.authority_url, one.graph_api_url)
        made.append(microsoft_provider(one.client_id, one.client_secret, *urls, now=clock))
    return {provider.name: provider for provider in made}


def _tell(place: Any, error: BaseException) -> None:
    """Show an error of the quick lane where its task belongs; what nobody waits for has no place."""
    if place is None:
        log.warning("left undone", error=type(error).__name__)
    else:
        tell_failure(place, notice(error, place.reader))


def _bolt(settings: Settings, clients: Clients, services: Mapping[str, Any], around: Surroundings) -> App:
    def authorize(team_id: str | None) -> Any:
        # a function and no method: Bolt fills in what it names, even `self`. None: not a workspace of ours
        return clients.authorize(team_id)

    bolt = App(
        name="mailroom",  # else Bolt reads the source of everything on the stack to find one
        signing_secret=settings.slack.signing_secret,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,  # bot/verify.py stands in front
        user_facing_authorize_error_message=not_installed(),
    )
    register(bolt, gather(FEATURES), settings.command, services)
    answer_failures(bolt, clients, lambda told, reader: refused_view(told, around, reader))
    return bolt


def _answers(database: Database) -> bool:
    with database.read():
        return True


def _demo(arguments: argparse.Namespace) -> int:
    from sandbox.clock import follow  # a deployment has no sandbox
    from sandbox.demo import NoMail, open_demo

    if arguments.clock:  # the demo has started itself a second time, to be Mailroom in it
        return _serve(trying.on_this_machine(load(env_file=arguments.env)), follow(arguments.clock))
    port: int = arguments.port
    taken = [str(one) for one in (port, port + 1) if not trying.is_free(one)]
    if taken:
        return _refuse(f"Port {taken[0]} is taken. Choose another pair, like make demo PORT={port + 100}.")
    app_url = f"http://127.0.0.1:{port + 1}"
    try:
        world = open_demo(
            port,
            f"{app_url}/slack/events",
            dict(load_manifest().content),
            f"{app_url}{redirect_path('google')}",
            microsoft_redirect_uris=(f"{app_url}{redirect_path('microsoft')}",),
            mailbox=arguments.mailbox,
            member=arguments.member,
            told=lambda sentence: print(sentence, flush=True),
        )
    except NoMail as reason:
        return _refuse(str(reason))
    try:
        return trying.run(Path(__file__), world, port + 1)
    finally:
        world.close()


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8080, help="the page's port; Mailroom takes the next one")
    parser.add_argument("--mailbox", type=Path, help="an mbox file of your own mail, read and never changed")
    parser.add_argument("--member", help="the address whose mailbox it is, where it cannot be guessed")
    parser.add_argument("--clock", type=Path, help=argparse.SUPPRESS)


def _mbox(arguments: argparse.Namespace) -> int:
    from sandbox.seed.mbox import main  # a deployment has no sandbox

    return main([str(arguments.count)])


def _mbox_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("count", type=int, nargs="?", default=3000, help="how many messages")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _serve(settings: Settings, clock: Callable[[], datetime] = utc_now) -> int:
    logs.configure(settings.log_level)
    serving.serve(settings, partial(build, clock=clock))
    return 0


COMMANDS = (
    console.Command("serve", "serve Slack and browsers, as .env says", console.with_settings(_serve)),
    console.Command("demo", "try Mailroom on this machine, without any account", _demo, _demo_arguments),
    console.Command("mbox", "write a plausible mailbox to standard output", _mbox, _mbox_arguments),
    console.Command("read", "show what a member would see of mail files", read_command, add_arguments),
    *(console.Command(*command) for command in files.COMMANDS),
    *operating.COMMANDS,
)


if __name__ == "__main__":
    sys.exit(console.run(COMMANDS, sys.argv[1:]))
