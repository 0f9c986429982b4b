"""Single-use things are taken once; upkeep reaches every workspace."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from store import across, seen, work
from store.database import Database, Transaction, new_id
from store.schema import outgoing, pending, signin, ticket
from store.schema import work as work_table
from store.sealing import Keyring, Unreadable, new_keyring_setting
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody

OLD = new_keyring_setting("old")
RING = Keyring.parse(OLD)
FLOW = "v1.k.flow"


@pytest.fixture
def who(database: Database) -> Somebody:
    return somebody(database)


def _signin(tx: Transaction, who: Somebody, link: str = "link") -> None:
    base = {"id": new_id(), "workspace_id": who.workspace_id, "member_id": who.member_id}
    times = {"created_at": tx.now, "expires_at": tx.now + timedelta(minutes=10)}
    tx.execute(signin.insert().values(**base, **times, provider="google", ticket_hash=link))


def _ticket(tx: Transaction, who: Somebody, hash_: str = "t", cookie: str | None = None) -> None:
    place = ("ticket", "payload_sealed", who.workspace_id, hash_)
    tx.execute(
        ticket.insert().values(
            hash=hash_,
            workspace_id=who.workspace_id,
            member_id=who.member_id,
            kind="attachment",
            payload_sealed=RING.seal(f"payload of {hash_}", *place),
            cookie_hash=cookie,
            created_at=tx.now,
            expires_at=tx.now + timedelta(minutes=10),
        )
    )


def _begin(tx: Transaction, link: str = "link", state: str = "state") -> across.Signin | None:
    return across.begin_signin(tx, link, state_hash=state, cookie_hash="cookie", flow_sealed=FLOW)


def _race(database: Database, take: Callable[[Transaction], object | None]) -> int:
    """Take with eight threads at once and count who got something."""
    got: list[object | None] = []
    start = threading.Barrier(8)

    def attempt() -> None:
        start.wait()
        with database.write() as tx:
            got.append(take(tx))

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    return len([one for one in got if one is not None])


def test_installing_twice_keeps_the_workspace_and_takes_the_new_name(database: Database) -> None:
    with database.write() as tx:
        first = across.install(tx, "T9", None, "Old name")
        second = across.install(tx, "T9", "E1", "New name")
        assert across.workspace_of_team(tx, "T9") == second
        assert across.workspace_of_team(tx, "T0") is None
    assert (second.id, second.name, second.enterprise_id) == (first.id, "New name", "E1")


def test_a_link_begins_one_sign_in(database: Database, who: Somebody) -> None:
    with database.write() as tx:
        _signin(tx, who)
        begun = _begin(tx)
        assert begun is not None
        assert (begun.member_id, begun.flow_sealed) == (who.member_id, FLOW)
        assert _begin(tx, state="another") is None
        assert _begin(tx, link="unknown", state="another") is None


def test_a_callback_is_taken_once_by_the_browser_that_began(database: Database, who: Somebody) -> None:
    with database.write() as tx:
        _signin(tx, who)
        _begin(tx)
        assert across.take_signin(tx, "state", "another browser") is None
        assert across.take_signin(tx, "forged", "cookie") is None
        untouched = across.signin_by_state(tx, "state")
        assert untouched is not None
        assert untouched.used_at is None
    assert _race(database, lambda tx: across.take_signin(tx, "state", "cookie")) == 1


def test_an_expired_link_or_callback_is_not_taken(
    database: Database, who: Somebody, clock: TurnedClock
) -> None:
    with database.write() as tx:
        _signin(tx, who, "one")
        _signin(tx, who, "two")
        _begin(tx, "one")
    clock.turn(timedelta(minutes=10))
    with database.write() as tx:
        assert across.take_signin(tx, "state", "cookie") is None
        assert _begin(tx, "two", "other") is None
        assert across.signin_by_ticket(tx, "two") is not None


def test_a_ticket_is_taken_once_in_its_browser(database: Database, who: Somebody) -> None:
    with database.write() as tx:
        _ticket(tx, who, cookie="cookie")
        assert across.take_ticket(tx, "t", None) is None
        assert across.take_ticket(tx, "t", "other") is None
    assert _race(database, lambda tx: across.take_ticket(tx, "t", "cookie")) == 1
    with database.read() as tx:
        used = across.ticket_by_hash(tx, "t")
    assert used is not None
    assert used.used_at is not None


def test_everything_moves_to_the_new_key_a_few_at_a_time(database: Database, who: Somebody) -> None:
    other = somebody(database, "T2", "U2")
    with database.write() as tx:
        for number in range(5):
            _ticket(tx, who if number % 2 else other, f"t{number}")
    both = Keyring.parse(f"{new_keyring_setting('new')},{OLD}")
    new_only = Keyring({"new": b"x" * 32})
    with database.write() as tx:
        assert across.count_unreadable(tx, both) == 0
        assert across.count_unreadable(tx, new_only) == 5
        assert [across.reseal(tx, both, limit=3) for _ in range(3)] == [3, 2, 0]
        assert across.count_unreadable(tx, new_only) == 0
        for row in tx.all(select(ticket)):
            plain = both.open(row.payload_sealed, "ticket", "payload_sealed", row.workspace_id, row.hash)
            assert plain == f"payload of {row.hash}"
            with pytest.raises(Unreadable):
                RING.open(row.payload_sealed, "ticket", "payload_sealed", row.workspace_id, row.hash)


def test_what_has_served_is_thrown_away_and_what_has_not_stays(
    database: Database, who: Somebody, clock: TurnedClock
) -> None:
    with database.write() as tx:
        _signin(tx, who)
        _ticket(tx, who)
        seen.first_time(tx, who.workspace_id, "old")
        waiting = work.enqueue(tx, who.workspace_id, "send", "waiting").id
        finished = work.enqueue(tx, who.workspace_id, "send", "finished").id
        claimed = across.claim(tx, finished, "me", timedelta(minutes=1))
        assert claimed is not None
        work.finish(tx, who.workspace_id, finished, claimed.fence)
        assert across.purge(tx).rows == 0
    clock.turn(timedelta(days=91))
    with database.write() as tx:
        seen.first_time(tx, who.workspace_id, "new")
        assert across.purge(tx).rows == 4
        assert tx.all(select(work_table.c.id)) == [(waiting,)]
        assert not seen.first_time(tx, who.workspace_id, "new")
        assert [
            tx.scalar(select(func.count()).select_from(table)) for table in (signin, ticket, pending)
        ] == [
            0,
            0,
            0,
        ]


def test_the_text_of_a_message_is_forgotten_when_it_is_kept_no_longer(
    database: Database, who: Somebody, clock: TurnedClock
) -> None:
    row = {
        "id": new_id(),
        "workspace_id": who.workspace_id,
        "member_id": who.member_id,
        "account_id": new_id(),
        "window_nonce": "n",
        "from_address": "robin@example.com",
        "to_address": "dana@example.com",
        "person_address": "dana@example.com",
        "kind": "new",
        "state": "sent",
        "key": "k",
        "subject_sealed": "v1.k.subject",
        "body_sealed": "v1.k.body",
        "created_at": clock(),
        "due_at": clock(),
        "keep_until": clock() + timedelta(hours=1),
    }
    with database.write() as tx:
        tx.execute(outgoing.insert().values(**row))
        assert across.purge(tx).texts == 0
    clock.turn(timedelta(hours=2))
    with database.write() as tx:
        assert across.purge(tx).texts == 1
        assert across.purge(tx).texts == 0
        assert tx.all(select(outgoing.c.subject_sealed, outgoing.c.body_sealed)) == [(None, None)]


def test_a_sign_in_outlives_what_was_asked_in_it_until_an_administrator_may_have_answered(
    database: Database, who: Somebody, clock: TurnedClock
) -> None:
    with database.write() as tx:
        _signin(tx, who)
        assert _begin(tx, "link", "state") is not None
    clock.turn(timedelta(days=2))
    with database.write() as tx:
        assert across.purge(tx) == across.Purged(rows=0, texts=1)
        kept = across.signin_by_state(tx, "state")
        assert kept is not None
        assert kept.flow_sealed is None
    clock.turn(timedelta(days=30))
    with database.write() as tx:
        assert across.purge(tx).rows == 1
