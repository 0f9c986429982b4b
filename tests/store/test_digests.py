"""Digests and nights in the tables, on both databases: one for a date, and whom each names."""

from datetime import date, timedelta

import pytest

from store import across, candidates, contacts, digests, hash_keys, nightly, work
from store.candidates import Found
from store.database import Database
from store.digests import CLAIMED, EMPTY, POSTED, POSTING, UNSURE
from store.ids import new_id
from tests.clock import TurnedClock
from tests.store.places import Somebody, somebody

DAY = date(2026, 11, 21)


@pytest.fixture
def who(database: Database) -> Somebody:
    return somebody(database)


def suggest(database: Database, who: Somebody, address: str, strength: int, *, shared: bool = False) -> str:
    """Suggest somebody; their id."""
    found = Found(address, address.partition("@")[0], "", "two_way", shared, 1, 2, 1, strength, None)
    with database.write() as tx:
        candidates.suggest(tx, who.workspace_id, who.member_id, found)
        row = candidates.by_address(tx, who.workspace_id, who.member_id, address)
    assert row is not None
    return row.id


def names(database: Database, who: Somebody, limit: int = 10) -> list[str]:
    """Who is news, in order."""
    with database.read() as tx:
        return [one.address for one in digests.news(tx, who.workspace_id, who.member_id, limit)]


def posted(database: Database, who: Somebody, day: date, *ids: str) -> str:
    """A digest of a date that stands there and names these people."""
    with database.write() as tx:
        digest = digests.claim(tx, who.workspace_id, who.member_id, day)
        digests.set_people(tx, who.workspace_id, who.member_id, digest.id, ids)
        assert digests.move(tx, who.workspace_id, digest.id, POSTING, CLAIMED)
        assert digests.move(tx, who.workspace_id, digest.id, POSTED, POSTING, channel="D1", ts="1.2")
        digests.note_named(tx, who.workspace_id, who.member_id, digest.id)
    return digest.id


def test_a_date_is_claimed_once(database: Database, who: Somebody) -> None:
    with database.write() as tx:
        first = digests.claim(tx, who.workspace_id, who.member_id, DAY)
        assert digests.claim(tx, who.workspace_id, who.member_id, DAY) == first
        assert digests.claim(tx, who.workspace_id, who.member_id, DAY + timedelta(days=1)).id != first.id
    assert (first.state, first.local_date) == (CLAIMED, DAY)


@pytest.mark.parametrize("state", [EMPTY, POSTING, UNSURE, POSTED])
def test_a_date_counts_as_told_once_it_was_more_than_claimed(
    database: Database, who: Somebody, state: str
) -> None:
    with database.write() as tx:
        digest = digests.claim(tx, who.workspace_id, who.member_id, DAY)
        assert digests.last_date(tx, who.workspace_id, who.member_id) is None
        assert digests.move(tx, who.workspace_id, digest.id, state, CLAIMED)
        assert not digests.move(tx, who.workspace_id, digest.id, POSTING, CLAIMED)
        assert digests.last_date(tx, who.workspace_id, who.member_id) == DAY


def test_news_is_who_waits_unnamed_strongest_first(database: Database, who: Somebody) -> None:
    weak, strong = suggest(database, who, "weak@a.example", 5), suggest(database, who, "strong@a.example", 90)
    suggest(database, who, "info@a.example", 95, shared=True)
    suggest(database, who, "known@a.example", 80)
    gone = suggest(database, who, "gone@a.example", 70)
    with database.write() as tx:
        contacts.add(
            tx, who.workspace_id, new_id(), name="Known", addresses=("known@a.example",), company="",
            source="typed", added_by=who.member_id,
        )  # fmt: skip
        candidates.withdraw(tx, who.workspace_id, who.member_id, ["gone@a.example"])
    assert gone
    assert names(database, who) == ["strong@a.example", "weak@a.example"]
    assert names(database, who, 1) == ["strong@a.example"]
    posted(database, who, DAY, strong)
    assert names(database, who) == ["weak@a.example"]
    assert weak


def test_a_digest_reads_its_people_in_its_order_and_knows_who_is_gone(
    database: Database, who: Somebody
) -> None:
    ids = [suggest(database, who, f"p{number}@a.example", 50 - number) for number in range(4)]
    digest_id = posted(database, who, DAY, ids[2], ids[0], ids[1])
    with database.write() as tx:
        candidates.withdraw(tx, who.workspace_id, who.member_id, ["p0@a.example"])
    here = (who.workspace_id, who.member_id, digest_id)
    with database.read() as tx:
        assert digests.people(tx, who.workspace_id, digest_id) == (ids[2], ids[0], ids[1])
        found = digests.candidates_of(tx, *here)
        assert [one.address if one else None for one in found] == ["p2@a.example", None, "p1@a.example"]
        assert digests.count_others(tx, *here) == (0, 1)
    posted(database, who, DAY + timedelta(days=1), ids[3])
    with database.read() as tx:
        assert digests.count_others(tx, *here) == (1, 0)


def test_the_digests_of_a_person_are_found_as_long_as_they_are_young_and_stand_there(
    database: Database, who: Somebody, clock: TurnedClock
) -> None:
    one, other = suggest(database, who, "one@a.example", 5), suggest(database, who, "other@a.example", 5)
    first = posted(database, who, DAY, one)
    begun = clock()
    clock.turn(timedelta(days=2))
    second = posted(database, who, DAY + timedelta(days=2), one, other)
    here = (who.workspace_id, who.member_id)
    with database.write() as tx:
        unsure = digests.claim(tx, *here, DAY + timedelta(days=3))
        digests.set_people(tx, *here, unsure.id, [one])
        digests.move(tx, who.workspace_id, unsure.id, UNSURE, CLAIMED)
        assert [d.id for d in digests.naming(tx, *here, [one], begun)] == [second, first]
        assert [d.id for d in digests.naming(tx, *here, [one], clock())] == [second]
        assert [d.id for d in digests.naming(tx, *here, [other], begun)] == [second]


def test_a_digest_is_only_its_members(database: Database, who: Somebody) -> None:
    other = somebody(database, user="U2")
    digest_id = posted(database, who, DAY, suggest(database, who, "one@a.example", 5))
    with database.read() as tx:
        assert digests.get(tx, who.workspace_id, who.member_id, digest_id) is not None
        assert digests.get(tx, other.workspace_id, other.member_id, digest_id) is None
        assert digests.candidates_of(tx, other.workspace_id, other.member_id, digest_id) == (None,)


def test_plans_are_numbered_and_wishes_kept(database: Database, who: Somebody) -> None:
    here = (who.workspace_id, who.member_id)
    with database.write() as tx:
        assert nightly.get(tx, *here) is None
        assert hash_keys.keep(tx, *here, "v1.k.key")
        fresh = nightly.get(tx, *here)
        assert fresh is not None
        assert (fresh.is_on, fresh.hour, fresh.working_days, fresh.plan) == (False, 8, False, 0)
        nightly.set_wishes(tx, *here, is_on=True, hour=6, working_days=True, paused_until=DAY)
        numbers = [
            nightly.plan(tx, *here, scan_at=tx.now, tell_at=tx.now, tell_date=DAY),
            nightly.plan(tx, *here, scan_at=None, tell_at=None, tell_date=None),
        ]
        now = nightly.get(tx, *here)
    assert numbers == [1, 2]
    assert now is not None
    assert (now.is_on, now.hour, now.paused_until, now.tell_at) == (True, 6, DAY, None)


def test_nights_that_fail_are_counted_until_one_works(database: Database, who: Somebody) -> None:
    here = (who.workspace_id, who.member_id)
    with database.write() as tx:
        hash_keys.keep(tx, *here, "v1.k.key")
        assert [nightly.note_night(tx, *here, failed=True) for _ in range(3)] == [1, 2, 3]
        nightly.note_told_failing(tx, *here)
        assert nightly.note_night(tx, *here, failed=False) == 0
        row = nightly.get(tx, *here)
    assert row is not None and row.told_failing_at is None


def test_digests_are_cleared_after_a_year(database: Database, who: Somebody, clock: TurnedClock) -> None:
    posted(database, who, DAY, suggest(database, who, "one@a.example", 5))
    clock.turn(timedelta(days=364))
    with database.write() as tx:
        across.purge(tx)
        assert digests.last_date(tx, who.workspace_id, who.member_id) == DAY
    clock.turn(timedelta(days=2))
    with database.write() as tx:
        across.purge(tx)
        assert digests.last_date(tx, who.workspace_id, who.member_id) is None


def test_a_night_that_nobody_carries_any_more_is_found(database: Database, who: Somebody) -> None:
    here = (who.workspace_id, who.member_id)
    with database.write() as tx:
        hash_keys.keep(tx, *here, "v1.k.key")
        nightly.set_wishes(tx, *here, is_on=True, hour=8, working_days=False, paused_until=None)
        nightly.plan(tx, *here, scan_at=tx.now, tell_at=tx.now, tell_date=DAY)
        assert across.stray_nights(tx, "tell", tx.now - timedelta(hours=1)) == ()
        assert across.stray_nights(tx, "tell", tx.now) == (here,)
        carried = work.enqueue(tx, who.workspace_id, "tell", "k", ref=who.member_id)
        assert across.stray_nights(tx, "tell", tx.now) == ()
        work.withdraw(tx, who.workspace_id, carried.id)
        nightly.set_wishes(tx, *here, is_on=False, hour=8, working_days=False, paused_until=None)
        assert across.stray_nights(tx, "tell", tx.now) == ()
