"""Bounces that are words for people only, as qmail, Exim and old servers send them.

Others come as reports (RFC 3464). Believed is only what stands in a form: an address on a line of its own in
a mail from a mail system, and below it why.
"""

import re
from collections.abc import Container

from providers.content.clean import one_line
from providers.content.notes import DeliveryReport, Failure
from providers.content.reports import MAX_FAILURES, header_of

MAX_LINES = 200  # in which addresses are looked for
_SYSTEMS = ("mailer-daemon@", "postmaster@", "mailerdaemon@", "mail-daemon@")
_QSBMF = "Hi. This is the "  # the sign by which qmail's form is known
_ALONE = re.compile(r"\s*<?([^\s<>@,;:\"]{1,64}@[^\s<>@,;:\"]{1,255})>?(?::| on [^@<>]{5,80})?\s*")
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_COPY = re.compile(r"^-{2,}.*(?:copy of|returned|original) .*$", re.MULTILINE | re.IGNORECASE)
_CODE = re.compile(r"^[^\n]{0,1000}?\b(?=[45]\d\d[ :-])")
_LATE = re.compile(r"still undelivered|not yet been delivered|has been delayed|delivery delay", re.IGNORECASE)


def may_tell(text: str | None, sender: str, headers: Container[str]) -> bool:
    """Tell quickly whether a mail may be such a bounce."""
    return (
        sender.startswith(_SYSTEMS)
        or "x-failed-recipients" in headers
        or (text is not None and text[:200].lstrip().startswith(_QSBMF))
    )


def read_text_report(text: str, failed: tuple[str, ...]) -> DeliveryReport | None:
    """Read a bounce without a part for machines; None when it names nobody.

    `failed`: whom X-Failed-Recipients names, which Exim adds.
    """
    text = text[: 64 * 1024].replace("\r\n", "\n")
    copy = _COPY.search(text)
    told, original = (text[: copy.start()], text[copy.end() :]) if copy else (text, "")
    action = "delayed" if _LATE.search(told) else "failed"
    reasons = _reasons(told.split("\n")[:MAX_LINES])
    for address in failed:
        reasons.setdefault(address.casefold(), "")
    failures = [_failure(address, action, why) for address, why in reasons.items()][:MAX_FAILURES]
    return DeliveryReport(tuple(failures), header_of(original, "subject")) if failures else None


def _reasons(lines: list[str]) -> dict[str, str]:
    """Find each address that stands alone on a line, and the lines below it up to an empty one."""
    reasons: dict[str, str] = {}
    address = ""
    for line in lines:
        found = _ALONE.fullmatch(line[:400])
        if found:
            address = found[1].casefold()
            reasons.setdefault(address, "")
        elif not line.strip():
            address = ""
        elif address:
            reasons[address] = f"{reasons[address]} {line}"[:1000]
    return reasons


def _failure(address: str, action: str, reason: str) -> Failure:
    reason = one_line(reason)
    status = _STATUS.search(reason)
    # What the other side said begins with its code; before it stands where in the talk it was said.
    return Failure(address, action, status[0] if status else "", _CODE.sub("", reason, count=1)[:400])
