"""What $filter and $orderby can see of an item."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sandbox.mail.mailbox import FiledMessage
from sandbox.microsoft.graph.shelf import Item

Value = str | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One property. `exact`: upper and lower case differ. `keyed`: clients know it by an id of Graph's."""

    type: type
    of: Callable[[Item], Value]
    exact: bool = False
    keyed: bool = False


def sent_at(filed: FiledMessage) -> datetime:
    """Tell when it was sent: its Date header, where that can be read."""
    try:
        sent = parsedate_to_datetime(filed.raw.first("Date"))
    except (TypeError, ValueError):
        return filed.at.replace(microsecond=0)
    return sent.astimezone(UTC) if sent.tzinfo else sent.replace(tzinfo=UTC)


def received_at(filed: FiledMessage) -> datetime:
    return filed.at.replace(microsecond=0)


def importance(filed: FiledMessage) -> str:
    said = (filed.raw.first("Importance") or filed.raw.first("X-Priority")).strip().lower()
    if said.startswith(("high", "1")):
        return "high"
    return "low" if said.startswith(("low", "5")) else "normal"


def _first(item: Item, header: str, part: int) -> str:
    found = item.filed.raw.addresses(header)
    return found[0][part] if found else ""


FACTS: dict[str, Fact] = {
    "receivedDateTime": Fact(datetime, lambda item: received_at(item.filed)),
    "sentDateTime": Fact(datetime, lambda item: sent_at(item.filed)),
    "createdDateTime": Fact(datetime, lambda item: received_at(item.filed)),
    "lastModifiedDateTime": Fact(datetime, lambda item: received_at(item.filed)),
    "subject": Fact(str, lambda item: item.filed.raw.subject),
    "from/emailAddress/address": Fact(str, lambda item: _first(item, "From", 1)),
    "from/emailAddress/name": Fact(str, lambda item: _first(item, "From", 0)),
    "sender/emailAddress/address": Fact(str, lambda item: _first(item, "From", 1)),
    "internetMessageId": Fact(str, lambda item: item.filed.raw.message_id, exact=True),
    "isDraft": Fact(bool, lambda item: item.is_draft),
    "isRead": Fact(bool, lambda item: item.is_read),
    "importance": Fact(str, lambda item: importance(item.filed)),
    "conversationId": Fact(str, lambda item: item.filed.thread_id, exact=True, keyed=True),
    "parentFolderId": Fact(str, lambda item: item.folder, exact=True, keyed=True),
}
