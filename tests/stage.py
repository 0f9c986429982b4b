"""The whole product on loopback: the sandbox, and Mailroom as app.py builds it, in one process.

Tests act as people do: `stage.ann` types, presses and reads in Slack, `stage.mailbox(…)` is what arrived.
"""

import secrets
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import app as mailroom_app
from bot.manifest import load_manifest
from bot.settings import Settings, load
from sandbox.google.accounts import Client
from sandbox.google.service import Google
from sandbox.mail.mailbox import Mailbox
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.service import Microsoft
from sandbox.seed.members import slack_users
from sandbox.seed.plant import plant
from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.slack.person import Person
from sandbox.slack.state import Message, View
from sandbox.world import World
from sandbox.wsgi import Server
from store.sealing import new_keyring_setting
from tests.browser_walk import Browser, Page, sign_in
from tests.house.given import SIGNING_SECRET

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@cache
def planted(orders: int, outlook: frozenset[str]) -> World:
    """Write a world's mail once: what a stage begins with is always the same, and it takes a copy."""
    world = World(lambda: MORNING)
    plant(world, orders=orders, outlook=outlook)
    return world


class Stage:
    """Everything of one test. `orders`: conversations of Ivo, a supplier. `outlook`: as in `plant`."""

    def __init__(self, database_url: str, *, orders: int = 8, outlook: Collection[str] = ()) -> None:
        self.sandbox = Sandbox(SlackApp.from_manifest(dict(load_manifest().content), SIGNING_SECRET))
        self.clock, self.faults, self.slack = self.sandbox.clock, self.sandbox.faults, self.sandbox.slack
        self.clock.set(MORNING)
        self.clock.freeze()
        self.world = planted(orders, frozenset(outlook)).copy(self.clock.now)
        self._bot = Server(self._serve, 0)
        self.url = f"http://127.0.0.1:{self._bot.port}"
        self._keys = new_keyring_setting()
        self.client = Client(
            f"{secrets.token_hex(6)}.apps",
            secrets.token_urlsafe(12),
            (f"{self.url}/oauth/google/callback",),
        )
        self.google = Google(self.world, self.clock.now, self.faults)
        self.google.register(self.client)
        self.google.mount(self.sandbox)
        self.outlook = App(
            str(uuid.uuid4()),
            (Secret(secrets.token_urlsafe(12)),),
            (f"{self.url}/oauth/microsoft/callback",),
        )
        self.microsoft = Microsoft(self.world, self.clock.now, self.faults)
        self.microsoft.register(self.outlook)
        self.microsoft.mount(self.sandbox)
        self.workspace = self.slack.add_workspace(slack_users(self.world))
        self.slack.request_url = f"{self.url}/slack/events"
        self.base = self.sandbox.start()
        self._database_url = database_url
        self.mailroom = self._build()
        self._bot.serve_in_thread()

    def environment(self) -> dict[str, str]:
        """What a deployment of this stage would have in its environment."""
        installed = self.workspace.installation
        assert installed is not None
        base = self.base
        return {
            "MAILROOM_URL": self.url,
            "MAILROOM_DATABASE_URL": self._database_url,
            "MAILROOM_ENCRYPTION_KEYS": self._keys,
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": f"{base}/api/",
            "GOOGLE_CLIENT_ID": self.client.id,
            "GOOGLE_CLIENT_SECRET": self.client.secret,
            "GOOGLE_AUTH_URL": f"{base}/google/o/oauth2/v2/auth",
            "GOOGLE_TOKEN_URL": f"{base}/google/token",
            "GOOGLE_REVOKE_URL": f"{base}/google/revoke",
            "GOOGLE_USERINFO_URL": f"{base}/google/v1/userinfo",
            "GMAIL_API_URL": f"{base}/google",
            "GOOGLE_CALENDAR_API_URL": f"{base}/google",
            "MICROSOFT_CLIENT_ID": self.outlook.id,
            "MICROSOFT_CLIENT_SECRET": self.outlook.secrets[0].text,
            "MICROSOFT_AUTHORITY_URL": f"{base}/microsoft",
            "GRAPH_API_URL": f"{base}/microsoft/graph/v1.0",
        }

    def settings(self) -> Settings:
        """The same, read."""
        return load(self.environment(), env_file=None)

    def _build(self) -> mailroom_app.Mailroom:
        built = mailroom_app.build(self.settings(), self.clock.now)
        built.start()
        return built

    def _serve(self, environ: Any, start_response: Any) -> Any:
        return self.mailroom.web(environ, start_response)

    def restart(self) -> None:
        """Stop Mailroom and start it anew on the same database: memory is gone, rows are not."""
        self.mailroom.stop()
        self.mailroom = self._build()

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until Slack, Google and Mailroom have nothing left to do at this moment of the clock."""
        for _ in range(20):
            before = len(self.faults.calls())
            self.sandbox.settle(timeout)
            self.mailroom.engine.settle(timeout)
            self.sandbox.settle(timeout)
            if len(self.faults.calls()) == before:
                return
        raise TimeoutError("the stage does not come to rest")

    def later(self, by: timedelta) -> None:
        """Turn the clock on and let what became due happen."""
        self.clock.advance(by)
        self.settle()

    def stop(self) -> None:
        """End everything."""
        self.mailroom.stop()
        self._bot.close_all()
        self.sandbox.stop()

    # --- people -------------------------------------------------------------------------------------------

    def person(self, handle: str) -> Person:
        """Somebody at their Slack."""
        return self.slack.as_user(handle)

    @property
    def ann(self) -> Person:
        return self.person("ann")

    def mailbox(self, address: str) -> Mailbox:
        """What lies in somebody's mailbox."""
        return self.world.mailbox(address)

    def type(self, person: Person, text: str, channel: str = "general") -> Message | None:
        """Type a command, wait for the answer, and return the newest ephemeral message, if there is one."""
        before = {m.ts for m in person.messages(channel)}
        person.command(channel, text)
        self.settle()
        fresh = [m for m in person.messages(channel) if m.ts not in before]
        return fresh[-1] if fresh else None

    def press(self, person: Person, where: Message | View, action_id: str, **which: Any) -> None:
        """Press a button and wait until everything that follows has happened."""
        person.press(where, action_id, **which)
        self.settle()


def kind_of(stage: Stage, address: str) -> str:
    """Name the company that an address's mailbox is with."""
    person = stage.world.person(address)
    assert person is not None
    return person.provider


def ask_link(stage: Stage, handle: str = "ann", kind: str = "google") -> str:
    """Type `/inbox connect`, choose the kind of account, and read the link of the window."""
    person = stage.person(handle)
    assert person.command("general", "/inbox connect") == ""
    stage.settle()
    stage.press(person, person.window(), f"accounts.connect_{kind}")
    return str(person.element(person.window(), "accounts.open_page")["url"])


def connect(stage: Stage, handle: str = "ann", address: str = "ann@northwind.example") -> Page:
    """Connect a mailbox as a person does: window, page, consent, digits where they are asked for."""
    person = stage.person(handle)
    link = ask_link(stage, handle, kind_of(stage, address))
    page = sign_in(Browser(), link, address)
    stage.settle()
    if page.digits:
        person.fill(person.window(), "accounts.digits", page.digits)
        assert person.submit().accepted
        stage.settle()
    assert f"Connected: {address}" in texts(person.window().blocks)
    person.close()
    return page


@contextmanager
def standing(database_url: str, **how: Any) -> Iterator[Stage]:
    """A stage that is taken down again."""
    stage = Stage(database_url, **how)
    try:
        yield stage
    finally:
        stage.stop()


def texts(blocks: list[dict[str, Any]]) -> str:
    """Every text in blocks, in order, for reading what a person reads."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("text"), str):
                found.append(node["text"])
            if node.get("type") == "date":
                found.append(str(node.get("fallback", "")))
            for key, value in node.items():
                if key != "text" or not isinstance(value, str):
                    walk(value)
        elif isinstance(node, list):
            for item in node:
                walk(item)

    walk(blocks)
    return "\n".join(found)
