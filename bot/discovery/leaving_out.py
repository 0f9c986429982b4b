"""Who was left out and why, and the member's own word against a rule."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.discovery.knowledge import Knowledge
from bot.discovery.progress import MIXED, OTHER, LeftOutPage
from bot.discovery.rows import evidence_of
from bot.discovery.strength import strength_of
from bot.errors import NotYours
from providers.content.companies import company_of
from providers.content.lookalikes import imitated, mixes_scripts
from providers.content.names import best_name
from store import candidates, met, scans
from store.candidates import ANYWAY, Found
from store.database import Database, Transaction
from store.members import Member

MOST_REASONS = 12
PEOPLE = 20  # on a page
FAMILIAR = 2000  # people whose domains are compared


class LeavingOut:
    """Reads who was left out, and suggests somebody nevertheless. Thread-safe."""

    def __init__(self, database: Database, knowledge: Knowledge, clock: Callable[[], datetime]) -> None:
        self._database, self._knowledge, self._clock = database, knowledge, clock

    def page(self, member: Member, reason: str = "", start: int = 0) -> LeftOutPage:
        """Read the reasons with their numbers, and a stretch of the people of one."""
        with self._database.read() as tx:
            found = met.reasons(tx, member.workspace_id, member.id)
            shown, rest = _folded(found)
            codes = rest if reason == OTHER else (reason,)
            people: tuple[met.LeftOut, ...] = ()
            if number := dict(shown).get(reason):
                start = start if start < number else max(0, number - 1) // PEOPLE * PEOPLE
                people = met.left_out(tx, member.workspace_id, member.id, codes, PEOPLE + 1, start)
            last = scans.latest(tx, member.workspace_id, member.id, scans.DONE)
            alike = self._alike(tx, member, [one.address for one in people])
        return LeftOutPage(
            reasons=shown,
            chosen=reason,
            people=people[:PEOPLE],
            start=start,
            more=len(people) > PEOPLE,
            every_sender=last is not None and last.kind == scans.EVERY_SENDER,
            alike=alike,
        )

    def _alike(self, tx: Transaction, member: Member, addresses: Sequence[str]) -> dict[str, str]:
        """Find those whose domain is written to look like a colleague's or like that of somebody known."""
        if not addresses:
            return {}
        familiar = met.familiar(tx, member.workspace_id, member.id, FAMILIAR)
        domains = self._knowledge.own(tx, member).domains | {one.rpartition("@")[2] for one in familiar}
        found = {}
        for address in addresses:
            domain = address.rpartition("@")[2]
            found[address] = imitated(domain, domains) or (MIXED if mixes_scripts(domain) else "")
        return {address: said for address, said in found.items() if said}

    def suggest_anyway(self, member: Member, address: str) -> None:
        """Suggest somebody whom a rule left out. Raises: NotYours for whom no scan of the member's met."""
        with self._database.write(patience=1.5) as tx:
            found = self._found(tx, member, address)
            candidates.suggest(tx, member.workspace_id, member.id, found)

    def _found(self, tx: Transaction, member: Member, address: str) -> Found:
        rows = met.of_addresses(tx, member.workspace_id, member.id, (address,))
        if not rows:
            raise NotYours
        known = evidence_of(rows)
        written = next((one.name for one in known.names), "")
        conversations, last = len(known.threads), known.last or self._clock()
        strength = strength_of(known.human, known.sent, conversations, last, self._clock())
        return Found(
            address=address,
            name=best_name(known.names, address),
            company=company_of(address, written),
            reasons=" ".join((ANYWAY, *rows[0].reasons.split())),
            shared=False,
            conversations=conversations,
            received=known.mails,
            sent=known.sent,
            strength=strength,
            last_at=last,
        )


def _folded(found: dict[str, int]) -> tuple[tuple[tuple[str, int], ...], Sequence[str]]:
    """Keep the most frequent reasons, the others as one. Returns them, and the codes of the others."""
    reasons = list(found.items())
    if len(reasons) <= MOST_REASONS:
        return tuple(reasons), ()
    kept, rest = reasons[: MOST_REASONS - 1], reasons[MOST_REASONS - 1 :]
    return (*kept, (OTHER, sum(number for _, number in rest))), tuple(code for code, _ in rest)
