"""The operators of Gmail's search, each a question about one message."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sandbox.mail.index import Index, words
from sandbox.mail.mailbox import DRAFT, INBOX, SENT, SPAM, STARRED, TRASH, UNREAD, FiledMessage, is_system

PACIFIC = ZoneInfo("America/Los_Angeles")  # where Gmail's days begin, whoever asks
_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_AGE = re.compile(r"(\d+)([dmy])")
_SIZE = re.compile(r"(\d+)([km]?)b?", re.IGNORECASE)
_DAYS = {"d": 1, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a question sees it."""

    filed: FiledMessage


Ask = Callable[[Seen], bool]
Make = Callable[[str, datetime, Index], Ask]


def anything(seen: Seen) -> bool:
    del seen
    return True


def nothing(seen: Seen) -> bool:
    del seen
    return False


def everywhere(field: str, value: str) -> bool:
    """Say whether a term looks into spam or trash by itself."""
    return field in ("in", "label", "is") and value.lower() in ("anywhere", "spam", "trash")


def _phrase(value: str) -> str:
    found = words(value)
    return f" {' '.join(found)} " if found else ""


def _header(names: tuple[str, ...], value: str, now: datetime, index: Index) -> Ask:
    """Look for a run of whole words in the names and addresses of headers; not equality."""
    del now
    phrase = _phrase(value)
    if not phrase:
        return nothing
    return lambda seen: any(phrase in index.header(seen.filed.raw, name) for name in names)


def _free(value: str, now: datetime, index: Index) -> Ask:
    del now
    phrase = _phrase(value)
    if not phrase:
        return anything

    def ask(seen: Seen) -> bool:
        raw = seen.filed.raw
        if any(phrase in index.header(raw, name) for name in ("subject", "from", "to", "cc", "bcc")):
            return True
        body = index.body(raw)
        return phrase in body.words or phrase in body.names

    return ask


def _place(value: str, now: datetime, index: Index) -> Ask:
    del now, index
    value = value.lower()
    if value == "anywhere":
        return anything
    if value == "archive":
        return lambda seen: not seen.filed.labels & {INBOX, SENT, DRAFT, SPAM, TRASH}
    label = {"draft": DRAFT, "drafts": DRAFT}.get(value, value.upper())
    return lambda seen: label in seen.filed.labels or _named(seen, value)


def _named(seen: Seen, name: str) -> bool:
    wanted = words(name)
    return any(words(one) == wanted for one in seen.filed.labels if not is_system(one))


def _state(value: str, now: datetime, index: Index) -> Ask:
    value = value.lower()
    if value == "read":
        return lambda seen: UNREAD not in seen.filed.labels
    if value in ("unread", "starred", "important", "sent", "draft", "inbox", "spam", "trash", "chat"):
        label = {"unread": UNREAD, "starred": STARRED}.get(value, value.upper())
        return lambda seen: label in seen.filed.labels
    return _place(value, now, index)


def _category(value: str, now: datetime, index: Index) -> Ask:
    del now, index
    label = "CATEGORY_" + {"PRIMARY": "PERSONAL"}.get(value.upper(), value.upper())
    return lambda seen: label in seen.filed.labels


def _has(value: str, now: datetime, index: Index) -> Ask:
    del now
    if value.lower() == "attachment":
        return lambda seen: index.body(seen.filed.raw).files
    if value.lower() == "userlabels":
        return lambda seen: any(not is_system(one) for one in seen.filed.labels)
    return nothing


def _filename(value: str, now: datetime, index: Index) -> Ask:
    del now
    phrase = _phrase(value)
    return (lambda seen: phrase in index.body(seen.filed.raw).names) if phrase else nothing


def _moment(value: str) -> datetime | None:
    if value.isdigit() and len(value) > 8:
        try:
            return datetime.fromtimestamp(int(value), UTC)
        except (OverflowError, OSError, ValueError):
            return None
    found = _DATE.fullmatch(value)
    if not found:
        return None
    try:
        year, month, day = (int(one) for one in found.groups())
        return datetime(year, month, day, tzinfo=PACIFIC).astimezone(UTC)
    except ValueError:
        return None


def _since(after: bool, value: str, now: datetime, index: Index) -> Ask:
    del now, index
    moment = _moment(value)
    if moment is None:
        return nothing
    return lambda seen: (seen.filed.at >= moment) is after


def _age(newer: bool, value: str, now: datetime, index: Index) -> Ask:
    del index
    found = _AGE.fullmatch(value.lower())
    if not found:
        return nothing
    moment = now - timedelta(days=min(int(found.group(1)), 100_000) * _DAYS[found.group(2)])
    return lambda seen: (seen.filed.at >= moment) is newer


def _rfc_id(value: str, now: datetime, index: Index) -> Ask:
    del now, index
    wanted = value.strip().strip("<>").lower()
    return lambda seen: seen.filed.raw.message_id.strip("<>").lower() == wanted != ""


def _size(larger: bool, value: str, now: datetime, index: Index) -> Ask:
    del now, index
    found = _SIZE.fullmatch(value)
    if not found:
        return nothing
    most = int(found.group(1)) * {"": 1, "k": 1024, "m": 1024 * 1024}[found.group(2).lower()]
    return lambda seen: (seen.filed.raw.size > most) is larger


def _list(value: str, now: datetime, index: Index) -> Ask:
    del now, index
    phrase = _phrase(value)
    return lambda seen: bool(phrase) and phrase in _phrase(seen.filed.raw.first("List-Id"))


def _delivered(value: str, now: datetime, index: Index) -> Ask:
    del now, index
    wanted = value.lower()
    return lambda seen: ("Delivered-To", wanted) in seen.filed.trace


TERMS: dict[str, Make] = {
    "": _free,
    "from": partial(_header, ("from",)),
    "to": partial(_header, ("to", "cc", "bcc")),  # Gmail's to: finds copies as well
    "cc": partial(_header, ("cc",)),
    "bcc": partial(_header, ("bcc",)),
    "subject": partial(_header, ("subject",)),
    "in": _place,
    "label": _place,
    "is": _state,
    "category": _category,
    "has": _has,
    "filename": _filename,
    "after": partial(_since, True),
    "newer": partial(_since, True),
    "before": partial(_since, False),
    "older": partial(_since, False),
    "newer_than": partial(_age, True),
    "older_than": partial(_age, False),
    "rfc822msgid": _rfc_id,
    "larger": partial(_size, True),
    "size": partial(_size, True),
    "smaller": partial(_size, False),
    "list": _list,
    "deliveredto": _delivered,
}
