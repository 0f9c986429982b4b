"""Precision and recall of `classify`, and of `discover` on a mailbox made of the whole corpus.

For discovery the member has written to everybody in the corpus, robots too: whoever is suggested then is
suggested because of what their own mail and address say.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

from bot.discovery.files import classify, discover
from bot.discovery.mail_folder import Filed, read_filed
from providers.content.mail_files import Found
from tests.corpus_discovery import bulk, independent, later, people, robots, shared
from tests.corpus_discovery.case import ME, NOW, Case

MODULES = (people, shared, bulk, robots, later, independent)


def all_cases() -> tuple[Case, ...]:
    """Return the whole corpus."""
    return tuple(case for module in MODULES for case in module.cases())


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out. Names of cases and addresses, so that a failure says where to look."""

    cases: int
    machines: int
    found_machines: int  # called automated, and are
    false_alarms: tuple[str, ...]  # called automated, and a person wrote them
    missed: tuple[str, ...]  # a machine's, and not called so
    people: int  # two-way people
    missed_people: tuple[str, ...]
    suggested_robots: tuple[str, ...]
    suggested_shared: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]

    @property
    def precision(self) -> float:
        """Of what is called automated, the share that is."""
        return self.found_machines / max(1, self.found_machines + len(self.false_alarms))

    @property
    def recall(self) -> float:
        """Of what is automated, the share that is called so."""
        return self.found_machines / max(1, self.machines)

    @property
    def goals_met(self) -> bool:
        """No robot suggested, at most one two-way person in a hundred missed."""
        return not self.suggested_robots and len(self.missed_people) * 100 <= self.people


def measure() -> Figures:
    """Run the product's own commands over the corpus."""
    cases = all_cases()
    called = {case.name: classify(Found(case.name, case.raw))["automated"] for case in cases}
    found = {one["email"] for one in discover(list(_mailbox(cases)), frozenset({ME}), NOW)["found"]}
    people_ = {case.sender for case in cases if case.person}
    robots_ = {case.sender for case in cases if case.automated} - people_
    shared_ = {case.sender for case in cases if case.shared} - people_
    return Figures(
        cases=len(cases),
        machines=sum(case.automated for case in cases),
        found_machines=sum(case.automated and called[case.name] for case in cases),
        false_alarms=tuple(case.name for case in cases if called[case.name] and not case.automated),
        missed=tuple(case.name for case in cases if case.automated and not called[case.name]),
        people=len(people_),
        missed_people=tuple(sorted(_normal(people_) - found)),
        suggested_robots=tuple(sorted(_normal(robots_) & found)),
        suggested_shared=tuple(sorted(_normal(shared_) & found)),
        kinds=tuple(sorted(Counter(case.kind for case in cases).items())),
    )


def _normal(addresses: set[str]) -> set[str]:
    return {address.lower().replace("bücher", "xn--bcher-kva") for address in addresses}


def _mailbox(cases: tuple[Case, ...]) -> Iterator[Filed]:
    for case in cases:
        yield read_filed(Found(f"{case.name}.eml", case.raw))
        yield read_filed(Found(f"{case.name}-sent.eml", _sent(case)))


def _sent(case: Case) -> bytes:
    """What the member wrote to whoever sent a case: the question it answers, or something months ago."""
    at = NOW - timedelta(days=16) if case.answers else NOW - timedelta(days=120)
    return (
        f"From: Ann Lee <{ME}>\r\nTo: {case.sender}\r\nSubject: Prices\r\nDate: {format_datetime(at)}\r\n"
        f"Message-ID: {case.question_id}\r\n\r\nHello, Ann here.\r\n"
    ).encode()


def told(figures: Figures) -> str:
    """Write the figures as a page of text."""
    lines = [
        f"{figures.cases} labelled messages: " + ", ".join(f"{n} {kind}" for kind, n in figures.kinds),
        f"classify  precision {figures.precision:.3f}  recall {figures.recall:.3f}",
        *(f"          called automated, a person's: {name}" for name in figures.false_alarms),
        *(f"          automated, not called so:     {name}" for name in figures.missed),
        f"discover  {figures.people} two-way people, {len(figures.missed_people)} missed (goal: 1 in 100)",
        *(f"          missed: {address}" for address in figures.missed_people),
        f"          robots suggested: {len(figures.suggested_robots)} (goal: none)",
        *(f"          suggested: {address}" for address in figures.suggested_robots),
        f"          shared mailboxes suggested as a person: {len(figures.suggested_shared)}",
        *(f"          suggested: {address}" for address in figures.suggested_shared),
    ]
    return "\n".join(lines) + "\n"
