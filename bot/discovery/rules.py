"""Who is suggested as a contact, and why everybody else is not. Pure: evidence in, decisions out.

The order is that of `RULES`: the first that holds decides, and gives its reason code. Sentences for the
codes are in `words`. What could not be found out is left for review: never added, never dismissed.

The two-way rule (product.md 3): one mail from them that a person wrote, within 14 days, and one from the
member to them, ever.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.discovery.evidence import Evidence, Own
from bot.discovery.strength import strength_of
from providers.content.addresses import matching_key, normalise
from providers.content.automated_addresses import address_marks, is_machine_address
from providers.content.companies import company_of
from providers.content.names import best_name

MOST_REASONS = 4


class Outcome(StrEnum):
    """What becomes of an address that a scan met."""

    SUGGEST = "suggest"
    SHARED = "shared"  # two-way, but several people read it: shown apart
    CONTACT = "contact"  # in the CRM already
    SKIP = "skip"
    REVIEW = "review"  # something could not be found out: looked at again, by the next scan or the person


@dataclass(frozen=True, slots=True)
class Known:
    """What decides besides the mails. `blocked` holds addresses and "@domain", subdomains included.

    `unchecked`: addresses for which it could not be found out whether the member ever wrote to them;
    `unasked`: whether they are colleagues.
    """

    own: Own
    contacts: frozenset[str] = frozenset()
    dismissed: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    unchecked: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one address, and why, most telling reason first."""

    outcome: Outcome
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of the ladder. `reasons` names why; nothing when the rule does not hold."""

    code: str
    outcome: Outcome
    reasons: Callable[[Evidence, Known], Collection[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person to suggest. `maybe_same`: other addresses that may be theirs; offered, never merged."""

    address: str
    name: str
    company: str
    conversations: int
    received: int
    sent: int
    last: datetime
    strength: int
    shared: bool = False
    maybe_same: tuple[str, ...] = ()


def _when(
    code: str, holds: Callable[[Evidence, Known], bool]
) -> Callable[[Evidence, Known], Collection[str]]:
    return lambda evidence, known: (code,) if holds(evidence, known) else ()


def _unreadable(evidence: Evidence, _known: Known) -> bool:
    try:
        normalise(evidence.address)
    except ValueError:
        return True
    return False


def is_blocked(address: str, blocked: Collection[str]) -> bool:
    """Tell whether an address, its domain or a domain above that is blocked."""
    labels = address.rpartition("@")[2].split(".")
    domains = (f"@{'.'.join(labels[at:])}" for at in range(len(labels)))
    return address in blocked or any(domain in blocked for domain in domains)


def _machine(evidence: Evidence, _known: Known) -> Collection[str]:
    name = evidence.names[0].name if evidence.names else ""
    if not is_machine_address(evidence.address, name):
        return ()
    return tuple(code for code in address_marks(evidence.address, name) if code in _MACHINE_CODES)


_MACHINE_CODES = frozenset({"no_reply", "daemon", "machine_address", "relay", "marketplace"})


def _all_marked(evidence: Evidence, _known: Known) -> Collection[str]:
    """All of theirs carry a mark: only then it is the sender's."""
    if not evidence.mails or evidence.human:
        return ()
    return tuple(code for code, _ in evidence.marks)


def _hidden(evidence: Evidence, _known: Known) -> bool:
    return any(code == "group" and number == evidence.mails for code, number in evidence.marks)


def _shared(evidence: Evidence, _known: Known) -> Collection[str]:
    name = best_name(evidence.names, evidence.address) or next((one.name for one in evidence.names), "")
    found = address_marks(evidence.address, name)
    return ("shared_mailbox",) if "shared_mailbox" in found else ()


RULES = (
    Rule("own", Outcome.SKIP, _when("own", lambda e, k: k.own.is_me(e.address))),
    Rule("machine", Outcome.SKIP, _machine),
    Rule("colleague", Outcome.SKIP, _when("colleague", lambda e, k: k.own.is_colleague(e.address))),
    Rule("contact", Outcome.CONTACT, _when("contact", lambda e, k: e.address in k.contacts)),
    Rule("blocked", Outcome.SKIP, _when("blocked", lambda e, k: is_blocked(e.address, k.blocked))),
    Rule("dismissed", Outcome.SKIP, _when("dismissed", lambda e, k: e.address in k.dismissed)),
    Rule("unreadable", Outcome.SKIP, _when("unreadable", _unreadable)),
    Rule("group", Outcome.SKIP, _when("group", _hidden)),
    Rule("undated", Outcome.REVIEW, _when("undated", lambda e, _: not e.mails and bool(e.undated))),
    Rule("quiet", Outcome.SKIP, _when("quiet", lambda e, _: not e.mails and bool(e.earlier))),
    Rule("no_answer", Outcome.SKIP, _when("no_answer", lambda e, _: not e.mails)),
    Rule("automated", Outcome.SKIP, _all_marked),
    Rule(
        "unchecked", Outcome.REVIEW, _when("unchecked", lambda e, k: not e.sent and e.address in k.unchecked)
    ),
    Rule("one_way", Outcome.SKIP, _when("one_way", lambda e, _: not e.sent)),
    Rule("unasked", Outcome.REVIEW, _when("unasked", lambda e, k: e.address in k.unasked)),
    Rule("shared", Outcome.SHARED, _shared),
)


def decide(evidence: Evidence, known: Known) -> Decision:
    """Decide about one address by the first rule that holds; one that meets none is suggested."""
    for rule in RULES:
        reasons = rule.reasons(evidence, known)
        if reasons:
            return Decision(rule.outcome, tuple(reasons)[:MOST_REASONS])
    return Decision(Outcome.SUGGEST, ("two_way",))


def share_sent(found: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Let what the member wrote to "jane.doe@gmail.com" speak for "janedoe+x@gmail.com" as well.

    The two stay two: only the question "did I ever write to them?" is answered for both.
    """
    written: dict[str, int] = {}
    for evidence in found.values():
        if evidence.sent:
            key = matching_key(evidence.address)
            written[key] = max(written.get(key, 0), evidence.sent)
    return {
        address: evidence
        if evidence.sent or not evidence.mails
        else replace(evidence, sent=written.get(matching_key(address), 0))
        for address, evidence in found.items()
    }


def candidates(found: Mapping[str, Evidence], known: Known, now: datetime) -> tuple[Candidate, ...]:
    """List who is suggested, and behind them shared mailboxes; strongest first."""
    shown: list[Candidate] = []
    alike = _alike(found)
    for evidence in found.values():
        outcome = decide(evidence, known).outcome
        if outcome in (Outcome.SUGGEST, Outcome.SHARED) and evidence.last is not None:
            shown.append(_candidate(evidence, outcome is Outcome.SHARED, alike, now))
    return tuple(sorted(shown, key=lambda c: (c.shared, -c.strength, -c.last.timestamp(), c.address)))


def _candidate(
    evidence: Evidence, shared: bool, alike: Mapping[str, tuple[str, ...]], now: datetime
) -> Candidate:
    conversations, last = len(evidence.threads), evidence.last or now
    written = next((one.name for one in evidence.names), "")
    return Candidate(
        address=evidence.address,
        name=best_name(evidence.names, evidence.address),
        company=company_of(evidence.address, written),
        conversations=conversations,
        received=evidence.human,
        sent=evidence.sent,
        last=last,
        strength=strength_of(evidence.human, evidence.sent, conversations, last, now),
        shared=shared,
        maybe_same=tuple(
            other for other in alike[matching_key(evidence.address)] if other != evidence.address
        ),
    )


def _alike(addresses: Iterable[str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for address in sorted(addresses):
        groups.setdefault(matching_key(address), []).append(address)
    return {key: tuple(members) for key, members in groups.items()}
