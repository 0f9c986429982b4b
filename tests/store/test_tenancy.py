"""One workspace never sees another's row: proved by the shape of every function and by two workspaces."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta

import store
from store import activity, members, seen, work, workspaces
from store.database import Database
from store.members import Profile
from store.schema import metadata
from tests.clock import TurnedClock
from tests.store.places import somebody

CROSSING = "store.across"
NO_QUERIES = ("store.migrations", "store.transactions", "store.database", "store.connecting", "store.columns")


def _functions() -> Iterator[tuple[str, Callable[..., object]]]:
    for found in pkgutil.walk_packages(store.__path__, "store."):
        if found.name.startswith((CROSSING, *NO_QUERIES)):
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == found.name:
                yield f"{found.name}.{name}", function


def test_every_function_that_takes_a_transaction_takes_the_workspace_next() -> None:
    checked = 0
    for name, function in _functions():
        parameters = list(inspect.signature(function).parameters.values())
        if not parameters or parameters[0].name != "tx":
            continue
        if name.split(".")[-1].startswith("_") and any(p.kind is p.VAR_POSITIONAL for p in parameters):
            continue  # given ready conditions by a public function of its module
        assert len(parameters) > 1, name
        assert parameters[1].name == "workspace_id", f"{name} takes no workspace_id: it belongs in {CROSSING}"
        checked += 1
    assert checked > 20


def test_every_table_names_its_workspace() -> None:
    for table in metadata.sorted_tables:
        assert table.name == "workspace" or not table.c.workspace_id.nullable, table.name


def test_one_workspace_never_sees_or_changes_anothers_row(database: Database) -> None:
    ours, theirs = somebody(database, "T1", "U1"), somebody(database, "T2", "U1")
    here = ours.workspace_id
    with database.write() as tx:
        their_work = work.enqueue(tx, theirs.workspace_id, "send", "k").id
        activity.note(tx, theirs.workspace_id, theirs.member_id, "sent")
        assert seen.first_time(tx, theirs.workspace_id, "click")

        assert members.get(tx, here, theirs.member_id) is None
        assert work.get(tx, here, their_work) is None
        assert work.by_key(tx, here, "send", "k") is None
        assert not work.withdraw(tx, here, their_work)
        assert not work.revive(tx, here, their_work)
        assert activity.recent(tx, here, theirs.member_id, 10) == ()
        assert seen.first_time(tx, here, "click")
        assert work.enqueue(tx, here, "send", "k").fresh
        assert members.show_home(tx, here, theirs.member_id, "people") == 0
        members.set_dm_channel(tx, here, theirs.member_id, "D1")
        members.told_sharing(tx, here, theirs.member_id)
        assert not members.erase(tx, here, theirs.member_id)
        untouched = members.get(tx, theirs.workspace_id, theirs.member_id)
    assert untouched is not None
    assert (untouched.dm_channel, untouched.told_sharing_at, untouched.home_page) == (None, None, "today")


def test_erasing_a_workspace_leaves_nothing_of_it_and_all_of_the_others(database: Database) -> None:
    ours, theirs = somebody(database, "T1", "U1"), somebody(database, "T2", "U1")
    with database.write() as tx:
        for who in (ours, theirs):
            work.enqueue(tx, who.workspace_id, "send", "k")
            activity.note(tx, who.workspace_id, who.member_id, "sent")
            seen.first_time(tx, who.workspace_id, "click")
        assert workspaces.erase(tx, ours.workspace_id)
        assert not workspaces.erase(tx, ours.workspace_id)
        for table in metadata.sorted_tables:
            column = table.c.id if table.name == "workspace" else table.c.workspace_id
            assert tx.all(table.select().where(column == ours.workspace_id)) == [], table.name
        assert members.get(tx, theirs.workspace_id, theirs.member_id) is not None
        assert work.by_key(tx, theirs.workspace_id, "send", "k") is not None


def test_a_delivery_is_taken_once(database: Database) -> None:
    who = somebody(database)
    with database.write() as tx:
        assert seen.first_time(tx, who.workspace_id, "Ev1")
        assert not seen.first_time(tx, who.workspace_id, "Ev1")
        assert seen.first_time(tx, who.workspace_id, "Ev2")


def test_a_member_who_comes_again_keeps_the_wishes_and_takes_the_new_name(database: Database) -> None:
    who = somebody(database)
    with database.write() as tx:
        members.set_wishes(
            tx,
            who.workspace_id,
            who.member_id,
            preview_lines=True,
            undo_seconds=30,
            names_in_notifications=False,
        )
        profile = Profile("U1", "Robin B.", None, "Asia/Tokyo", "de-DE", is_admin=True)
        again = members.arrive(tx, who.workspace_id, profile)
    assert (again.id, again.name, again.zone, again.is_admin) == (
        who.member_id,
        "Robin B.",
        "Asia/Tokyo",
        True,
    )
    assert (again.preview_lines, again.undo_seconds, again.names_in_notifications) == (True, 30, False)


def test_home_is_numbered_so_that_the_newest_drawing_wins(database: Database) -> None:
    who = somebody(database)
    with database.write() as tx:
        assert members.show_home(tx, who.workspace_id, who.member_id, "people") == 1
        assert members.show_home(tx, who.workspace_id, who.member_id, "today") == 2


def test_what_a_member_did_is_listed_newest_first(database: Database, clock: TurnedClock) -> None:
    who = somebody(database)
    for kind in ("connected", "sent", "added"):
        with database.write() as tx:
            activity.note(tx, who.workspace_id, who.member_id, kind)
        clock.turn(timedelta(minutes=1))
    with database.read() as tx:
        found = activity.recent(tx, who.workspace_id, who.member_id, 2)
    assert [one.kind for one in found] == ["added", "sent"]
