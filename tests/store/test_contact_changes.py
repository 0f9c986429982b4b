"""Contacts that change: every change is noted, two at once collide, and what ended comes back whole."""

from datetime import timedelta

import pytest

from store import contact_changes, contact_endings, contact_merging, contacts
from store.contact_changes import Outdated, fields_of
from store.contact_endings import UNDO
from store.contacts import AddressTaken, Contact
from store.database import Database
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody
from tests.store.test_contacts import add, found


def read(database: Database, who: Somebody, contact_id: str) -> Contact:
    with database.read() as tx:
        one = contacts.only(tx, who.workspace_id, contact_id)
    assert one is not None
    return one


def change(database: Database, who: Somebody, one: Contact, **fields: str) -> Contact:
    with database.write() as tx:
        return contact_changes.change(
            tx, who.workspace_id, one.id, one.version, fields, member_id=who.member_id
        )


def merge(database: Database, who: Somebody, gone_id: str, kept_id: str, **fields: str) -> Contact:
    gone, kept = read(database, who, gone_id), read(database, who, kept_id)
    both = "\n".join((*kept.addresses, *gone.addresses))
    with database.write() as tx:
        return contact_merging.merge(
            tx, who.workspace_id, gone, kept, {"addresses": both, **fields}, member_id=who.member_id
        )


def test_every_change_is_noted_with_what_was_before(database: Database, clock: TurnedClock) -> None:
    who = somebody(database)
    one = read(database, who, add(database, who, "Dana", "dana@example.com"))
    clock.turn(timedelta(minutes=1))
    changed = change(
        database, who, one, name="Dana Reyes", company="", addresses="d@new.example\ndana@example.com"
    )
    assert (changed.name, changed.addresses, changed.version) == (
        "Dana Reyes",
        ("d@new.example", "dana@example.com"),
        2,
    )
    assert found(database, who, "reyes") == ["Dana Reyes"]
    assert found(database, who, "new.example") == ["Dana Reyes"]
    with database.read() as tx:
        noted = contact_changes.latest(tx, who.workspace_id, one.id, 10)
    assert {(c.field, c.before, c.after, c.member_id) for c in noted} == {
        ("name", "Dana", "Dana Reyes", who.member_id),
        ("addresses", "dana@example.com", "d@new.example\ndana@example.com", who.member_id),
    }


def test_a_change_of_what_was_changed_meanwhile_changes_nothing(database: Database) -> None:
    who = somebody(database)
    one = read(database, who, add(database, who, "Dana", "dana@example.com"))
    change(database, who, one, name="Dana Reyes")
    with pytest.raises(Outdated):
        change(database, who, one, company="Northwind")
    assert read(database, who, one.id).company == ""


def test_an_address_of_somebody_else_is_refused_and_nothing_is_half_changed(database: Database) -> None:
    who = somebody(database)
    add(database, who, "Ivo", "ivo@example.com")
    one = read(database, who, add(database, who, "Dana", "dana@example.com"))
    with pytest.raises(AddressTaken):
        change(database, who, one, name="Dana Reyes", addresses="dana@example.com\nivo@example.com")
    assert read(database, who, one.id) == one


def test_a_deleted_contact_is_found_nowhere_and_comes_back_whole(database: Database) -> None:
    who = somebody(database)
    one = read(database, who, add(database, who, "Dana", "dana@example.com", "d@home.example"))
    with database.write() as tx:
        assert contact_endings.end(tx, who.workspace_id, one.id, member_id=who.member_id)
        assert not contact_endings.end(tx, who.workspace_id, one.id, member_id=who.member_id)
        assert contacts.get(tx, who.workspace_id, one.id) is None
        assert contacts.by_address(tx, who.workspace_id, "dana@example.com") is None
        assert contacts.count(tx, who.workspace_id) == 0
    assert found(database, who, "dana") == []
    with database.write() as tx:
        back = contact_endings.come_back(tx, who.workspace_id, one.id, member_id=who.member_id)
    assert back.contact is not None and back.taken == ()
    assert fields_of(back.contact) == fields_of(one)
    assert found(database, who, "home.example") == ["Dana"]


def test_an_address_taken_meanwhile_stays_with_whoever_took_it(database: Database) -> None:
    who = somebody(database)
    one = add(database, who, "Dana", "dana@example.com", "d@home.example")
    with database.write() as tx:
        contact_endings.end(tx, who.workspace_id, one, member_id=None)
    add(database, who, "Other", "dana@example.com")
    with database.write() as tx:
        back = contact_endings.come_back(tx, who.workspace_id, one, member_id=None)
    assert back.taken == ("dana@example.com",)
    assert back.contact is not None and back.contact.addresses == ("d@home.example",)


def test_without_an_address_left_it_stays_deleted(database: Database) -> None:
    who = somebody(database)
    one = add(database, who, "Dana", "dana@example.com")
    with database.write() as tx:
        contact_endings.end(tx, who.workspace_id, one, member_id=None)
    add(database, who, "Other", "dana@example.com")
    with database.write() as tx:
        back = contact_endings.come_back(tx, who.workspace_id, one, member_id=None)
    assert (back.contact, back.taken) == (None, ("dana@example.com",))


def test_after_a_day_nothing_can_be_taken_back(database: Database, clock: TurnedClock) -> None:
    who = somebody(database)
    one = add(database, who, "Dana", "dana@example.com")
    with database.write() as tx:
        contact_endings.end(tx, who.workspace_id, one, member_id=None)
    clock.turn(UNDO)
    with database.write() as tx:
        assert contact_endings.gone(tx, who.workspace_id, 5) == ()
        with pytest.raises(Outdated):
            contact_endings.come_back(tx, who.workspace_id, one, member_id=None)


def test_what_names_a_merged_contact_goes_along_and_comes_back(database: Database) -> None:
    who = somebody(database)
    kept, gone = add(database, who, "Dana", "dana@example.com"), add(database, who, "D.", "d@home.example")
    before = read(database, who, kept), read(database, who, gone)
    with database.write() as tx:
        contacts.note_looked_at(tx, who.workspace_id, who.member_id, gone)
    tables = {table.name for table in contact_merging.followers()}
    assert {"outgoing", "candidate", "appointment", "contact_change"} <= tables

    merge(database, who, gone, kept, company="Northwind")
    with database.read() as tx:
        one = contacts.get(tx, who.workspace_id, gone)
        looked = contacts.recent(tx, who.workspace_id, who.member_id, 5)
    assert one is not None and one.id == kept, "old buttons lead to the one that stayed"
    assert one.addresses == ("dana@example.com", "d@home.example")
    assert [c.id for c in looked] == [kept]

    with database.write() as tx:
        back = contact_merging.unmerge(tx, who.workspace_id, gone, member_id=who.member_id)
        looked = contacts.recent(tx, who.workspace_id, who.member_id, 5)
    assert back.contact is not None
    assert [c.id for c in looked] == [gone]
    assert fields_of(read(database, who, kept)) == fields_of(before[0])
    assert fields_of(read(database, who, gone)) == fields_of(before[1])


def test_what_was_changed_after_a_merging_stays(database: Database) -> None:
    who = somebody(database)
    kept, gone = add(database, who, "Dana", "dana@example.com"), add(database, who, "D.", "d@home.example")
    merged = merge(database, who, gone, kept, name="Dana D.", company="Northwind")
    change(database, who, merged, company="Contoso")
    with database.write() as tx:
        contact_merging.unmerge(tx, who.workspace_id, gone, member_id=None)
    assert (read(database, who, kept).name, read(database, who, kept).company) == ("Dana", "Contoso")


def test_merging_again_after_undo_can_be_undone_again(database: Database) -> None:
    who = somebody(database)
    kept, gone = add(database, who, "Dana", "dana@example.com"), add(database, who, "D.", "d@home.example")
    before = [fields_of(read(database, who, one)) for one in (kept, gone)]
    for name in ("First", "Second"):
        merge(database, who, gone, kept, name=name)
        with database.write() as tx:
            contact_merging.unmerge(tx, who.workspace_id, gone, member_id=None)
        assert [fields_of(read(database, who, one)) for one in (kept, gone)] == before


def test_versions_of_two_contacts_do_not_mix(database: Database) -> None:
    who = somebody(database)
    kept, gone = add(database, who, "Dana", "dana@example.com"), add(database, who, "D.", "d@home.example")
    one = read(database, who, gone)
    for name in "abcdef":
        one = change(database, who, one, name=name)
    merge(database, who, gone, kept)
    with database.read() as tx:
        later = contact_changes.since(tx, who.workspace_id, kept, 1)
        shown = contact_changes.latest(tx, who.workspace_id, kept, 20)
    assert [c.field for c in later] == ["addresses"]
    assert len(shown) == 8, "what happened to both is shown"
