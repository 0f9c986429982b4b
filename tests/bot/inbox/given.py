"""Mail made of a few words, for tests of decisions and drawings."""

from datetime import UTC, datetime, timedelta
from typing import Any

from providers.mail import EmailAddress, Message, Thread
from store.accounts import Account

ME, DANA, BEN = "ann@northwind.example", "dana@northwind.example", "ben@northwind.example"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def people(*addresses: str) -> tuple[EmailAddress, ...]:
    """Addresses without names."""
    return tuple(EmailAddress(address) for address in addresses)


def message(number: int, sender: str = DANA, to: tuple[str, ...] = (ME,), **changes: Any) -> Message:
    """A message, written `number` hours before now."""
    values: dict[str, Any] = {
        "id": f"m{number}",
        "thread_id": "t",
        "sender": EmailAddress(sender),
        "to": people(*to),
        "cc": (),
        "bcc": (),
        "reply_to": (),
        "subject": "Hello",
        "date": NOW - timedelta(hours=number),
        "outgoing": sender == ME,
        "text": f"Words of {number}.",
    }
    return Message(**{**values, **changes})


def thread(*messages: Message, id_: str = "t", subject: str = "Hello") -> Thread:
    """A thread, oldest message first."""
    return Thread(id_, subject, tuple(sorted(messages, key=lambda m: m.date)), "1", "https://mail.example/t")


def account(id_: str = "a", address: str = ME, **changes: Any) -> Account:
    """A connected account."""
    values: dict[str, Any] = dict.fromkeys(Account.__dataclass_fields__) | {
        "id": id_,
        "workspace_id": "w",
        "member_id": "m",
        "provider": "google",
        "subject": id_,
        "address": address,
        "name": "",
        "state": "active",
        "is_default": True,
        "granted": frozenset({"read", "send"}),
        "quote_last": True,
        "connected_at": NOW,
        "has_signature": False,
    }
    return Account(**{**values, **changes})
