"""From what a stretch of mail says to the rows that a scan keeps, and back. Pure.

A row grows by what a stretch adds; cursor and rows move in one transaction, so nothing counts twice. Of
conversations it keeps short hashes: two stretches that meet the same one count it once, and no id of a
provider's is kept. A conversation counts where they wrote in it: what the member sent is not always read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2s

from bot.discovery.evidence import Evidence, Own, Seen, gather, why_not_human
from providers.content.automated import marks_of
from providers.content.names import best_name
from providers.mail import EmailAddress, Exchange, Sighting
from store.met import Met

MOST_THREADS = 200  # hashes in a row; somebody with more conversations in two weeks is known well enough
# What programs do on behalf of a person: such a mail says nothing about the person's other mails.
ON_BEHALF = frozenset(
    {"auto_reply", "auto_generated", "away_subject", "away_words", "read_receipt", "invitation"}
)


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a scan looks at."""

    since: datetime
    now: datetime

    @property
    def length(self) -> timedelta:
        return self.now - self.since


@dataclass(frozen=True, slots=True)
class Counted:
    """What a stretch adds to one address. `others` were counted and not read; `sent` is what is known."""

    evidence: Evidence
    others: tuple[tuple[str, str], ...] = ()
    others_human: bool = False
    sent: int | None = None
    newer: bool = False  # one of the `others` came after what was read


def counted(sightings: Sequence[Sighting], own: Own, window: Window) -> dict[str, Counted]:
    """Collect what the sightings of one mailbox say, by address."""
    mine = frozenset(one.message.message_id for one in sightings if one.message.outgoing) - {""}
    talks = frozenset(one.message.thread_id for one in sightings if one.message.outgoing)
    seen: list[Seen] = []
    theirs = frozenset(one.message.thread_id for one in sightings if not one.message.outgoing)
    more: dict[str, Counted] = {}
    for one in sightings:
        message = one.message
        if message.outgoing:
            seen.append(Seen(message, message.thread_id, one.categories))
            continue
        marks = marks_of(message, one.categories)
        answers = message.thread_id in talks or bool(mine.intersection(message.references))
        answers = answers or one.answers_me
        met = Seen(message, message.thread_id, one.categories, answers, marks=marks)
        seen.append(met)
        author = marks.sender.address
        if author == message.sender.address and (one.others or one.sent is not None):
            human = set(why_not_human(met, marks)) <= ON_BEHALF
            said = Counted(Evidence(author), one.others, human, one.sent, one.newer)
            more[author] = _joined(more.get(author), said)
    return {
        address: replace(more.get(address, Counted(evidence)), evidence=_of_theirs(evidence, theirs))
        for address, evidence in gather(seen, own, window.now, window.length).items()
    }


def _of_theirs(evidence: Evidence, came: frozenset[str]) -> Evidence:
    """Leave out conversations of which nothing came in."""
    return replace(evidence, threads=evidence.threads & came)


def _joined(before: Counted | None, one: Counted) -> Counted:
    if before is None:
        return one
    known = [number for number in (before.sent, one.sent) if number is not None]
    human = one.others_human if one.others else before.others_human
    newer = before.newer or one.newer
    return Counted(one.evidence, (*before.others, *one.others), human, max(known, default=None), newer)


def grown(row: Met, more: Counted) -> Met:
    """Add to a row what a stretch says."""
    evidence, others = more.evidence, len(more.others)
    marks = _read_marks(row.marks)
    marks.update(dict(evidence.marks))
    if others and not more.others_human:
        marks.update({code: others for code, _ in evidence.marks})
    threads = set(row.threads.split()) | {hashed(one) for one in evidence.threads}
    if more.others_human:
        threads |= {hashed(thread) for _, thread in more.others}
    return replace(
        row,
        name=_best((row.name, *(one.name for one in evidence.names)), row.address),
        mails=row.mails + evidence.mails + others,
        human=row.human + evidence.human + (others if more.others_human else 0),
        sent=max(row.sent + evidence.sent, more.sent or 0),
        last_at=max(filter(None, (row.last_at, evidence.last)), default=None),
        marks=_written_marks(marks),
        threads=_kept(threads),
        conversations=min(len(threads), MOST_THREADS),
        newer_unread=row.newer_unread or (more.newer and more.others_human),
    )


def dated(row: Met, newest: Sighting | None, own: Own, window: Window) -> Met:
    """Take over when somebody wrote last; a mail that no person wrote leaves the date as it is."""
    seen = counted((newest,), own, window).get(row.address) if newest else None
    moments = (row.last_at, seen.evidence.last if seen else None)
    return replace(row, last_at=max(filter(None, moments), default=None), newer_unread=False)


def answered(row: Met, exchange: Exchange, own: Own, window: Window, *, old: bool) -> Met:
    """Take over what a mailbox answered about one address, which is about the whole time.

    `old`: the row counts from further back than the window, so what the mailbox says came takes its place.
    """
    if exchange.newest is not None and not row.mails:
        met = counted((exchange.newest,), own, window).get(row.address)
        if met is not None:
            row = grown(row, replace(met, evidence=replace(met.evidence, sent=0)))
    all_human = row.human == row.mails > 0
    least, threads = (0, set[str]()) if old else (row.mails, set(row.threads.split()))
    mails = max(least, exchange.received) if row.mails else 0
    if row.human:
        threads |= {hashed(one) for one in exchange.threads}
    return replace(
        row,
        mails=mails,
        human=mails if all_human else min(row.human, mails),
        sent=max(row.sent, exchange.sent),
        last_at=max(filter(None, (row.last_at, exchange.last_sent)), default=None),
        threads=_kept(threads),
        conversations=min(len(threads), MOST_THREADS),
    )


def evidence_of(rows: Iterable[Met]) -> Evidence:
    """Read what is known of one address over all accounts."""
    rows = tuple(rows)
    marks: Counter[str] = Counter()
    for row in rows:
        marks.update(_read_marks(row.marks))
    names = tuple(EmailAddress(row.address, row.name) for row in rows if row.name)
    return Evidence(
        address=rows[0].address,
        names=names,
        mails=sum(row.mails for row in rows),
        human=sum(row.human for row in rows),
        sent=sum(row.sent for row in rows),
        marks=tuple(marks.most_common()),
        threads=frozenset(f"{row.account_id}:{one}" for row in rows for one in row.threads.split()),
        last=max((row.last_at for row in rows if row.last_at), default=None),
    )


def hashed(thread_id: str) -> str:
    """Shorten the id of a conversation."""
    return blake2s(thread_id.encode(), digest_size=5).hexdigest()


def _kept(threads: set[str]) -> str:
    return " ".join(sorted(threads)[:MOST_THREADS])


def _best(names: Iterable[str], address: str) -> str:
    """Choose the written name that says best who it is: the company may stand in it as well."""
    written = [EmailAddress(address, name) for name in names if name]
    best = best_name(written, address)
    fitting = (one.name for one in written if best_name((one,), address) == best)
    return next(fitting, written[0].name if written else "")


def _read_marks(text: str) -> Counter[str]:
    pairs = (one.partition(":") for one in text.split())
    return Counter({code: int(number) for code, _, number in pairs})


def _written_marks(marks: Counter[str]) -> str:
    return " ".join(f"{code}:{number}" for code, number in marks.most_common())
