"""Scans, whom they met, and whom they suggest: what the rows do, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from store import accounts, candidates, contacts, hash_keys, known, met, scans
from store.candidates import ANYWAY, Found
from store.database import Database
from store.ids import new_id
from store.met import ASKED, DECIDED, MET, Met
from store.sealing import Keyring, new_keyring_setting
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody

TOM, KIM, NEWS = "tom@abel.example", "kim@noor.example", "news@shop.example"


@pytest.fixture
def keyring() -> Keyring:
    """A keyring with one key."""
    return Keyring.parse(new_keyring_setting())


def account_of(database: Database, who: Somebody, address: str) -> str:
    """Connect a mailbox."""
    made = new_id()
    with database.write() as tx:
        accounts.add(
            tx,
            who.workspace_id,
            who.member_id,
            made,
            provider="google",
            subject=made,
            address=address,
            name="",
            granted=["read"],
            tokens_sealed="v1.k1.none",
            expires_at=tx.now,
        )
    return made


def scan_of(database: Database, who: Somebody, *account_ids: str, kind: str = scans.ASKED) -> str:
    """Begin a scan."""
    made = new_id()
    with database.write() as tx:
        since, cursors = tx.now - timedelta(days=14), dict.fromkeys(account_ids)
        scans.begin(tx, who.workspace_id, who.member_id, made, kind=kind, since=since, cursors=cursors)
    return made


def found(address: str, **said: Any) -> Found:
    """What a scan says of somebody."""
    return replace(Found(address, "Tom Abel", "Abel", "two_way", False, 2, 3, 1, 30, None), **said)


def test_whoever_was_decided_about_is_left_alone_by_later_scans(database: Database) -> None:
    who = somebody(database)
    here = (who.workspace_id, who.member_id)
    with database.write() as tx:
        assert candidates.suggest(tx, *here, found(TOM))
        assert not candidates.suggest(tx, *here, found(TOM, sent=5, name=""))
        first = candidates.by_address(tx, *here, TOM)
        assert first is not None
        assert (first.sent, first.name, candidates.count_pending(tx, *here)) == (5, "Tom Abel", 1)
        assert candidates.get(tx, *here, first.id) == first
        assert candidates.withdraw(tx, *here, [TOM, KIM]) == 1
        assert candidates.suggest(tx, *here, found(KIM, reasons=f"{ANYWAY} one_way"))
        assert not candidates.suggest(tx, *here, found(KIM))
        kept = candidates.by_address(tx, *here, KIM)
        assert kept is not None
        assert kept.reasons == f"{ANYWAY} one_way"
        assert candidates.withdraw(tx, *here, [KIM]) == 0
        assert set(candidates.among(tx, *here, [KIM, TOM])) == {KIM}
        assert [one.address for one in candidates.pending(tx, *here, 10)] == [KIM]


def test_a_row_goes_from_met_over_asked_to_decided_and_is_counted_once_for_two_accounts(
    database: Database, clock: TurnedClock
) -> None:
    who = somebody(database)
    here = (who.workspace_id, who.member_id)
    one, other = (account_of(database, who, f"{name}@home.example") for name in ("a", "b"))
    scan = scan_of(database, who, one, other)
    with database.write() as tx:
        rows = [Met(who.member_id, account, NEWS, scan, mails=2, last_at=tx.now) for account in (one, other)]
        met.keep(tx, who.workspace_id, [*rows, Met(who.member_id, one, TOM, scan, human=1, sent=2)])
        assert [row.address for row in met.to_ask(tx, who.workspace_id, scan, one, 10)].count(NEWS) == 1
        met.decide(tx, *here, NEWS, "list bulk_precedence")
        assert met.figures(tx, who.workspace_id, scan) == (0, 0)
        met.keep(tx, who.workspace_id, [replace(row, state=ASKED) for row in rows])
        assert len(met.to_decide(tx, who.workspace_id, scan, 10)) == 2
        met.decide(tx, *here, NEWS, "list bulk_precedence")
        assert met.figures(tx, who.workspace_id, scan) == (0, 1)
        assert met.reasons(tx, *here) == {"list": 1}
        (left_out,) = met.left_out(tx, *here, ["list"], 10)
        assert (left_out.address, left_out.mails, left_out.last_at) == (NEWS, 4, tx.now)
        assert met.left_out(tx, *here, ["lis"], 10) == ()
        assert met.written_to(tx, *here) == {TOM: 2}
        met.leave_unasked(tx, who.workspace_id, scan, one, "unchecked")
        met.decide(tx, *here, TOM, "unchecked")
        later = new_id()
        met.reconsider(tx, who.workspace_id, one, ["unchecked"], scan_id=later)
        (again,) = met.to_ask(tx, who.workspace_id, later, one, 10)
        assert (again.address, again.reasons, again.state) == (TOM, "", MET)
        met.clear(tx, who.workspace_id, one)
        assert {row.account_id for row in met.of_addresses(tx, *here, [NEWS, TOM])} == {other}
        assert DECIDED in {row.state for row in met.of_addresses(tx, *here, [NEWS])}


def test_a_scan_ends_once_and_can_be_taken_up_again(database: Database) -> None:
    who = somebody(database)
    here = (who.workspace_id, who.member_id)
    account = account_of(database, who, "a@home.example")
    scan = scan_of(database, who, account)
    night = scan_of(database, who, account, kind=scans.NIGHT)
    with database.write() as tx:
        running = scans.running(tx, *here)
        assert running is not None
        assert running.id == scan
        scans.note_mailbox(tx, who.workspace_id, scan, account, cursor="c1", looked_at=3)
        assert [(box.cursor, box.looked_at) for box in scans.mailboxes(tx, who.workspace_id, scan)] == [
            ("c1", 3)
        ]
        assert scans.move(tx, who.workspace_id, scan, to=scans.DONE)
        assert not scans.move(tx, who.workspace_id, scan, to=scans.CANCELLED)
        assert scans.is_cancelled_or_gone(tx, who.workspace_id, scan)
        assert not scans.is_cancelled_or_gone(tx, who.workspace_id, night)
        ended = scans.latest(tx, *here, scans.DONE)
        assert ended is not None
        assert ended.finished_at is not None
        assert scans.move(tx, who.workspace_id, scan, to=scans.RUNNING)
        scans.note(tx, who.workspace_id, scan, view_id="V2")
        scans.forget_window(tx, who.workspace_id, scan, "V1")
        shown = scans.find(tx, *here, scan)
        assert shown is not None
        assert (shown.view_id, shown.finished_at) == ("V2", None)
        scans.keep_cursor(tx, *here, account, "c1")
        scans.keep_cursor(tx, *here, account, "c2")
        assert scans.cursors(tx, *here) == {account: "c2"}
        assert accounts.remove(tx, *here, account)
        assert scans.mailboxes(tx, who.workspace_id, scan) == ()
        assert scans.cursors(tx, *here) == {}


def test_only_who_is_suggested_and_wrote_again_is_to_be_dated_and_in_no_other_workspace(
    database: Database,
) -> None:
    who, elsewhere = somebody(database, "T1"), somebody(database, "T2")
    account = account_of(database, who, "a@home.example")
    scan = scan_of(database, who, account)
    rows = [
        Met(who.member_id, account, TOM, scan, state=DECIDED, newer_unread=True),
        Met(who.member_id, account, KIM, scan, state=DECIDED, newer_unread=False),
        Met(who.member_id, account, NEWS, scan, state=DECIDED, newer_unread=True, reasons="list"),
        Met(who.member_id, account, "c@x.example", scan, state=DECIDED, newer_unread=True, reasons="contact"),
    ]
    with database.write() as tx:
        met.keep(tx, who.workspace_id, rows)
        assert [row.address for row in met.to_date(tx, who.workspace_id, scan, account, 10)] == [TOM]
        assert met.to_date(tx, elsewhere.workspace_id, scan, account, 10) == ()
        assert set(met.familiar(tx, who.workspace_id, who.member_id, 10)) == {TOM, KIM, "c@x.example"}
        assert met.familiar(tx, elsewhere.workspace_id, who.member_id, 10) == ()


def test_one_workspace_sees_nothing_of_what_another_ones_scans_found(database: Database) -> None:
    ours, theirs = somebody(database, "T1"), somebody(database, "T2")
    account = account_of(database, theirs, "a@home.example")
    scan = scan_of(database, theirs, account)
    here = ours.workspace_id
    with database.write() as tx:
        candidates.suggest(tx, theirs.workspace_id, theirs.member_id, found(TOM))
        met.keep(tx, theirs.workspace_id, [Met(theirs.member_id, account, TOM, scan, state=ASKED)])
        assert scans.get(tx, here, scan) is None
        assert not scans.move(tx, here, scan, to=scans.DONE)
        assert candidates.by_address(tx, here, theirs.member_id, TOM) is None
        assert met.to_decide(tx, here, scan, 10) == ()
        assert met.of_addresses(tx, here, theirs.member_id, [TOM]) == ()
        assert known.colleagues_among(tx, here, ours.member_id, ["a@home.example"]) == frozenset()


def test_contacts_and_members_mailboxes_are_known_and_deleted_contacts_are_not(database: Database) -> None:
    ann, ben = somebody(database, user="U1"), somebody(database, user="U2")
    account_of(database, ben, "ben@private.example")
    here = ann.workspace_id
    with database.write() as tx:
        contacts.add(tx, here, new_id(), name="Tom", addresses=[TOM], source="typed", added_by=ann.member_id)
        assert known.contacts_among(tx, here, [TOM, KIM]) == {TOM}
        everybody = ["ben@private.example", "u1@example.com", "u2@example.com", KIM]
        assert known.colleagues_among(tx, here, ann.member_id, everybody) == {
            "ben@private.example",
            "u2@example.com",
        }


def test_a_members_key_is_made_once(database: Database, keyring: Keyring) -> None:
    who = somebody(database)
    here = (who.workspace_id, who.member_id)
    sealed = [keyring.seal(text, "nightly", "hash_key_sealed", *here) for text in ("one", "two")]
    with database.write() as tx:
        assert hash_keys.read(tx, *here) is None
        assert hash_keys.keep(tx, *here, sealed[0])
        assert not hash_keys.keep(tx, *here, sealed[1])
        assert hash_keys.read(tx, *here) == sealed[0]
