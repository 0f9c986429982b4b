"""Transactions on both databases: all or nothing, patient or busy, never around a call outside."""

import os
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from store import activity
from store.columns import DatabaseNow
from store.database import (
    Busy,
    Database,
    InsideTransaction,
    SecondProcess,
    StoreFault,
    after_commit,
    new_id,
    outside_transaction,
)
from store.schema import member, ticket, workspace
from tests.clock import TurnedClock
from tests.store.places import somebody


def _teams(database: Database) -> int:
    with database.read() as tx:
        return int(tx.scalar(select(func.count()).select_from(workspace)))


def _row(database: Database, team: str = "T1") -> dict[str, object]:
    return {"id": new_id(), "team_id": team, "name": "A team", "created_at": database.clock()}


def test_what_is_written_is_there_afterwards(database: Database) -> None:
    with database.write() as tx:
        tx.insert_new(workspace, _row(database))
    assert _teams(database) == 1


def test_an_exception_takes_everything_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as tx:
        tx.insert_new(workspace, _row(database))
        raise ZeroDivisionError
    assert _teams(database) == 0


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreFault), database.read() as tx:
        tx.insert_new(workspace, _row(database))
    with database.write() as tx:
        assert tx.insert_new(workspace, _row(database))


def test_counting_from_many_threads_loses_nothing(database: Database) -> None:
    somebody(database)

    def count() -> None:
        for _ in range(20):
            with database.write() as tx:
                seen = tx.scalar(select(member.c.home_version).with_for_update())
                tx.execute(update(member).values(home_version=seen + 1))

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as tx:
        assert tx.scalar(select(member.c.home_version)) == 120


def test_a_writer_without_patience_is_told_busy(
    database: Database, database_url: str, clock: TurnedClock
) -> None:
    who = somebody(database)
    other = Database(database_url, clock)
    hold = update(member).where(member.c.id == who.member_id).values(name="Held")

    def impatient() -> None:
        with other.write(patience=0.05) as tx:
            tx.execute(hold)

    outcome: list[BaseException | None] = []

    def attempt() -> None:
        with pytest.raises(Busy) as caught:
            impatient()
        outcome.append(caught.value)

    with database.write() as tx:
        tx.execute(hold)
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert len(outcome) == 1
    impatient()
    assert other.checked_out() == 0
    other.close()


def test_two_writers_of_one_process_queue_up_and_the_second_may_be_busy(sqlite_database: Database) -> None:
    outcome: list[str] = []

    def attempt() -> None:
        with pytest.raises(Busy), sqlite_database.write(patience=0.05):
            outcome.append("wrote")

    with sqlite_database.write():
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert outcome == []


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    seen: list[int] = []
    with database.write() as tx:
        tx.insert_new(workspace, _row(database))
        thread = threading.Thread(target=lambda: seen.append(_teams(database)))
        thread.start()
        thread.join()
    assert seen == [0]


def test_a_call_to_the_world_outside_inside_a_transaction_is_refused(database: Database) -> None:
    outside_transaction()
    with database.read(), pytest.raises(InsideTransaction):
        outside_transaction()
    with pytest.raises(InsideTransaction), database.write(), database.write():
        raise AssertionError("a transaction was opened inside a transaction")
    outside_transaction()


def test_what_waits_for_the_commit_runs_after_it_and_never_after_a_rollback(database: Database) -> None:
    seen: list[int] = []
    with database.write() as tx:
        tx.insert_new(workspace, _row(database))
        after_commit(lambda: seen.append(_teams(database)))
        assert seen == []
    assert seen == [1]
    with pytest.raises(ZeroDivisionError), database.write():
        after_commit(lambda: seen.append(2))
        raise ZeroDivisionError
    assert seen == [1]
    after_commit(lambda: seen.append(3))
    assert seen == [1, 3]


def test_the_values_of_a_row_stand_in_no_error(database: Database) -> None:
    with pytest.raises(StoreFault) as caught, database.write() as tx:
        for _ in range(2):
            tx.execute(workspace.insert().values(**_row(database, "marker-value")))
    assert "marker-value" not in repr(caught.value)
    assert caught.value.__suppress_context__
    assert "INSERT INTO workspace" in str(caught.value)


def test_a_row_of_one_workspace_cannot_point_into_another(database: Database) -> None:
    one, other = somebody(database, "T1", "U1"), somebody(database, "T2", "U2")

    with pytest.raises(StoreFault), database.write() as tx:
        activity.note(tx, one.workspace_id, other.member_id, "sent")


def test_a_moment_comes_back_as_it_went_in(database: Database) -> None:
    odd = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with database.write() as tx:
        tx.execute(workspace.insert().values(**_row(database) | {"created_at": odd}))
        back = tx.scalar(select(workspace.c.created_at))
    assert back == odd
    assert back.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = database.clock().replace(tzinfo=None)
    with pytest.raises(Exception, match="without a zone"), database.write() as tx:
        tx.execute(workspace.insert().values(**_row(database) | {"created_at": naive}))


def test_the_databases_own_clock_orders_with_stored_moments(database: Database) -> None:
    with database.write() as tx:
        tx.execute(
            workspace.insert().values(**_row(database) | {"created_at": DatabaseNow(timedelta(minutes=1))})
        )
        assert tx.scalar(select(workspace.c.created_at > DatabaseNow())) in (True, 1)
        assert tx.scalar(select(workspace.c.created_at < DatabaseNow(timedelta(minutes=2)))) in (True, 1)
        assert tx.scalar(select(DatabaseNow())).tzinfo is UTC


def test_an_unsealed_value_is_refused_by_the_database_itself(database: Database) -> None:
    who = somebody(database)
    values = {
        "hash": "h",
        "workspace_id": who.workspace_id,
        "member_id": who.member_id,
        "kind": "attachment",
        "payload_sealed": "in the clear",
        "created_at": database.clock(),
        "expires_at": database.clock(),
    }
    with pytest.raises(StoreFault), database.write() as tx:
        tx.execute(ticket.insert().values(**values))


def test_a_second_process_on_sqlite_is_refused_and_told_who_works(
    sqlite_database: Database, sqlite_url: str, clock: TurnedClock
) -> None:
    sqlite_database.take()
    sqlite_database.take()
    second = Database(sqlite_url, clock)
    with pytest.raises(SecondProcess, match=f"Process {os.getpid()} already works"):
        second.take()
    sqlite_database.close()
    second.take()
    second.close()


@pytest.mark.postgres
def test_any_number_of_processes_may_take_postgresql(postgres_url: str, clock: TurnedClock) -> None:
    for database in [Database(postgres_url, clock) for _ in range(2)]:
        database.take()
        database.close()


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_busy_and_not_a_fault(tmp_path: Path, clock: TurnedClock) -> None:
    database = Database(f"postgresql://mailroom@/nothing?host={tmp_path}", clock)
    with pytest.raises(Busy), database.read():
        raise AssertionError("there is no server")
    database.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y"])
def test_a_database_that_cannot_work_is_refused_at_once(url: str, clock: TurnedClock) -> None:
    with pytest.raises(ValueError, match=r"database (must|needs)"):
        Database(url, clock)


def test_the_write_ahead_log_is_on_and_foreign_keys_hold(sqlite_database: Database) -> None:
    with sqlite_database.read() as tx:
        assert tx.scalar(text("PRAGMA journal_mode")) == "wal"
        assert tx.scalar(text("PRAGMA foreign_keys")) == 1
        assert tx.scalar(text("PRAGMA synchronous")) == 2
        assert tx.scalar(text("PRAGMA secure_delete")) == 1
