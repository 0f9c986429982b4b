"""Drawings of Home are numbered, and only the newest one is noted as what stands there."""

from store import members
from store.database import Database
from tests.store.places import somebody


def test_the_hash_of_an_overtaken_drawing_is_not_kept(database: Database) -> None:
    who = somebody(database)
    here = (who.workspace_id, who.member_id)
    with database.write() as tx:
        first = members.show_home(tx, *here, "today")
        assert members.home_shown(tx, *here, first, "1.a")
        second = members.show_home(tx, *here, "accounts")
        assert second > first
        assert not members.home_shown(tx, *here, first, "1.b")
        kept = members.get(tx, *here)
    assert kept is not None
    assert (kept.home_hash, kept.home_page, kept.home_version) == ("1.a", "accounts", second)


def test_another_workspaces_home_is_not_touched(database: Database) -> None:
    ours, theirs = somebody(database, "T1"), somebody(database, "T2")
    with database.write() as tx:
        version = members.show_home(tx, theirs.workspace_id, theirs.member_id, "today")
        assert not members.home_shown(tx, ours.workspace_id, theirs.member_id, version, "1.a")
