"""What the views of endings draw: a contact that is gone for now, and two that are to be one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.contact_endings import Gone
from store.contacts import Contact
from store.database import Transaction

# Have appointments follow a contact that was renamed, merged, or is gone or back; in the same transaction.
Follow = Callable[[Transaction, str, str], None]

CHOSEN = ("name", "company", "title", "phone", "owner")  # one value each; the rest is put together
MOST_NOTES = 3000  # characters that the form can hold


@dataclass(frozen=True, slots=True)
class Ended:
    """A contact that can come back. `kept` is the one it was merged into."""

    gone: Gone
    until: datetime
    by: str = ""
    kept: Contact | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that are to be one. `choices`: fields in which they differ, as a person reads both.

    `settled`: the fields that are clear, as they will be. `changed`: they were others when they were shown.
    """

    kept: Contact
    gone: Contact
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class TooMuch:
    """Two contacts that would hold more than one may: addresses, or characters of notes."""

    kept: Contact
    gone: Contact


def together(kept: Mapping[str, str], gone: Mapping[str, str]) -> dict[str, str]:
    """What two contacts come to without any choice: what one lacks comes from the other.

    Addresses and notes of both, the kept one's first.
    """
    fields = {name: kept[name] or gone[name] for name in CHOSEN}
    addresses = dict.fromkeys([*kept["addresses"].split("\n"), *gone["addresses"].split("\n")])
    notes = dict.fromkeys(filter(None, (kept["notes"], gone["notes"])))
    return {**fields, "addresses": "\n".join(addresses), "notes": "\n\n".join(notes)}


def differing(kept: Mapping[str, str], gone: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of which one value has to be chosen."""
    return tuple(name for name in CHOSEN if kept[name] and gone[name] and kept[name] != gone[name])
