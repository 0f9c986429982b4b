"""Messages being sent: one for each window, one winner for each change, text no longer than needed."""

from datetime import timedelta

from store import across, outgoing
from store.database import Database, Transaction
from store.ids import new_id
from store.outgoing import KEPT, New, Outgoing
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody


def new(who: Somebody, database: Database, nonce: str = "w1") -> New:
    return New(
        id=new_id(),
        member_id=who.member_id,
        account_id=new_id(),
        window_nonce=nonce,
        contact_id=None,
        from_address="ann@northwind.example",
        to_address="dana@northwind.example",
        person_address="dana@northwind.example",
        thread_id=None,
        reply_message_id=None,
        subject_sealed="v1.k1.c3ViamVjdA==",
        body_sealed="v1.k1.Ym9keQ==",
        key=new_id(),
        due_at=database.clock(),
        view_id="V1",
    )


def added(tx: Transaction, who: Somebody, database: Database, nonce: str = "w1") -> Outgoing:
    made = new(who, database, nonce)
    assert outgoing.add(tx, who.workspace_id, made)
    row = outgoing.get(tx, who.workspace_id, made.id)
    assert row is not None
    return row


def test_a_window_makes_one_message_however_often_it_is_submitted(database: Database) -> None:
    who = somebody(database)
    with database.write() as tx:
        first = added(tx, who, database)
        assert not outgoing.add(tx, who.workspace_id, new(who, database))
        assert outgoing.of_window(tx, who.workspace_id, who.member_id, "w1") == first


def test_of_two_changes_from_the_same_state_one_happens(database: Database) -> None:
    who = somebody(database)
    with database.write() as tx:
        row = added(tx, who, database)
        place = (tx, who.workspace_id, row.id)
        assert outgoing.move(*place, "drafting", come_from=("queued",))
        assert not outgoing.move(*place, "failed", come_from=("queued",))
        assert not outgoing.drop(*place, ("failed", "uncertain"))
        found = outgoing.get(*place)
    assert found is not None
    assert found.state == "drafting"


def test_what_was_sent_loses_its_text_at_once_and_its_subject_in_a_day(
    database: Database, clock: TurnedClock
) -> None:
    who = somebody(database)
    with database.write() as tx:
        row = added(tx, who, database)
        assert outgoing.sent(tx, who.workspace_id, row.id, message_id="m", at=tx.now)
        now = outgoing.get(tx, who.workspace_id, row.id)
        assert now is not None
        assert (now.body_sealed, now.subject_sealed) == (None, row.subject_sealed)
        assert outgoing.under_way(tx, who.workspace_id, who.member_id, 5) == (now,)
    clock.turn(timedelta(days=1, minutes=1))
    with database.write() as tx:
        across.purge(tx)
        later = outgoing.get(tx, who.workspace_id, row.id)
        assert later is not None
        assert later.subject_sealed is None
        assert outgoing.under_way(tx, who.workspace_id, who.member_id, 5) == ()


def test_text_that_was_not_sent_is_kept_for_a_week_and_no_longer(
    database: Database, clock: TurnedClock
) -> None:
    who = somebody(database)
    with database.write() as tx:
        row = added(tx, who, database)
        outgoing.move(tx, who.workspace_id, row.id, "failed", come_from=("queued",), keep_until=tx.now + KEPT)
    clock.turn(timedelta(days=6, hours=23))
    with database.write() as tx:
        across.purge(tx)
        (kept,) = outgoing.in_trouble(tx, who.workspace_id, who.member_id, 5)
        assert kept.body_sealed is not None
    clock.turn(timedelta(hours=2))
    with database.write() as tx:
        across.purge(tx)
        gone = outgoing.get(tx, who.workspace_id, row.id)
        assert gone is not None
        assert (gone.body_sealed, gone.subject_sealed) == (None, None)
        assert outgoing.in_trouble(tx, who.workspace_id, who.member_id, 5) == ()


def test_a_message_belongs_to_its_member_and_its_workspace(database: Database) -> None:
    ours, theirs = somebody(database, "T1", "U1"), somebody(database, "T2", "U1")
    with database.write() as tx:
        row = added(tx, theirs, database)
        here = ours.workspace_id
        assert outgoing.get(tx, here, row.id) is None
        assert outgoing.find(tx, theirs.workspace_id, ours.member_id, row.id) is None
        assert outgoing.of_window(tx, theirs.workspace_id, ours.member_id, "w1") is None
        assert not outgoing.move(tx, here, row.id, "failed", come_from=("queued",))
        assert not outgoing.sent(tx, here, row.id, message_id=None, at=tx.now)
        outgoing.note(tx, here, row.id, view_id="V2")
        outgoing.forget_window(tx, here, row.id, "V1")
        assert outgoing.get(tx, theirs.workspace_id, row.id) == row
