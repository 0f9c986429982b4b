"""Decides about people found: each once, whoever presses and however often, and undone as one pressed.

A decision is one transaction: the person's row is claimed first, so of two presses at once the second finds
it decided; the contact, the dismissal and the row come to be together or not at all.
"""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from bot.discovery.hashes import Hashes, hash_of
from bot.discovery.people import EDGES, STATES, Act, Outcome, Typed, Undone, Wish
from bot.errors import NotYours
from store import activity, candidates, deciding, dismissals, found_contacts, members, workspaces
from store.candidates import ADDED, DISMISSED, PENDING, Candidate
from store.contacts import AddressTaken
from store.database import Busy, Database, Transaction, new_id
from store.found_contacts import NewContact
from store.members import Member

PATIENCE = 1.5  # seconds that somebody who pressed waits for the database
ROUNDS = 3  # that others may add the same people first

Decided = Callable[[Member, Collection[str]], None]


def nobody(_member: Member, _ids: Collection[str]) -> None:
    """Tell nobody what was decided."""


class ReviewService:
    """What happens with people found. Thread-safe. `decided` hears of every change, after it."""

    def __init__(self, database: Database, hashes: Hashes, decided: Decided = nobody) -> None:
        self._database, self._hashes, self._decided = database, hashes, decided

    def to_be_told(self, member: Member) -> str:
        """Name the workspace to a member who has not yet read who sees contacts; "" when they have."""
        with self._database.read() as tx:
            known = members.get(tx, member.workspace_id, member.id)
            workspace = workspaces.get(tx, member.workspace_id)
        if known is not None and known.told_sharing_at is not None:
            return ""
        return workspace.name if workspace else ""

    # --- decide -------------------------------------------------------------------------------------------

    def carry_out(self, member: Member, wish: Wish) -> Outcome:
        """Add or dismiss people. Whoever was decided before stays as they were.

        Raises: Busy with nothing changed; NotYours when none of them is there.
        """
        for _ in range(ROUNDS):
            try:
                with self._database.write(patience=PATIENCE) as tx:
                    outcome = self._decide(tx, member, wish)
                break
            except AddressTaken:  # another member was faster by a moment, and is found at the next look
                continue
        else:
            raise Busy("others add the same people")
        self._decided(member, [person.id for person in outcome.everybody])
        return outcome

    def _decide(self, tx: Transaction, member: Member, wish: Wish) -> Outcome:
        here, state, batch = (member.workspace_id, member.id), STATES[wish.act], new_id()
        people = _wished(tx, member, wish)
        if not people and not wish.group:
            raise NotYours
        waiting = [person.id for person in people if person.state == PENDING]
        if wish.act is Act.ADD and waiting:
            members.told_sharing(tx, *here)
        if not deciding.decide(tx, *here, waiting, state, batch_id=batch, decided_in=wish.where):
            return Outcome(wish.act, (), people)
        claimed = {person.id for person in deciding.of_batch(tx, *here, batch)}
        joined: frozenset[str] = frozenset()
        if wish.act is Act.ADD:
            added = [_as_typed(one, wish.typed) for one in people if one.id in claimed]
            joined = _add(tx, member, batch, added)
            if wish.typed:  # shown from now on as the contact is called; one that was there keeps its name
                for one in added:
                    if one.id not in joined:
                        candidates.rename(tx, *here, one.id, one.name, one.company)
        else:
            key = self._hashes.ensure(tx, *here)
            dismissals.add(tx, *here, [hash_of(key, one.address) for one in people if one.id in claimed])
        now = deciding.of_ids(tx, *here, [person.id for person in people])
        done = tuple(one for one in now if one.id in claimed)
        before = tuple(one for one in now if one.id not in claimed)
        return Outcome(wish.act, done, before, tuple(one for one in done if one.id in joined), batch)

    # --- undo ---------------------------------------------------------------------------------------------

    def undo(self, member: Member, batch_id: str) -> Undone:
        """Let everybody wait again who was decided by one press; people whose record was used stay."""
        with self._database.write(patience=PATIENCE) as tx:
            people = deciding.of_batch(tx, member.workspace_id, member.id, batch_id)
            undone = self._reopen(tx, member, people)
        self._decided(member, [person.id for person in people])
        return undone

    def bring_back(self, member: Member, candidate_id: str) -> Undone:
        """Let one person wait again. Raises: NotYours."""
        with self._database.write(patience=PATIENCE) as tx:
            people = deciding.of_ids(tx, member.workspace_id, member.id, [candidate_id])
            if not people:
                raise NotYours
            undone = self._reopen(tx, member, people)
        self._decided(member, [candidate_id])
        return undone

    def _reopen(self, tx: Transaction, member: Member, people: Iterable[Candidate]) -> Undone:
        here = (member.workspace_id, member.id)
        decided = [person for person in people if person.state != PENDING]
        stay = _stay(tx, member, decided)
        back = [person for person in decided if person.id not in stay]
        dismissed = [person.address for person in back if person.state == DISMISSED]
        if dismissed:
            key = self._hashes.ensure(tx, *here)
            dismissals.remove(tx, *here, [hash_of(key, address) for address in dismissed])
        deciding.reopen(tx, *here, [person.id for person in back])
        return Undone(tuple(back), tuple(person for person in decided if person.id in stay))


def _wished(tx: Transaction, member: Member, wish: Wish) -> tuple[Candidate, ...]:
    here = (member.workspace_id, member.id)
    if wish.group is None or wish.found_until is None:
        return deciding.of_ids(tx, *here, wish.ids)
    return deciding.of_strength(tx, *here, EDGES[wish.group], wish.found_until)


def _as_typed(person: Candidate, typed: Typed | None) -> Candidate:
    if typed is None:
        return person
    return replace(person, name=typed.name, company=typed.company, address=typed.address)


def _add(tx: Transaction, member: Member, batch: str, people: Collection[Candidate]) -> frozenset[str]:
    """Make contacts of people. Returns those who were contacts already. Raises: AddressTaken."""
    holders = found_contacts.hold(tx, member.workspace_id, [person.address for person in people])
    fresh = [
        NewContact(
            own_contact(person.id, batch),
            person.name or person.address.partition("@")[0],
            person.company,
            person.address,
        )
        for person in people
        if person.address not in holders
    ]
    found_contacts.add_all(tx, member.workspace_id, fresh, member.id)
    became = {one.id: holders.get(one.address) or own_contact(one.id, batch) for one in people}
    deciding.link(tx, member.workspace_id, member.id, became)
    if fresh:
        activity.note(tx, member.workspace_id, member.id, "added")
    return frozenset(person.id for person in people if person.address in holders)


def own_contact(candidate_id: str, batch: str) -> str:
    """Name the contact that a decision makes, so that it can be told from one that was there before."""
    digest = hashlib.sha256(f"{candidate_id}:{batch}".encode()).digest()[:16]
    return b32encode(digest).decode().rstrip("=").lower()


def _stay(tx: Transaction, member: Member, decided: Collection[Candidate]) -> frozenset[str]:
    """Make room for people to wait again, and say who cannot.

    A contact that was there before, or was used, stays. Whoever is blocked waits again when the block goes.
    """
    blocked = {one.id for one in decided if one.state == DISMISSED and one.decided_in == deciding.BLOCKED}
    contacts = {one.id: one.contact_id for one in decided if one.state == ADDED and one.contact_id}
    there = found_contacts.there(tx, member.workspace_id, contacts.values())
    own = [one.contact_id for one in decided if one.contact_id == own_contact(one.id, one.batch_id or "")]
    gone = found_contacts.take_back(tx, member.workspace_id, [one for one in own if one], member.id)
    kept = there - gone
    return frozenset(blocked | {person for person, contact in contacts.items() if contact in kept})
