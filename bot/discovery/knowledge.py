"""What decides about an address besides mail: who the member is, who is known, who is not wanted."""

from collections.abc import Collection
from dataclasses import replace

from bot.discovery.evidence import Own
from bot.discovery.hashes import Hashes, blocking_words, hash_of
from bot.discovery.rules import Known
from store import accounts, known, own_addresses
from store.database import Transaction
from store.members import Member


class Knowledge:
    """Gathers it from the rows. Thread-safe."""

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes

    def own(self, tx: Transaction, member: Member) -> Own:
        """Say who the member is: every address, and the domains of the mailboxes and of Slack's address."""
        connected = {one.address for one in accounts.of_member(tx, member.workspace_id, member.id)}
        named = {one.address for one in own_addresses.of_member(tx, member.workspace_id, member.id)}
        main = connected | ({member.address} if member.address else set())
        return Own(frozenset(main | named), frozenset(one.rpartition("@")[2] for one in main))

    def known(
        self,
        tx: Transaction,
        member: Member,
        own: Own,
        addresses: Collection[str],
        *,
        colleagues: frozenset[str] = frozenset(),
        unchecked: frozenset[str] = frozenset(),
        unasked: frozenset[str] = frozenset(),
    ) -> Known:
        """Gather what is known of some addresses. `colleagues`: of whom Slack says so."""
        workspace_id, member_id = member.workspace_id, member.id
        connected = known.colleagues_among(tx, workspace_id, member_id, addresses)
        dismissed, blocked = self._unwanted(tx, member, addresses)
        return Known(
            own=replace(own, colleagues=connected | colleagues),
            contacts=known.contacts_among(tx, workspace_id, addresses),
            dismissed=dismissed,
            blocked=blocked,
            unchecked=unchecked,
            unasked=unasked,
        )

    def _unwanted(
        self, tx: Transaction, member: Member, addresses: Collection[str]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Find whom the member dismissed, and what of theirs is blocked: addresses and "@domain"."""
        key = self._hashes.find(tx, member.workspace_id, member.id)
        if key is None:
            return frozenset(), frozenset()
        words = {hash_of(key, word): word for one in addresses for word in blocking_words(one)}
        persons = {found for found, word in words.items() if not word.startswith("@")}
        dismissed = known.dismissed_among(tx, member.workspace_id, member.id, persons)
        blocked = known.blocked_among(tx, member.workspace_id, member.id, words)
        return frozenset(words[one] for one in dismissed), frozenset(words[one] for one in blocked)
