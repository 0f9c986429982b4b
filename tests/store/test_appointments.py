"""Appointments and what is known of their events, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from store import accounts, appointments, calendars, contact_endings, contacts
from store.appointments import CANCELLED, Planned
from store.calendars import GONE, LEFT, OUT, WANTED, WRITTEN
from store.database import Database, Transaction, new_id
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)


def planned(contact_id: str, starts: datetime = NINE, title: str = "Call") -> Planned:
    return Planned(
        contact_id=contact_id,
        title=title,
        place="",
        notes="",
        zone="UTC",
        day=date(2026, 11, 21),
        clock="09:00",
        minutes=30,
        all_day=False,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        remind_minutes=None,
    )


def contact_of(database: Database, who: Somebody) -> str:
    contact_id = new_id()
    with database.write() as tx:
        contacts.add(
            tx,
            who.workspace_id,
            contact_id,
            name="Dana",
            addresses=["dana@x.example"],
            source="hand",
            added_by=None,
        )
    return contact_id


def account_of(database: Database, who: Somebody) -> str:
    account_id = new_id()
    with database.write() as tx:
        accounts.add(
            tx,
            who.workspace_id,
            who.member_id,
            account_id,
            provider="google",
            subject="1",
            address="ann@x.example",
            name="",
            granted=["calendar"],
            tokens_sealed="v1.x",
            expires_at=NINE,
        )
    return account_id


def test_of_two_who_change_one_version_the_second_changes_nothing(database: Database) -> None:
    who = somebody(database)
    contact = contact_of(database, who)
    with database.write() as tx:
        where = (tx, who.workspace_id, "a")
        assert appointments.add(*where, planned(contact), who.member_id)
        assert not appointments.add(*where, planned(contact, title="Again"), who.member_id)
        assert appointments.change(*where, 1, planned(contact, title="First"), who.member_id)
        assert not appointments.change(*where, 1, planned(contact, title="Second"), who.member_id)
        assert not appointments.set_state(*where, 1, CANCELLED, who.member_id)
        one = appointments.get(*where)
    assert one is not None
    assert (one.title, one.version, one.owner_member_id) == ("First", 2, who.member_id)


def test_lists_hold_what_is_planned_in_the_order_of_time(database: Database, clock: TurnedClock) -> None:
    who, other = somebody(database), somebody(database, "T1", "U2")
    contact = contact_of(database, who)
    with database.write() as tx:
        for number in (3, 1, 2):
            at = NINE + timedelta(hours=number)
            appointments.add(tx, who.workspace_id, f"a{number}", planned(contact, at), who.member_id)
        appointments.add(tx, who.workspace_id, "b", planned(contact, NINE), other.member_id)
        appointments.set_state(tx, who.workspace_id, "a2", 1, CANCELLED, who.member_id)

        def ids(found: tuple[appointments.Appointment, ...]) -> list[str]:
            return [one.id for one in found]

        assert ids(appointments.upcoming(tx, who.workspace_id, who.member_id, 10)) == ["a1", "a3"]
        assert ids(appointments.upcoming(tx, who.workspace_id, who.member_id, 1, 1)) == ["a3"]
        assert ids(appointments.next_with(tx, who.workspace_id, contact, 10)) == ["b", "a1", "a3"]
        clock.turn(NINE + timedelta(hours=2) - clock())
        assert ids(appointments.upcoming(tx, who.workspace_id, who.member_id, 10)) == ["a3"]
        assert ids(appointments.earlier(tx, who.workspace_id, who.member_id, 10)) == ["a1"]
        assert ids(appointments.past_with(tx, who.workspace_id, contact, 10)) == ["a1", "b"]


def test_what_was_cancelled_is_listed_until_it_would_be_over(database: Database, clock: TurnedClock) -> None:
    who, other = somebody(database), somebody(database, "T1", "U2")
    contact, nobody = contact_of(database, who), "n" * 26
    with database.write() as tx:
        for name, owner in (("a", who), ("b", other), ("c", who)):
            appointments.add(tx, who.workspace_id, name, planned(contact), owner.member_id)
        for name in ("a", "b"):
            appointments.set_state(tx, who.workspace_id, name, 1, CANCELLED, who.member_id)

        def ids(contact_id: str = "", limit: int = 10) -> list[str]:
            found = appointments.cancelled(tx, who.workspace_id, who.member_id, limit, contact_id)
            return sorted(one.id for one in found)

        assert (ids(), ids(contact), ids(nobody), len(ids(contact, 1))) == (["a"], ["a", "b"], [], 1)
        clock.turn(NINE + timedelta(days=1) - clock())
        assert (ids(), ids(contact)) == ([], [])


def test_what_is_planned_with_somebody_goes_and_comes_back_with_them(database: Database) -> None:
    who = somebody(database)
    contact = contact_of(database, who)
    with database.write() as tx:
        appointments.add(tx, who.workspace_id, "a", planned(contact), who.member_id)
        assert contact_endings.end(tx, who.workspace_id, contact, member_id=who.member_id)
        assert appointments.upcoming(tx, who.workspace_id, who.member_id, 10) == ()
        contact_endings.come_back(tx, who.workspace_id, contact, member_id=who.member_id)
        assert len(appointments.upcoming(tx, who.workspace_id, who.member_id, 10)) == 1


def test_what_touches_at_its_end_does_not_overlap(database: Database) -> None:
    who = somebody(database)
    contact = contact_of(database, who)
    whole = replace(planned(contact), all_day=True, clock="", ends_at=NINE + timedelta(days=1))
    with database.write() as tx:
        for name, one in {
            "a": planned(contact),
            "b": planned(contact, NINE + timedelta(minutes=30)),
            "c": planned(contact, NINE + timedelta(minutes=15)),
            "d": whole,
        }.items():
            appointments.add(tx, who.workspace_id, name, one, who.member_id)
        found = {
            name: [
                other.id for other in appointments.overlapping(tx, who.workspace_id, who.member_id, row, 10)
            ]
            for name in "abcd"
            if (row := appointments.get(tx, who.workspace_id, name))
        }
    assert found == {"a": ["c"], "b": ["c"], "c": ["a", "b"], "d": []}


def test_one_workspace_never_sees_anothers_appointments_and_events(database: Database) -> None:
    ours, theirs = somebody(database, "T1", "U1"), somebody(database, "T2", "U1")
    contact, account = contact_of(database, theirs), account_of(database, theirs)
    with database.write() as tx:
        appointments.add(tx, theirs.workspace_id, "a", planned(contact), theirs.member_id)
        on(tx, theirs, account)
        sync = calendars.sync_of(tx, theirs.workspace_id, theirs.member_id)
        assert sync is not None
        calendars.want(tx, theirs.workspace_id, sync, "a")
        (row,) = calendars.all_events(tx, theirs.workspace_id, theirs.member_id)
        here = ours.workspace_id
        assert appointments.get(tx, here, "a") is None
        assert not appointments.change(tx, here, "a", 1, planned(contact), ours.member_id)
        assert appointments.upcoming(tx, here, theirs.member_id, 10) == ()
        assert calendars.sync_of(tx, here, theirs.member_id) is None
        assert calendars.event(tx, here, row.id) is None
        assert not calendars.note(tx, here, row.id, state=GONE)
        assert not calendars.switch_off(tx, here, theirs.member_id)
        calendars.forget(tx, here, row.id)
        assert calendars.event(tx, theirs.workspace_id, row.id) == row


def on(tx: Transaction, who: Somebody, account: str, calendar: str = "c") -> None:
    """Switch on."""
    calendars.switch_on(
        tx,
        who.workspace_id,
        who.member_id,
        account_id=account,
        calendar_id=calendar,
        calendar_name="Work",
        titles="full",
        app_id="A1",
        view_id=None,
    )


def test_what_is_left_behind_is_taken_up_again_and_nothing_else(database: Database) -> None:
    who = somebody(database)
    account = account_of(database, who)
    where = (who.workspace_id, who.member_id)
    with database.write() as tx:
        on(tx, who, account)
        sync = calendars.sync_of(tx, *where)
        assert sync is not None
        for name in "abcd":
            calendars.want(tx, who.workspace_id, sync, name)
        rows = {row.appointment_id: row for row in calendars.all_events(tx, *where)}
        for name, state in (("a", WRITTEN), ("b", GONE), ("c", OUT)):
            calendars.note(tx, who.workspace_id, rows[name].id, state=state, etag="1")
        assert calendars.switch_off(tx, *where)
        assert calendars.leave(tx, *where) == 1, "what was never begun is forgotten"
        states = {row.appointment_id: row.state for row in calendars.all_events(tx, *where)}
        assert states == {"a": LEFT, "b": GONE, "c": OUT}
        on(tx, who, account)
        calendars.take_up(tx, *where)
        taken = {row.appointment_id: row for row in calendars.all_events(tx, *where)}
    assert (taken["a"].state, taken["a"].begun, taken["a"].etag) == (WANTED, True, "")
    assert (taken["b"].state, taken["c"].state) == (GONE, OUT)


def test_a_calendar_that_is_gone_takes_its_events_along_once(database: Database) -> None:
    who = somebody(database)
    account = account_of(database, who)
    where = (who.workspace_id, who.member_id)
    with database.write() as tx:
        on(tx, who, account)
        sync = calendars.sync_of(tx, *where)
        assert sync is not None
        calendars.want(tx, who.workspace_id, sync, "a")
        assert not calendars.lose(tx, *where, "another")
        assert calendars.lose(tx, *where, "c")
        assert not calendars.lose(tx, *where, "c")
        assert calendars.all_events(tx, *where) == ()
        now = calendars.sync_of(tx, *where)
    assert now is not None and not now.is_on


def test_disconnecting_takes_syncing_and_its_events_with_it(database: Database) -> None:
    who = somebody(database)
    account = account_of(database, who)
    where = (who.workspace_id, who.member_id)
    with database.write() as tx:
        on(tx, who, account)
        sync = calendars.sync_of(tx, *where)
        assert sync is not None
        calendars.want(tx, who.workspace_id, sync, "a")
        assert accounts.remove(tx, *where, account)
        assert calendars.sync_of(tx, *where) is None
        assert calendars.all_events(tx, *where) == ()


def test_what_belongs_into_the_calendar_is_what_comes_and_what_stands_there(
    database: Database, clock: TurnedClock
) -> None:
    who, other = somebody(database), somebody(database, "T1", "U2")
    contact, account = contact_of(database, who), account_of(database, who)
    where = (who.workspace_id, who.member_id)
    with database.write() as tx:
        on(tx, who, account)
        sync = calendars.sync_of(tx, *where)
        assert sync is not None
        for number, name in enumerate("abcd"):
            at = NINE + timedelta(hours=number)
            appointments.add(tx, who.workspace_id, name, planned(contact, at), who.member_id)
        appointments.add(tx, who.workspace_id, "x", planned(contact), other.member_id)
        appointments.set_state(tx, who.workspace_id, "d", 1, CANCELLED, who.member_id)
        for name in ("a", "d", "never-there"):
            calendars.want(tx, who.workspace_id, sync, name)
        clock.turn(NINE + timedelta(hours=1) - clock())
        assert calendars.to_write(tx, *where) == ("a", "b", "c", "d")
        assert calendars.orphans(tx, *where) == ("never-there",)
        assert calendars.count(tx, *where, (WANTED,)) == 3
        assert len(calendars.in_account(tx, who.workspace_id, account)) == 3
        (row,) = calendars.events_of(tx, *where, "a")
        calendars.note(tx, who.workspace_id, row.id, state=OUT)
        assert len(calendars.in_account(tx, who.workspace_id, account)) == 2
        calendars.give_up(tx, *where)
        calendars.show_in(tx, *where, "V1")
        now = calendars.sync_of(tx, *where)
    assert now is not None and now.view_id == "V1"
