"""The ledger: one owner at a time, decided by single statements, on both databases."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from store import across, work
from store.database import Database, Transaction
from store.schema import work as work_table
from store.work import Fenced, Work
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody

LEASE = timedelta(minutes=1)
KINDS = frozenset({"send", "scan"})


@pytest.fixture
def who(database: Database) -> Somebody:
    return somebody(database)


def _add(database: Database, who: Somebody, key: str = "k", lane: str | None = None) -> str:
    with database.write() as tx:
        return work.enqueue(tx, who.workspace_id, "send", key, lane=lane, ref="o1").id


def _claim(database: Database, work_id: str, owner: str = "me") -> Work | None:
    with database.write() as tx:
        return across.claim(tx, work_id, owner, LEASE)


def _end_lease(database: Database, work_id: str) -> None:
    with database.write() as tx:
        past = work_table.c.created_at  # of the test's clock: long ago for the database's
        tx.execute(update(work_table).where(work_table.c.id == work_id).values(lease_until=past))


def _due(database: Database, kinds: frozenset[str] = KINDS) -> list[str]:
    with database.read() as tx:
        return [row.id for row in across.due(tx, kinds, 100)]


def test_the_same_key_is_enqueued_once(database: Database, who: Somebody) -> None:
    with database.write() as tx:
        first = work.enqueue(tx, who.workspace_id, "send", "k")
        second = work.enqueue(tx, who.workspace_id, "send", "k")
        other = work.enqueue(tx, who.workspace_id, "scan", "k")
    assert first.fresh
    assert not second.fresh
    assert second.id == first.id != other.id


def test_work_rolled_back_with_its_decision_does_not_exist(database: Database, who: Somebody) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as tx:
        work.enqueue(tx, who.workspace_id, "send", "k")
        raise ZeroDivisionError
    assert _due(database) == []


def test_work_is_due_when_the_injected_clock_says_so(
    database: Database, who: Somebody, clock: TurnedClock
) -> None:
    with database.write() as tx:
        later = work.enqueue(tx, who.workspace_id, "send", "k", due_at=clock() + timedelta(hours=1)).id
    assert _due(database) == []
    assert _claim(database, later) is None
    clock.turn(timedelta(hours=1))
    assert _due(database) == [later]
    assert _claim(database, later) is not None


def test_a_kind_that_this_process_does_not_know_is_left_to_others(database: Database, who: Somebody) -> None:
    _add(database, who)
    assert _due(database, frozenset({"scan"})) == []


def test_of_many_who_claim_one_gets_it(database: Database, who: Somebody) -> None:
    work_id = _add(database, who)
    got: list[Work | None] = []
    start = threading.Barrier(8)

    def claim() -> None:
        start.wait()
        got.append(_claim(database, work_id))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len([claimed for claimed in got if claimed is not None]) == 1


def test_a_lease_that_ended_is_taken_by_another_and_the_first_writes_nothing_more(
    database: Database, who: Somebody
) -> None:
    work_id = _add(database, who)
    first = _claim(database, work_id, "first")
    assert first is not None
    assert _claim(database, work_id, "second") is None
    _end_lease(database, work_id)
    second = _claim(database, work_id, "second")
    assert second is not None
    assert second.fence == first.fence + 1
    acts: tuple[Callable[[Transaction], None], ...] = (
        lambda tx: work.step(tx, who.workspace_id, work_id, first.fence, "sending"),
        lambda tx: work.finish(tx, who.workspace_id, work_id, first.fence),
        lambda tx: work.renew(tx, who.workspace_id, work_id, first.fence, LEASE),
        lambda tx: work.dead(tx, who.workspace_id, work_id, first.fence, "x"),
        lambda tx: work.review(tx, who.workspace_id, work_id, first.fence, "x"),
        lambda tx: work.retry(
            tx, who.workspace_id, work_id, first.fence, tx.now, error_code=None, counts=True
        ),
    )
    for act in acts:
        with pytest.raises(Fenced), database.write() as tx:
            act(tx)
    with database.write() as tx:
        work.step(tx, who.workspace_id, work_id, second.fence, "sending")
        work.finish(tx, who.workspace_id, work_id, second.fence)
    with database.read() as tx:
        row = work.get(tx, who.workspace_id, work_id)
    assert row is not None
    assert (row.state, row.step, row.attempts) == ("done", "sending", 2)


def test_renewing_keeps_the_row(database: Database, who: Somebody) -> None:
    work_id = _add(database, who)
    mine = _claim(database, work_id)
    assert mine is not None
    _end_lease(database, work_id)
    with database.write() as tx:
        work.renew(tx, who.workspace_id, work_id, mine.fence, LEASE)
    assert _claim(database, work_id, "other") is None


def test_of_a_lane_one_row_runs_at_a_time(database: Database, who: Somebody) -> None:
    one, two = _add(database, who, "1", lane="account"), _add(database, who, "2", lane="account")
    other = _add(database, who, "3", lane="another account")
    first = _claim(database, one)
    assert first is not None
    assert _claim(database, two) is None
    assert _due(database) == [other]
    assert _claim(database, other) is not None
    with database.write() as tx:
        work.finish(tx, who.workspace_id, one, first.fence)
    assert _claim(database, two) is not None


def test_a_retry_that_does_not_count_gives_the_attempt_back(
    database: Database, who: Somebody, clock: TurnedClock
) -> None:
    work_id = _add(database, who)
    for counts, expected in ((False, 1), (True, 1), (False, 2)):
        mine = _claim(database, work_id)
        assert mine is not None
        assert mine.attempts == expected
        with database.write() as tx:
            due = clock() + timedelta(seconds=5)
            work.retry(tx, who.workspace_id, work_id, mine.fence, due, error_code="E", counts=counts)
        assert _due(database) == []
        clock.turn(timedelta(seconds=5))


def test_work_can_be_taken_back_until_somebody_begins(database: Database, who: Somebody) -> None:
    early, late = _add(database, who, "1"), _add(database, who, "2")
    assert _claim(database, late) is not None
    with database.write() as tx:
        assert work.withdraw(tx, who.workspace_id, early)
        assert not work.withdraw(tx, who.workspace_id, early)
        assert not work.withdraw(tx, who.workspace_id, late)


def test_only_dead_work_and_work_under_review_is_revived(database: Database, who: Somebody) -> None:
    work_id = _add(database, who)
    mine = _claim(database, work_id)
    assert mine is not None
    with database.write() as tx:
        assert not work.revive(tx, who.workspace_id, work_id)
        work.step(tx, who.workspace_id, work_id, mine.fence, "sending")
        work.review(tx, who.workspace_id, work_id, mine.fence, "DeliveryUncertain")
        assert work.revive(tx, who.workspace_id, work_id)
    again = _claim(database, work_id)
    assert again is not None
    assert (again.step, again.attempts) == ("sending", 1)


def test_the_figures_count_what_waits_and_what_failed(database: Database, who: Somebody) -> None:
    ids = [_add(database, who, str(number)) for number in range(4)]
    for work_id, end in ((ids[0], work.dead), (ids[1], work.review)):
        mine = _claim(database, work_id)
        assert mine is not None
        with database.write() as tx:
            end(tx, who.workspace_id, work_id, mine.fence, "E")
    assert _claim(database, ids[2]) is not None
    with database.read() as tx:
        found = across.figures(tx)
    assert (found.due, found.leased, found.dead, found.review) == (1, 1, 1, 1)
    assert found.oldest_due == database.clock()


def test_releasing_all_makes_a_leased_row_due_again(database: Database, who: Somebody) -> None:
    work_id = _add(database, who)
    assert _claim(database, work_id) is not None
    with database.write() as tx:
        assert across.release_all(tx) == 1
    assert _due(database) == [work_id]


def test_looking_for_due_work_does_not_read_the_future(sqlite_database: Database) -> None:
    asked: list[tuple[str, Any]] = []
    with sqlite_database.read() as tx:
        event.listen(
            tx.connection,
            "before_cursor_execute",
            lambda _link, _cursor, statement, values, _context, _many: asked.append((statement, values)),
        )
        across.due(tx, KINDS, 100)
        statement, values = asked[0]
        plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert "ix_work_due (due_at<?)" in str(plan)
