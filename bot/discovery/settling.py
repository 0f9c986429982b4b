"""The last step about somebody: suggested, a contact, or left out, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.discovery.colleagues import Colleagues
from bot.discovery.evidence import Evidence
from bot.discovery.knowledge import Knowledge
from bot.discovery.rows import evidence_of
from bot.discovery.rules import Candidate, Known, candidates, decide, share_sent
from bot.discovery.scan_steps import SUGGESTED, Place, by_address
from bot.slack import SlackBusy, SlackError
from store import candidates as stored
from store import met
from store.candidates import Found
from store.database import Database, Transaction
from store.met import Met

NEVER_MIND = frozenset({"own", "colleague", "contact", "blocked", "dismissed"})  # takes back who waits


@dataclass(slots=True)
class _Asked:
    """What Slack said of people about to be suggested."""

    colleagues: set[str] = field(default_factory=set)
    unasked: set[str] = field(default_factory=set)  # Slack failed
    later: set[str] = field(default_factory=set)  # Slack asks for patience: not decided yet


class Settling:
    """Decides about people of whom the mailboxes know no more."""

    def __init__(
        self,
        database: Database,
        knowledge: Knowledge,
        colleagues: Colleagues,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._knowledge, self._colleagues = database, knowledge, colleagues
        self._clock = clock

    def settle(self, place: Place, rows: Sequence[Met]) -> None:
        """Decide about everybody in these rows; those whom Slack had no time for stay for later."""
        addresses = sorted({row.address for row in rows})
        with self._database.read() as tx:
            found, known = self._gathered(tx, place, addresses)
            waiting = stored.among(tx, place.workspace_id, place.member.id, addresses)
        hopeful = [one for one in addresses if decide(found[one], known).outcome in SUGGESTED]
        asked = self._ask_slack(place.workspace_id, [one for one in hopeful if one not in waiting])
        with self._database.write() as tx:
            if not place.goes_on(tx):
                return
            found, known = self._gathered(tx, place, addresses, asked)
            fresh = self._decide(
                tx, place, {one: found[one] for one in found if one not in asked.later}, known
            )
            place.count(tx, fresh)

    def _gathered(
        self, tx: Transaction, place: Place, addresses: Sequence[str], asked: _Asked | None = None
    ) -> tuple[dict[str, Evidence], Known]:
        said = asked or _Asked()
        rows = by_address(met.of_addresses(tx, place.workspace_id, place.member.id, addresses))
        known = self._knowledge.known(
            tx,
            place.member,
            self._knowledge.own(tx, place.member),
            addresses,
            colleagues=frozenset(said.colleagues),
            unchecked=frozenset(
                one for one, theirs in rows.items() if any(row.reasons == "unchecked" for row in theirs)
            ),
            unasked=frozenset(said.unasked),
        )
        found = {one: evidence_of(rows[one]) if one in rows else Evidence(one) for one in addresses}
        return self._shared(tx, place, found), known

    def _shared(self, tx: Transaction, place: Place, found: dict[str, Evidence]) -> dict[str, Evidence]:
        """Let what was written to another spelling of the same address count."""
        if all(one.sent or not one.mails for one in found.values()):
            return found
        written = met.written_to(tx, place.workspace_id, place.member.id)
        others = {one: Evidence(one, sent=sent) for one, sent in written.items() if one not in found}
        everybody = share_sent({**found, **others})
        return {one: everybody[one] for one in found}

    def _ask_slack(self, workspace_id: str, addresses: Sequence[str]) -> _Asked:
        asked = _Asked()
        for number, address in enumerate(addresses):
            try:
                if self._colleagues.is_one(workspace_id, address):
                    asked.colleagues.add(address)
            except SlackBusy:
                asked.later.update(addresses[number:])
                break
            except SlackError:  # again and again: each further one would wait for its time-out
                asked.unasked.update(addresses[number:])
                break
        return asked

    def _decide(self, tx: Transaction, place: Place, found: dict[str, Evidence], known: Known) -> int:
        """Write down what became of everybody. Returns how many are new."""
        workspace_id, member_id = place.workspace_id, place.member.id
        shown = {one.address: one for one in candidates(found, known, self._clock())}
        fresh, gone = 0, set()
        for address, evidence in found.items():
            decision = decide(evidence, known)
            person = shown.get(address)
            if person is not None:
                met.decide(tx, workspace_id, member_id, address, "")
                fresh += stored.suggest(tx, workspace_id, member_id, _found(person, decision.reasons))
            else:
                reasons = decision.reasons if decision.outcome not in SUGGESTED else ("undated",)
                met.decide(tx, workspace_id, member_id, address, " ".join(reasons))
                if NEVER_MIND & set(reasons):
                    gone.add(address)
        stored.withdraw(tx, workspace_id, member_id, gone)
        return fresh


def _found(person: Candidate, reasons: Sequence[str]) -> Found:
    return Found(
        address=person.address,
        name=person.name,
        company=person.company,
        reasons=" ".join(reasons),
        shared=person.shared,
        conversations=person.conversations,
        received=person.received,
        sent=person.sent,
        strength=person.strength,
        last_at=person.last,
    )
