"""Somebody changes a contact in the very moment in which another one merges it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.contacts.endings import Endings
from bot.contacts.pairs import Ended, Pair
from bot.payloads import MergeRef
from store import across, contact_changes, contact_endings, contacts, members
from store.contact_changes import fields_of
from store.database import Database, Transaction, new_id
from store.members import Member, Profile

DANA, TOM = "dana@x.example", "tom@x.example"


class Overtaking(Database):
    """Lets somebody else write once, just before the next one who does."""

    first: Callable[[], None] | None = None

    @contextmanager
    def write(self, patience: float = 30.0) -> Iterator[Transaction]:
        act, self.first = self.first, None
        if act:
            act()
        with super().write(patience) as tx:
            yield tx


def plant(database: Database) -> tuple[Member, str, str]:
    """Two contacts, and somebody who merges them."""
    with database.write() as tx:
        workspace = across.install(tx, "T1", None, "Northwind")
        member = members.arrive(tx, workspace.id, Profile("U1", "Ann", None, "UTC", "en"))
        ids = new_id(), new_id()
        for contact_id, address in zip(ids, (DANA, TOM), strict=True):
            where = (tx, workspace.id, contact_id)
            contacts.add(*where, name=address, addresses=[address], source="hand", added_by=member.id)
    return member, *ids


def shown(pair: object) -> MergeRef:
    """What the preview carries."""
    assert isinstance(pair, Pair)
    return MergeRef(
        pair.kept.id, pair.gone.id, kept_version=pair.kept.version, gone_version=pair.gone.version
    )


def test_who_is_overtaken_sees_what_the_two_come_to_now_and_nothing_was_merged(sqlite_url: str) -> None:
    database = Overtaking(sqlite_url, lambda: datetime.now(UTC))
    member, dana, tom = plant(database)
    endings = Endings(database, lambda *_: None)
    ref = shown(endings.pair(member, dana, tom))

    def colleague() -> None:
        with database.write() as tx:
            now = contacts.only(tx, member.workspace_id, tom)
            assert now
            fields = {**fields_of(now), "notes": "Left"}
            contact_changes.change(tx, member.workspace_id, tom, now.version, fields, member_id=None)

    database.first = colleague
    again = endings.merge(member, ref, [])
    assert isinstance(again, Pair)
    assert again.changed
    assert again.settled["notes"] == "Left"
    with database.read() as tx:
        assert contacts.count(tx, member.workspace_id) == 2
    ended = endings.merge(member, shown(again), [])
    assert isinstance(ended, Ended)
    database.close()


def test_of_two_who_merge_the_same_two_at_once_both_see_them_merged(sqlite_url: str) -> None:
    database = Overtaking(sqlite_url, lambda: datetime.now(UTC))
    member, dana, tom = plant(database)
    endings = Endings(database, lambda *_: None)
    ref = shown(endings.pair(member, dana, tom))
    database.first = lambda: assert_ended(Endings(database, lambda *_: None).merge(member, ref, []))
    assert_ended(endings.merge(member, ref, []))
    with database.read() as tx:
        assert len(contact_endings.gone(tx, member.workspace_id, 9)) == 1
    database.close()


def assert_ended(found: object) -> None:
    assert isinstance(found, Ended)
