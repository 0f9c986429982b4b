"""Mails between the member and others, as a scan meets them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.discovery.evidence import Evidence, Own, Seen, gather
from bot.discovery.rules import Decision, Known, decide, share_sent
from providers.content.addresses import parse_addresses
from providers.mail import EmailAddress, Message

ME = "ann@northwind.example"
TOM = "tom@abel.example"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OWN = Own(frozenset({ME}), frozenset({"northwind.example"}))


def wrote(
    sender: str = TOM,
    *,
    to: str = ME,
    days: float = 1,
    subject: str = "Prices",
    thread: str = "t1",
    headers: dict[str, str] | None = None,
    answers_me: bool = False,
    categories: Iterable[str] = (),
    text: str | None = None,
) -> Seen:
    """A mail that came in."""
    return _seen(
        sender, to, days, subject, thread, headers or {}, answers_me, categories, text, outgoing=False
    )


def sent(
    to: str = TOM,
    *,
    days: float = 2,
    subject: str = "Prices",
    thread: str = "t1",
    headers: dict[str, str] | None = None,
) -> Seen:
    """A mail that the member wrote, by the provider's filing."""
    return _seen(ME, to, days, subject, thread, headers or {}, False, (), None, outgoing=True)


def _seen(
    sender: str,
    to: str,
    days: float,
    subject: str,
    thread: str,
    headers: dict[str, str],
    answers_me: bool,
    categories: Iterable[str],
    text: str | None,
    outgoing: bool,
) -> Seen:
    people = parse_addresses([to])
    author = next(iter(parse_addresses([sender])), EmailAddress(""))
    message = Message(
        id=f"{sender}{days}{subject}",
        thread_id=thread,
        sender=author,
        to=people,
        cc=(),
        bcc=(),
        reply_to=parse_addresses([headers.get("reply-to", "")]),
        subject=subject,
        date=NOW - timedelta(days=days),
        outgoing=outgoing,
        headers={name: (value,) for name, value in headers.items()},
        text=text,
    )
    return Seen(message, thread, frozenset(categories), answers_me)


def evidence_of(*seen: Seen, own: Own = OWN) -> dict[str, Evidence]:
    """What these mails say of each address."""
    return share_sent(gather(seen, own, NOW))


def decided(*seen: Seen, address: str = TOM, known: Known | None = None) -> Decision:
    """What becomes of one address after these mails."""
    known = known or Known(OWN)
    return decide(evidence_of(*seen, own=known.own)[address], known)
