"""Nothing of mail, no secret and no person stands where it must not, after everything that can be done.

Strings that nobody else writes go in through mail, names, addresses, typed texts and tokens; then every file
of the database and every line of the log is searched for them, also after all that goes wrong.
"""

import base64
import io
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import requests
import structlog

from bot import logs
from store.database import Database
from store.schema import SEALED, metadata
from tests.clock import TurnedClock
from tests.flows.markers import acts
from tests.flows.markers.deciding import decide
from tests.flows.markers.discovering import discover
from tests.flows.markers.marks import (
    Marks,
    columns_with,
    files_with,
    inventoried,
    people,
    postgres_files,
    secrets_of,
    sqlite_files,
)
from tests.flows.markers.moving import move_contacts
from tests.flows.markers.planning import fail_to_plan, hand_over, plan, touch_by_hand
from tests.flows.markers.vendors import GMAIL, OUTLOOK, Vendor
from tests.postgres import Server
from tests.stage import Stage, standing

Files = Callable[[], Iterator[tuple[str, bytes]]]
PEOPLE, SEALS = "Names and addresses of people", "Sealed"


@contextmanager
def written_log() -> Iterator[io.StringIO]:
    """Everything the process logs, at its most talkative, as an operator's file would have it."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    stream = io.StringIO()
    logs.configure("debug", stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.raiseExceptions = raising
        structlog.reset_defaults()


@dataclass
class Search:
    """Looks everywhere, as often as asked; `seen` gathers the columns in which people stood."""

    stage: Stage
    marks: Marks
    files: Files
    log: io.StringIO
    seen: set[str] = field(default_factory=set)

    def look(self, moment: str) -> None:
        """Fail when a mark stands where it must not."""
        secret = secrets_of(self.stage)
        assert files_with(self.files(), self.marks.mail, secret) == [], moment
        written = self.log.getvalue().encode()
        assert files_with([("log", written)], self.marks.mail, secret) == [], moment
        assert files_with([("log", written)], self.marks.person, ()) == [], moment
        assert columns_with(self.stage.mailroom.database, self.marks.mail) == set(), moment
        people_in = columns_with(self.stage.mailroom.database, self.marks.person)
        assert people_in <= set(inventoried(PEOPLE)), moment
        self.seen |= people_in


@pytest.fixture
def files(request: pytest.FixtureRequest, database_url: str) -> Files:
    """How the files of the test's database are read."""
    if database_url.startswith("sqlite"):
        return lambda: sqlite_files(database_url)
    server: Server = request.getfixturevalue("postgres_server")
    return lambda: postgres_files(server, database_url)


@pytest.mark.parametrize("vendor", [GMAIL, OUTLOOK], ids=str)
def test_no_mail_and_no_secret_is_written_anywhere_and_people_only_where_the_inventory_says(
    database_url: str, files: Files, capfd: pytest.CaptureFixture[str], vendor: Vendor
) -> None:
    marks = Marks()
    with written_log() as log, standing(database_url) as stage:
        people(stage, marks, vendor)
        search = Search(stage, marks, files, log)
        digits = acts.ask_before_anything_is_connected(stage, marks, vendor)
        search.look("digits are waited for")
        acts.type_digits(stage, digits)
        acts.read(stage, marks)
        search.look("mail was read")
        acts.add_contact(stage, marks)
        discover(stage, marks, vendor)
        search.look("people were found")
        decide(stage, marks, vendor)
        search.look("people were decided")
        acts.keep_settings(stage, marks)
        search.look("a contact was added")
        move_contacts(stage, marks, search.look)
        syncing = plan(stage, marks, vendor)
        search.look("an appointment was made")
        touch_by_hand(stage, marks, syncing, vendor)
        search.look("an event was changed by hand")
        fail_to_plan(stage, marks, vendor)
        search.look("the calendar failed in every way")
        hand_over(stage)
        search.look("an appointment was handed over")
        acts.write(stage, marks)
        search.look("mail was written")
        acts.fail_to_send(stage, marks, vendor)
        search.look("sending failed in every way")
        acts.fail_to_read(stage, marks, vendor)
        search.look("reading failed in every way")
        acts.lose_and_reconnect(stage, marks, vendor)
        search.look("access was lost")
        unreached = set(inventoried(PEOPLE)) - search.seen  # which would prove nothing
        assert unreached == vendor.unnamed
        acts.disconnect(stage, marks)
        search.look("disconnected")
        gone = columns_with(stage.mailroom.database, marks.address("own"))
        assert gone <= {"outgoing.from_address"}, "disconnecting deletes the mailbox's own addresses"
        stage.later(timedelta(days=120))
        stage.mailroom.engine.tick()
        assert columns_with(stage.mailroom.database, marks.address("own")) == set()
        search.look("everything is over")
    assert "answered" in log.getvalue(), "the log was listened to"
    assert files_with([("output", "".join(capfd.readouterr()).encode())], marks.mail, ()) == []


def test_the_inventory_lists_columns_that_exist_and_every_sealed_one() -> None:
    columns = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    listed = inventoried(PEOPLE)
    assert listed and set(listed) <= columns
    assert len(listed) == len(set(listed))
    assert sorted(inventoried(SEALS)) == sorted(f"{one.table.name}.{one.name}" for one in SEALED)


@pytest.mark.parametrize("column", ["work.ref", "seen.key", "activity.kind", "signin.view_id"])
def test_the_search_finds_what_is_planted(
    sqlite_url: str, tmp_path: Path, column: str, clock: TurnedClock
) -> None:
    marks, copy = Marks(), tmp_path / "copy" / "mailroom.db"
    with standing(sqlite_url) as stage:
        people(stage, marks)
        acts.ask_before_anything_is_connected(stage, marks)
    copy.parent.mkdir()
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), copy)
    url = f"sqlite:///{copy}"
    table, name = column.split(".")
    with sqlite3.connect(copy) as link:
        link.execute(
            "insert into work (workspace_id, id, kind, key, due_at, created_at)"
            " select id, 'w', 'k', 'k', '2026-11-20', '2026-11-20' from workspace"
        )
        link.execute("insert into seen (workspace_id, key, at) select id, 'k', '2026-11-20' from workspace")
        link.execute(
            "insert into activity (workspace_id, member_id, id, kind, at)"
            " select workspace_id, id, 'a', 'k', '2026-11-20' from member"
        )
        assert link.execute(f"update {table} set {name} = ?", [marks.words("leak")]).rowcount
    link.close()
    assert files_with(sqlite_files(url), marks.mail, ()) == ["mailroom.db"]
    database = Database(url, clock)
    assert columns_with(database, marks.mail) == {column}
    database.close()


@pytest.mark.parametrize("shape", ["base64", "hex", "utf-16", "token"])
def test_the_search_finds_what_is_hidden_in_another_shape(shape: str) -> None:
    mark = Marks().words("hidden")
    hidden = {
        "base64": base64.b64encode(f'{{"s": "{mark}"}}'.encode()),
        "hex": f"x{mark}".encode().hex().encode(),
        "utf-16": f"x{mark}".encode("utf-16-le"),
        "token": b"Bearer ya29.abc",
    }[shape]
    assert files_with([("a", b"--" + hidden + b"--"), ("b", b"nothing")], mark, ["ya29.abc"]) == ["a"]


def test_a_line_that_names_somebody_in_an_allowed_place_is_found() -> None:
    marks = Marks()
    with written_log() as log:
        structlog.get_logger("bot").warning("refused", code=marks.name("leak"))
    assert files_with([("log", log.getvalue().encode())], marks.person, ()) == ["log"]


def test_pages_and_their_addresses_carry_no_mark(stage: Stage) -> None:
    marks = Marks()
    people(stage, marks)
    acts.type_digits(stage, acts.ask_before_anything_is_connected(stage, marks))
    url = acts.page_of_a_file(stage, marks)
    assert marks.mail not in url and marks.person not in url
    called = " ".join(f"{one.method} {one.path}" for one in stage.faults.calls())
    assert marks.mail not in called and marks.person not in called
    assert requests.get(f"{stage.url}/metrics", timeout=30).status_code == 404
