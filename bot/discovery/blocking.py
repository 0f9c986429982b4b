"""Blocks addresses and domains: whoever stands behind one waits no longer and is never suggested again.

What was blocked is kept as a keyed hash, and sealed to be shown; people who went for a block carry its hash,
so that lifting it brings them back.
"""

from collections.abc import Collection

from bot.discovery.hashes import Hashes, blocking_words, hash_of
from bot.discovery.people import Blocked, BlockedPage, Blocking, Undone, Where, domain_of
from bot.discovery.reviewing import PATIENCE, Decided, nobody
from bot.errors import NotYours
from store import blocks, candidates, deciding, dismissals
from store.candidates import DISMISSED, Candidate
from store.database import Database, Transaction
from store.deciding import BLOCKED
from store.members import Member
from store.sealing import Keyring

ROWS = 20  # blocks at once
_PLACE = ("block", "shown_sealed")


class BlockService:
    """What happens with blocks. Thread-safe. `decided` hears of everybody who goes or comes back."""

    def __init__(
        self, database: Database, hashes: Hashes, keyring: Keyring, decided: Decided = nobody
    ) -> None:
        self._database, self._hashes, self._keyring = database, hashes, keyring
        self._decided = decided

    def block(self, member: Member, candidate_id: str, *, domain: bool) -> Blocking:
        """Block somebody's address or the whole domain. Raises: NotYours, Busy."""
        here = (member.workspace_id, member.id)
        with self._database.write(patience=PATIENCE) as tx:
            person = candidates.get(tx, *here, candidate_id)
            word = person and (domain_of(person.address) if domain else person.address)
            if not person or not word:
                raise NotYours
            hashed = hash_of(self._hashes.ensure(tx, *here), word)
            sealed = self._keyring.seal(word, *_PLACE, member.workspace_id, hashed)
            fresh = blocks.add(tx, *here, hashed, sealed)
            behind = [one.id for one in deciding.waiting_behind(tx, *here, word)]
            deciding.decide(tx, *here, behind, DISMISSED, batch_id=hashed, decided_in=BLOCKED)
            if person.state == DISMISSED:
                deciding.mark_blocked(tx, *here, [person.id], hashed)
        self._decided(member, behind)
        return Blocking(word, hashed, len(behind), fresh)

    def unblock(self, member: Member, hashed: str) -> Undone:
        """Lift a block: whoever went for it waits again. Lifted twice, the second finds nothing to do."""
        here = (member.workspace_id, member.id)
        with self._database.write(patience=PATIENCE) as tx:
            blocks.remove(tx, *here, hashed)
            behind = [one for one in deciding.of_batch(tx, *here, hashed) if one.decided_in == BLOCKED]
            back = self._free(tx, member, behind)
        self._decided(member, [person.id for person in behind])
        return Undone(back, tuple(one for one in behind if one not in back))

    def _free(self, tx: Transaction, member: Member, behind: Collection[Candidate]) -> tuple[Candidate, ...]:
        """Let people wait again whom neither another block nor a dismissal of their own keeps away."""
        here = (member.workspace_id, member.id)
        if not behind:
            return ()
        key = self._hashes.ensure(tx, *here)
        still, dismissed = blocks.hashes(tx, *here), dismissals.hashes(tx, *here)
        back = []
        for person in behind:
            others = (hash_of(key, word) for word in blocking_words(person.address))
            if other := next((one for one in others if one in still), None):
                deciding.mark_blocked(tx, *here, [person.id], other)
            elif hash_of(key, person.address) in dismissed:
                deciding.put_back(tx, *here, [person.id], Where.HOME)
            else:
                back.append(person)
        deciding.reopen(tx, *here, [person.id for person in back])
        return tuple(back)

    def page(self, member: Member, start: int) -> BlockedPage:
        """Read a page of what is blocked; behind its end, the last one."""
        here = (member.workspace_id, member.id)
        with self._database.read() as tx:
            number = blocks.count(tx, *here)
            start = min(max(0, start), max(0, number - 1) // ROWS * ROWS)
            rows = blocks.of_member(tx, *here, ROWS, start)
        return BlockedPage(
            tuple(self._opened(member, row) for row in rows), start, start + len(rows) < number
        )

    def _opened(self, member: Member, row: blocks.Block) -> Blocked:
        if row.shown_sealed is None:
            return Blocked(row.hash, "", row.at)
        place = (*_PLACE, member.workspace_id, row.hash)
        return Blocked(row.hash, self._keyring.open(row.shown_sealed, *place), row.at)
