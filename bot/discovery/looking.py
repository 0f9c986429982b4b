"""Reads what is shown of people found: Home's page, and who waits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.discovery.people import EDGES, ROWS, PeoplePage, Standing, Tab, Waiting
from bot.discovery.review_words import name_of
from bot.discovery.reviewing import own_contact
from bot.errors import NotYours
from store import (
    accounts,
    blocks,
    candidates,
    contacts,
    deciding,
    digests,
    found_contacts,
    members,
    nightly,
    scans,
)
from store.candidates import Candidate
from store.database import Database, Transaction
from store.members import Member

UNDO_SHOWN = timedelta(hours=1)  # the last decision stands on the page with its Undo for so long
FOLDED = 2  # shared mailboxes named where they are folded


class PeopleService:
    """What People found shows. Thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def waiting(self, member: Member) -> Waiting:
        """Count who waits, and name the strongest."""
        here = (member.workspace_id, member.id)
        with self._database.read() as tx:
            number = deciding.counts(tx, *here).waiting
            first = deciding.waiting(tx, *here, 1) if number else ()
        return Waiting(number, name_of(first[0]) if first else "")

    def blocked(self, member: Member) -> int:
        """Count what the member has blocked."""
        with self._database.read() as tx:
            return blocks.count(tx, member.workspace_id, member.id)

    def person(self, member: Member, candidate_id: str) -> Candidate | None:
        """Read one of the member's people."""
        with self._database.read() as tx:
            return candidates.get(tx, member.workspace_id, member.id, candidate_id)

    def of_digest(self, member: Member, digest_id: str) -> tuple[Candidate, ...]:
        """Read the people of a digest of the member's, in its order. Raises: NotYours."""
        here = (member.workspace_id, member.id)
        with self._database.read() as tx:
            if digests.get(tx, *here, digest_id) is None:
                raise NotYours
            return tuple(one for one in digests.candidates_of(tx, *here, digest_id) if one)

    def page(self, member: Member, place: str, number: int) -> PeoplePage:
        """Read a page for drawing `number`; behind the end of a list that became shorter, its last page."""
        here, at = (member.workspace_id, member.id), Standing.read(place)
        with self._database.read() as tx:
            counts = deciding.counts(tx, *here)
            at = _within(at, _length(counts, at.tab))
            rows = _rows(tx, member, at)
            plan = nightly.get(tx, *here)
            last = deciding.last_batch(tx, *here, self._clock() - UNDO_SHOWN)
            page = PeoplePage(
                at=at,
                number=number,
                counts=counts,
                groups=deciding.count_by_strength(tx, *here, EDGES) if at.tab is Tab.PENDING else {},
                rows=rows,
                more=at.start + len(rows) < _length(counts, at.tab),
                connected=bool(accounts.of_member(tx, *here)),
                last_scan=scans.latest(tx, *here, scans.DONE),
                nightly=plan is not None and plan.is_on,
                as_of=self._clock(),
                scanning=scans.running(tx, *here) is not None,
                folded=deciding.waiting(tx, *here, FOLDED, shared=True) if counts.shared else (),
                last_batch=last,
                last_name=_only_name(tx, member, last) if last else "",
                blocked=blocks.count(tx, *here) if at.tab is Tab.DISMISSED else 0,
            )
            return _with_contacts(tx, member, page) if at.tab is Tab.ADDED else page


def _length(counts: deciding.Counts, tab: Tab) -> int:
    lengths = {Tab.PENDING: counts.waiting, Tab.SHARED: counts.shared, Tab.ADDED: counts.added}
    return lengths.get(tab, counts.dismissed)


def _within(at: Standing, length: int) -> Standing:
    return replace(at, start=min(at.start, max(0, length - 1)) // ROWS * ROWS)


def _rows(tx: Transaction, member: Member, at: Standing) -> tuple[Candidate, ...]:
    here = (member.workspace_id, member.id)
    if at.tab in (Tab.PENDING, Tab.SHARED):
        return deciding.waiting(tx, *here, ROWS, at.start, shared=at.tab is Tab.SHARED)
    return deciding.decided(tx, *here, at.tab, ROWS, at.start)


def _only_name(tx: Transaction, member: Member, batch: deciding.Batch) -> str:
    if batch.people != 1:
        return ""
    people = deciding.of_batch(tx, member.workspace_id, member.id, batch.id)
    return name_of(people[0]) if people else ""


def _with_contacts(tx: Transaction, member: Member, page: PeoplePage) -> PeoplePage:
    """Add what became of the contacts: whether they are there, were used, or were a colleague's before."""
    ids = [person.contact_id for person in page.rows if person.contact_id]
    there = {one.id: one for one in contacts.by_ids(tx, member.workspace_id, ids)}
    unused = found_contacts.unused(tx, member.workspace_id, member.id, ids)
    adders, undoable = {}, set()
    for person in page.rows:
        contact = there.get(person.contact_id or "")
        own = person.contact_id == own_contact(person.id, person.batch_id or "")
        if contact is None or (own and contact.id in unused):
            undoable.add(person.id)
        if contact and not own and contact.added_by and contact.added_by != member.id:
            adder = members.get(tx, member.workspace_id, contact.added_by)
            adders[person.id] = adder.name if adder else ""
    return replace(
        page,
        contacts=frozenset(person.id for person in page.rows if person.contact_id in there),
        undoable=frozenset(undoable),
        adders=adders,
    )
