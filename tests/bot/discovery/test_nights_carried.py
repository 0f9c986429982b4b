"""The ledger carries two weeks of nights in eight zones, over changes of clocks: each once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.discovery.digesting import Digests
from bot.discovery.hashes import Hashes
from bot.discovery.night_jobs import NightJobs
from bot.discovery.nightly import DIGEST, NIGHT, NightlyService
from bot.engine import Engine
from store import across, members, scans
from store.database import Database
from store.ids import new_id
from store.members import Member, Profile
from store.scans import Scan
from store.schema import digest, nightly
from store.sealing import Keyring, new_keyring_setting
from tests.bot.discovery.test_nights import ZONES
from tests.clock import TurnedClock

DAYS = 14
BEGINS = (  # clocks change in Auckland and on Lord Howe; in Berlin and New York
    datetime(2026, 9, 24, 9, 0, tzinfo=UTC),
    datetime(2026, 10, 22, 9, 0, tzinfo=UTC),
)
KEYRING = Keyring.parse(new_keyring_setting())


@dataclass
class Scans:
    """Stands in for the scans of mailboxes: begun once for a date, done at once, and never anybody new."""

    database: Database
    begun: Counter[tuple[str, date]] = field(default_factory=Counter)
    known: dict[tuple[str, date], Scan] = field(default_factory=dict)

    def start_night(self, member: Member, local_date: date) -> Scan | None:
        key = (member.id, local_date)
        if key not in self.known:
            self.begun[key] += 1
            with self.database.write() as tx:
                whose = (member.workspace_id, member.id)
                scan_id = new_id()
                scans.begin(tx, *whose, scan_id, kind=scans.NIGHT, since=tx.now, cursors={})
                scans.move(tx, member.workspace_id, scan_id, to=scans.DONE)
                found = scans.get(tx, member.workspace_id, scan_id)
                assert found is not None
                self.known[key] = found
        return self.known[key]


@dataclass
class Visits:
    """Stands in for Slack, which knows everybody as they are in the table."""

    database: Database
    clock: TurnedClock

    def look_again(self, member: Member, _older: timedelta) -> Member:
        with self.database.read() as tx:
            found = members.get(tx, member.workspace_id, member.id)
        assert found is not None
        return found


@dataclass
class House:
    """The nights of one database, built anew as a process that starts would."""

    database: Database
    clock: TurnedClock
    scans: Scans

    def engine(self) -> tuple[Engine, NightlyService]:
        nights = NightlyService(self.database, Hashes(KEYRING), lambda _: None, ("google",))
        digests = Digests(self.database, nights, lambda _: None)
        visits: Any = Visits(self.database, self.clock)
        found: Any = self.scans
        jobs = NightJobs(nights, digests, found, visits)
        return Engine(self.database, self.clock, jobs.handlers(), lambda *_: None), nights

    def due(self) -> list[str]:
        with self.database.read() as tx:
            return [row.id for row in across.due(tx, frozenset({NIGHT, DIGEST}), 100)]

    def next_instant(self) -> datetime:
        """The next instant that any plan knows."""
        with self.database.read() as tx:
            rows = tx.all(select(nightly.c.scan_at, nightly.c.tell_at))
        ahead: list[datetime] = [at for row in rows for at in row if at > self.clock()]
        return min(ahead)


@pytest.fixture(params=BEGINS, ids=lambda begin: begin.date().isoformat())
def house(sqlite_url: str, request: pytest.FixtureRequest) -> Iterator[House]:
    """A house in which nobody is yet."""
    clock = TurnedClock(request.param)
    database = Database(sqlite_url, clock)
    yield House(database, clock, Scans(database))
    database.close()


def arrive(house: House) -> dict[str, Member]:
    """Let a member come from each zone and switch the nights on."""
    _, nights = house.engine()
    found = {}
    for number, zone in enumerate(ZONES):
        with house.database.write() as tx:
            workspace = across.install(tx, "T1", None, "Team")
            found[zone] = members.arrive(
                tx, workspace.id, Profile(f"U{number}", "Robin", None, zone, "en-GB")
            )
        nights.wish(found[zone], is_on=True)
    return found


def test_every_local_date_has_one_night_however_often_its_work_is_carried(house: House) -> None:
    people, end = arrive(house), house.clock() + timedelta(days=DAYS)
    steps = 0
    while house.clock() < end:
        house.clock.turn(house.next_instant() - house.clock())
        engine, _ = house.engine()  # every time another process
        for work_id in reversed(house.due()):
            engine.run_work(work_id)
            engine.run_work(work_id)
        steps += 1
    assert steps > DAYS
    with house.database.read() as tx:
        rows = tx.all(select(digest.c.member_id, digest.c.local_date, digest.c.at))
        doubled = tx.scalar(
            select(func.count())
            .select_from(digest)
            .group_by(digest.c.member_id, digest.c.local_date)
            .having(func.count() > 1)
        )
    assert not doubled
    for zone, member in people.items():
        told = sorted((row.local_date, row.at) for row in rows if row.member_id == member.id)
        dates = [day for day, _ in told]
        assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))], zone
        assert len(dates) >= DAYS - 1, zone
        walls = {at.astimezone(ZoneInfo(zone)).strftime("%H:%M") for _, at in told}
        assert walls == {"08:00"}, zone
    assert set(house.scans.begun.values()) == {1}
