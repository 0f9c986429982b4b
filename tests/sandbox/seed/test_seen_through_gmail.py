"""The planted world and a mailbox file, read with Google's own client."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document

from sandbox.clock import Clock
from sandbox.google import scopes
from sandbox.google.accounts import Client
from sandbox.google.service import Google
from sandbox.seed.mbox import write_mbox
from sandbox.seed.own_mail import load_mbox
from sandbox.seed.plant import plant
from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.world import World
from tests.sandbox.google.stand import discovery_text
from tests.sandbox.seed.place import ANN, NOON

CREDENTIALS: Callable[[str], Any] = Credentials
FILLINGS = ("planted", "read from a file")


@contextmanager
def gmail_of_ann(fill: Callable[[World], object]) -> Iterator[Any]:
    clock = Clock(NOON)
    clock.freeze()
    clock.set(NOON)
    sandbox = Sandbox(SlackApp.from_manifest({"display_information": {"name": "Unused"}}), clock)
    world = World(clock.now)
    fill(world)
    google = Google(world, clock.now, sandbox.faults)
    google.mount(sandbox)
    google.register(Client("client", "secret", ("https://mailroom.example/back",)))
    person = world.mailbox(ANN).person
    try:
        base = sandbox.start() + "/google/"
        token = google.realm.grants.give_access("client", person, frozenset({scopes.READONLY}))
        document = json.loads(discovery_text()) | {"rootUrl": base, "baseUrl": base}
        service = build_from_document(document, credentials=CREDENTIALS(token))
        yield service.users()
        service.close()
    finally:
        sandbox.stop()


@pytest.fixture(scope="module", params=FILLINGS)
def users(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Ann's Gmail: planted, and the same mail written to a file and read back."""
    path: Path = tmp_path_factory.mktemp("mail") / "ann.mbox"

    def from_file(world: World) -> None:
        with path.open("wb") as out:
            write_mbox(out, 1500, now=NOON)
        load_mbox(world, path)

    with gmail_of_ann(plant if request.param == FILLINGS[0] else from_file) as opened:
        yield opened


def threads(users: Any, query: str, most: int = 500) -> list[str]:
    found = users.threads().list(userId="me", q=query, maxResults=most).execute()
    return [one["id"] for one in found.get("threads", [])]


def test_the_conversations_with_dana_are_found(users: Any) -> None:
    ids = threads(users, "{from:dana@northwind.example to:dana@northwind.example}")
    assert 4 <= len(ids) <= 7
    whole = users.threads().get(userId="me", id=ids[0], format="full").execute()
    headers = {one["name"]: one["value"] for one in whole["messages"][0]["payload"]["headers"]}
    assert "dana@northwind.example" in headers["From"] + headers["To"]


def test_hundreds_of_orders_are_narrowed_by_a_word(users: Any) -> None:
    every = threads(users, "from:ivo@petrovparts.example")
    narrowed = threads(users, 'from:ivo@petrovparts.example "pressure valve"')
    assert len(every) > 100
    assert 0 < len(narrowed) < len(every) / 10


def test_every_conversation_can_be_read_whole(users: Any) -> None:
    for thread in threads(users, "-from:ivo@petrovparts.example", 120):
        whole = users.threads().get(userId="me", id=thread, format="full").execute()
        assert whole["messages"]
        for message in whole["messages"]:
            assert message["payload"]["headers"]


def test_spam_and_trash_are_not_among_what_is_found(users: Any) -> None:
    assert threads(users, 'subject:"You have won a coffee machine"') == []
    assert threads(users, 'subject:"Old price list"') == []
