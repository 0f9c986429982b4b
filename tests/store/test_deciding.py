"""People found: what is decided once stays decided, for one member, on both databases."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.discovery.blocking import BlockService
from bot.discovery.hashes import Hashes
from bot.discovery.people import EDGES, Act, Where, Wish
from bot.discovery.reviewing import ReviewService
from bot.discovery.strength import Group
from store import across, blocks, candidates, contacts, deciding, dismissals, members
from store.candidates import ADDED, DISMISSED, PENDING, Candidate, Found
from store.contacts import Contact
from store.database import Database
from store.members import Member
from store.schema import candidate
from store.sealing import Keyring, new_keyring_setting
from tests.clock import TurnedClock
from tests.store.places import somebody

OLD = new_keyring_setting("old")
RING = Keyring.parse(OLD)


@pytest.fixture
def ann(database: Database) -> Member:
    return member(database, "U1")


def member(database: Database, user: str) -> Member:
    who = somebody(database, "T1", user)
    with database.read() as tx:
        found = members.get(tx, who.workspace_id, who.member_id)
    assert found is not None
    return found


def suggest(
    database: Database, who: Member, *addresses: str, strength: int = 50, shared: bool = False
) -> None:
    with database.write() as tx:
        for address in addresses:
            found = Found(address, address.title(), "", "two_way", shared, 2, 3, 2, strength, tx.now)
            candidates.suggest(tx, who.workspace_id, who.id, found)


def people(database: Database, who: Member) -> dict[str, Candidate]:
    with database.read() as tx:
        ids = [row.id for row in tx.all(select(candidate.c.id).where(candidate.c.member_id == who.id))]
        return {one.address: one for one in deciding.of_ids(tx, who.workspace_id, who.id, ids)}


def everybody(database: Database, who: Member) -> tuple[Contact, ...]:
    with database.read() as tx:
        return contacts.latest(tx, who.workspace_id, 100)


def reviews(database: Database) -> ReviewService:
    return ReviewService(database, Hashes(RING))


def group(database: Database, act: Act, of: Group = Group.OFTEN) -> Wish:
    with database.read() as tx:
        return Wish(act, Where.HOME, group=of, found_until=tx.now)


def test_people_are_counted_by_state_and_by_strength(database: Database, ann: Member) -> None:
    suggest(database, ann, "a@x.example", "b@x.example", strength=80)
    suggest(database, ann, "c@x.example", strength=30)
    suggest(database, ann, "info@x.example", shared=True)
    ids = [people(database, ann)["b@x.example"].id]
    reviews(database).carry_out(ann, Wish(Act.DISMISS, Where.HOME, tuple(ids)))
    here = (ann.workspace_id, ann.id)
    with database.read() as tx:
        assert deciding.counts(tx, *here) == deciding.Counts(waiting=2, shared=1, added=0, dismissed=1)
        by_strength = deciding.count_by_strength(tx, *here, EDGES)
        assert by_strength == {Group.OFTEN: 1, Group.NOW_AND_THEN: 1, Group.ONCE: 0}
        assert [one.address for one in deciding.waiting(tx, *here, 10)] == ["a@x.example", "c@x.example"]
        assert [one.address for one in deciding.waiting(tx, *here, 10, 1)] == ["c@x.example"]
        (last,) = deciding.decided(tx, *here, DISMISSED, 10)
        assert last.address == "b@x.example"
        batch = deciding.last_batch(tx, *here, tx.now - timedelta(hours=1))
        assert batch is not None
        assert (batch.people, batch.state, batch.id) == (1, DISMISSED, last.batch_id)
        assert deciding.last_batch(tx, *here, tx.now) is None


def test_a_group_is_added_with_one_press_and_taken_back_with_one_undo(
    database: Database, ann: Member
) -> None:
    suggest(database, ann, *(f"p{n}@x.example" for n in range(30)))
    suggest(database, ann, "weak@x.example", strength=1)
    service = reviews(database)
    outcome = service.carry_out(ann, group(database, Act.ADD))
    assert len(outcome.done) == len(everybody(database, ann)) == 30
    added = people(database, ann)["p7@x.example"]
    assert (added.state, added.decided_in) == (ADDED, "home")
    contact = next(one for one in everybody(database, ann) if one.addresses == ("p7@x.example",))
    assert (contact.id, contact.source, contact.added_by) == (added.contact_id, "mail", ann.id)
    assert len(service.undo(ann, outcome.batch).back) == 30
    assert everybody(database, ann) == ()
    assert {one.state for one in people(database, ann).values()} == {PENDING}
    assert service.undo(ann, outcome.batch).back == ()


def test_whoever_is_decided_at_the_same_moment_is_decided_once(database: Database, ann: Member) -> None:
    """Eight presses at once, of two members who met the same three people."""
    ben = member(database, "U2")
    addresses = [f"p{n}@x.example" for n in range(3)]
    for who in (ann, ben):
        suggest(database, who, *addresses)
    wishes = {who.id: Wish(Act.ADD, Where.HOME, tuple(one.id for one in people(database, who).values()))
              for who in (ann, ben)}  # fmt: skip
    service, start, done = reviews(database), threading.Barrier(8), []

    def press(who: Member) -> None:
        start.wait()
        done.append((who.id, len(service.carry_out(who, wishes[who.id]).done)))

    threads = [threading.Thread(target=press, args=(who,)) for who in (ann, ben) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 8
    assert sorted(number for _, number in done) == [0] * 6 + [3, 3]
    assert sorted(one.addresses for one in everybody(database, ann)) == [(one,) for one in addresses]
    linked = {one.contact_id for who in (ann, ben) for one in people(database, who).values()}
    assert linked == {one.id for one in everybody(database, ann)}


def test_blocks_take_people_away_by_address_and_by_domain_with_what_lies_below_it(
    database: Database, ann: Member
) -> None:
    suggest(
        database, ann, "a@x.example", "b@mail.x.example", "c@notx.example", "d_x@y.example", "dxx@y.example"
    )
    service = BlockService(database, Hashes(RING), RING)
    found = people(database, ann)
    whole = service.block(ann, found["a@x.example"].id, domain=True)
    one = service.block(ann, found["d_x@y.example"].id, domain=False)
    assert (whole.gone, one.gone) == (2, 1)
    states = {address: person.state for address, person in people(database, ann).items()}
    assert [address for address, state in sorted(states.items()) if state == PENDING] == [
        "c@notx.example",
        "dxx@y.example",
    ]
    assert [row.shown for row in service.page(ann, 0).rows] in (
        ["@x.example", "d_x@y.example"],
        ["d_x@y.example", "@x.example"],
    )
    service.block(ann, found["b@mail.x.example"].id, domain=False)
    assert service.unblock(ann, whole.hash).back[0].address == "a@x.example", (
        "b is blocked by address as well"
    )
    assert people(database, ann)["b@mail.x.example"].state == DISMISSED
    with database.write() as tx:
        blocks.forget_names(tx, ann.workspace_id, ann.id)
    assert {row.shown for row in service.page(ann, 0).rows} == {""}


def test_what_is_sealed_of_blocks_moves_to_the_new_key(database: Database, ann: Member) -> None:
    suggest(database, ann, "a@x.example")
    BlockService(database, Hashes(RING), RING).block(
        ann, people(database, ann)["a@x.example"].id, domain=False
    )
    both = Keyring.parse(f"{new_keyring_setting('new')},{OLD}")
    with database.write() as tx:
        assert across.reseal(tx, both, limit=100) == 2
        assert across.reseal(tx, both, limit=100) == 0
    page = BlockService(database, Hashes(both), both).page(ann, 0)
    assert [row.shown for row in page.rows] == ["a@x.example"]


def test_time_takes_names_away_and_leaves_the_hash(
    database: Database, ann: Member, clock: TurnedClock
) -> None:
    suggest(database, ann, "a@x.example", "b@x.example")
    found = people(database, ann)
    reviews(database).carry_out(ann, Wish(Act.DISMISS, Where.HOME, (found["a@x.example"].id,)))
    clock.turn(timedelta(days=89))
    with database.write() as tx:
        across.purge(tx)
    assert len(people(database, ann)) == 2
    clock.turn(timedelta(days=2))
    with database.write() as tx:
        across.purge(tx)
        assert len(dismissals.hashes(tx, ann.workspace_id, ann.id)) == 1
    assert people(database, ann) == {}


def test_a_member_decides_about_their_own_people_alone(database: Database, ann: Member) -> None:
    ben = member(database, "U2")
    suggest(database, ann, "a@x.example")
    theirs = people(database, ann)["a@x.example"].id
    here = (ann.workspace_id, ben.id)
    with database.write() as tx:
        assert deciding.of_ids(tx, *here, [theirs]) == ()
        assert deciding.decide(tx, *here, [theirs], ADDED, batch_id="b", decided_in="home") == 0
        assert deciding.reopen(tx, *here, [theirs]) == 0
        assert deciding.counts(tx, *here) == deciding.Counts(0, 0, 0, 0)
        assert deciding.waiting_behind(tx, *here, "@x.example") == ()
    assert people(database, ann)["a@x.example"].state == PENDING
