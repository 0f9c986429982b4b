"""Contacts: added once, found however a name is typed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from store import contacts
from store.contacts import AddressTaken
from store.database import Database, new_id
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody


def add(
    database: Database, who: Somebody, name: str, *addresses: str, company: str = "", contact_id: str = ""
) -> str:
    made = contact_id or new_id()
    with database.write() as tx:
        contacts.add(
            tx,
            who.workspace_id,
            made,
            name=name,
            addresses=addresses,
            company=company,
            source="hand",
            added_by=who.member_id,
        )
    return made


def found(database: Database, who: Somebody, words: str, limit: int = 20) -> list[str]:
    with database.read() as tx:
        return [c.name for c in contacts.search(tx, who.workspace_id, words, limit)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë Müller", "zoe muller"),
        ("Zoe Muller", "ZOË"),
        ("Łukasz Żak", "lukasz zak"),
        ("Søren Ærø", "soren aero"),
        ("Jürgen Weiß", "weiss"),
        ("İpek Işık", "ipek isik"),
        ("Ｆｕｌｌ Width", "full"),
        ("Dana Reyes", "  reyes   dana "),
    ],
)
def test_a_name_is_found_without_its_accents_and_in_any_case(
    database: Database, name: str, typed: str
) -> None:
    who = somebody(database)
    add(database, who, name, "one@example.com")
    add(database, who, "Somebody Else", "two@example.com")
    assert found(database, who, typed) == [name]


def test_company_and_address_are_searched_and_signs_of_the_database_are_letters(database: Database) -> None:
    who = somebody(database)
    add(database, who, "Dana Reyes", "dana@northwind.example", company="Northwind 100% Wool")
    add(database, who, "Ivo Brand", "ivo_b@brand.example")
    assert found(database, who, "northwind") == ["Dana Reyes"]
    assert found(database, who, "100%") == ["Dana Reyes"]
    assert found(database, who, "ivo_b@") == ["Ivo Brand"]
    assert found(database, who, "%") == ["Dana Reyes"]
    assert found(database, who, "a_a") == []


def test_names_that_begin_so_come_first_however_many_others_there_are(database: Database) -> None:
    who = somebody(database)
    add(database, who, "Dan Oldest", "dan@example.com")
    for number in range(30):
        add(database, who, f"Sudan {number:02}", f"n{number}@example.com")
    assert found(database, who, "dan", 3) == ["Dan Oldest", "Sudan 00", "Sudan 01"]


def test_the_same_contact_added_twice_is_one(database: Database) -> None:
    who = somebody(database)
    made = add(database, who, "Dana", "dana@example.com", "dana@home.example")
    add(database, who, "Dana", "dana@example.com", "dana@home.example", contact_id=made)
    with database.read() as tx:
        assert contacts.count(tx, who.workspace_id) == 1
        again = contacts.get(tx, who.workspace_id, made)
    assert again is not None
    assert again.addresses == ("dana@example.com", "dana@home.example")


def test_an_address_belongs_to_one_contact_and_a_refused_one_leaves_nothing(database: Database) -> None:
    who = somebody(database)
    first = add(database, who, "Dana", "dana@example.com")
    with pytest.raises(AddressTaken) as refused:
        add(database, who, "Other Dana", "new@example.com", "dana@example.com")
    assert refused.value.contact_id == first
    assert found(database, who, "other") == []
    with database.read() as tx:
        assert contacts.by_address(tx, who.workspace_id, "new@example.com") is None


def test_the_same_address_is_another_contact_in_another_workspace(database: Database) -> None:
    ours, theirs = somebody(database, "T1"), somebody(database, "T2")
    add(database, ours, "Dana", "dana@example.com")
    add(database, theirs, "Dana There", "dana@example.com")
    assert found(database, ours, "dana") == ["Dana"]
    assert found(database, theirs, "dana") == ["Dana There"]


def _at_once(*tasks: Callable[[], str]) -> list[str]:
    def outcome(task: Callable[[], str]) -> str:
        try:
            return task()
        except AddressTaken as taken:
            return f"taken by {taken.contact_id}"

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(outcome, tasks))


def test_of_many_who_add_the_same_address_at_once_one_does(database: Database) -> None:
    who = somebody(database)
    ends = _at_once(
        *(lambda: add(database, who, "Dana", "dana@example.com", "d@home.example") for _ in range(4)),
        *(lambda: add(database, who, "Dana", "d@home.example", "dana@example.com") for _ in range(4)),
    )
    made = [end for end in ends if not end.startswith("taken")]
    assert len(made) == 1
    assert set(ends) == {made[0], f"taken by {made[0]}"}
    with database.read() as tx:
        assert contacts.count(tx, who.workspace_id) == 1


def test_many_clicks_on_one_form_add_one_contact(database: Database) -> None:
    who, made = somebody(database), new_id()
    ends = _at_once(
        *(lambda: add(database, who, "Dana", "dana@example.com", contact_id=made) for _ in range(8))
    )
    assert set(ends) == {made}
    with database.read() as tx:
        assert contacts.count(tx, who.workspace_id) == 1


def test_contacts_looked_at_are_listed_the_last_one_first_and_for_this_member_alone(
    database: Database, clock: TurnedClock
) -> None:
    who, other = somebody(database, "T1", "U1"), somebody(database, "T1", "U2")
    first, second = add(database, who, "Dana", "d@example.com"), add(database, who, "Ivo", "i@example.com")
    for contact_id in (first, second, first):
        with database.write() as tx:
            contacts.note_looked_at(tx, who.workspace_id, who.member_id, contact_id)
        clock.turn(timedelta(minutes=1))
    with database.read() as tx:
        mine = contacts.recent(tx, who.workspace_id, who.member_id, 5)
        theirs = contacts.recent(tx, other.workspace_id, other.member_id, 5)
    assert [c.name for c in mine] == ["Dana", "Ivo"]
    assert theirs == ()
