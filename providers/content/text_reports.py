"""Bounces that are words for people only: qmail's (QSBMF) and Exim's. Others come as reports (RFC 3464)."""

import re
from collections.abc import Iterator

from providers.content.clean import one_line
from providers.content.notes import DeliveryReport, Failure
from providers.content.reports import MAX_FAILURES, header_of

MAX_READ = 64 * 1024  # characters
_QSBMF = "Hi. This is the "  # the sign by which that form is known
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_RECIPIENT = re.compile(r"<([^<>\s]{3,320})>:?[ \t]*\n(.*)", re.DOTALL)
_COPY = re.compile(r"^-{2,}.*(?:copy of|returned message).*$", re.MULTILINE | re.IGNORECASE)
_STEPS = re.compile(r"^.*?\b(?=[45]\d\d[ -])", re.DOTALL)


def read_text_report(text: str, failed: tuple[str, ...]) -> DeliveryReport | None:
    """Read a bounce without a part for machines. `failed`: whom X-Failed-Recipients names (Exim)."""
    if not failed and not text[:200].lstrip().startswith(_QSBMF):
        return None
    text = text[:MAX_READ].replace("\r\n", "\n")
    copy = _COPY.search(text)
    told, original = (text[: copy.start()], text[copy.end() :]) if copy else (text, "")
    if failed:
        failures = [_exim(told, address) for address in failed[:MAX_FAILURES]]
    else:
        failures = list(_qmail(told))[:MAX_FAILURES]
    return DeliveryReport(tuple(failures), header_of(original, "subject")) if failures else None


def _qmail(told: str) -> Iterator[Failure]:
    """Each recipient is a paragraph: the address between angles, then why."""
    for paragraph in re.split(r"\n[ \t]*\n", told):
        found = _RECIPIENT.match(paragraph.strip())
        if found and "@" in found[1]:
            yield _failure(found[1], found[2])


def _exim(told: str, address: str) -> Failure:
    """Find the address on a line of its own, set in; the lines set in further say why."""
    lines = told.split("\n")
    at = next((n for n, line in enumerate(lines) if line.strip(" <>:") == address), len(lines))
    reason: list[str] = []
    for line in lines[at + 1 :]:
        if not line.startswith("    "):
            break
        reason.append(line.strip())
    return _failure(address, " ".join(reason))


def _failure(address: str, reason: str) -> Failure:
    reason = one_line(reason)
    status = _STATUS.search(reason)
    # What the other side said begins with its code; before it stands where in the talk it was said.
    return Failure(
        address[:320], "failed", status[0] if status else "", _STEPS.sub("", reason, count=1)[:400]
    )
