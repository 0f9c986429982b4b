"""What a contact may hold, and whose word counts when two change it. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from providers.content.addresses import clean_name
from providers.content.typed import typed_addresses

MOST_ADDRESSES = 20
LINE, PHONE, NOTES = 150, 60, 3000  # characters of one line, of a telephone number, of the notes


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact as somebody typed it. `addresses` is one to a line, the primary one first.

    `owner` is Slack's id of the member who looks after the contact, "" for nobody.
    """

    name: str = ""
    addresses: str = ""
    company: str = ""
    title: str = ""
    phone: str = ""
    owner: str = ""
    notes: str = ""


class Problem(StrEnum):
    """Why an entry is not taken."""

    NO_NAME = "no_name"
    NO_ADDRESS = "no_address"
    NOT_AN_ADDRESS = "not_an_address"
    TOO_MANY = "too_many"
    OWN = "own"
    NO_MEMBER = "no_member"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with one field, and the words that it is about."""

    field: str
    problem: Problem
    about: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What two changes of one contact come to. `crossed`: fields that both changed, each in its own way."""

    fields: dict[str, str]
    crossed: tuple[str, ...] = ()


def weigh(typed: Mapping[str, str], shown: Mapping[str, str], now: Mapping[str, str]) -> Weighed:
    """Put together what was typed over a form that showed `shown` with what stands there `now`.

    A field that was left as it was shown stays as it is now.
    """
    crossed = [name for name in typed if typed[name] != shown[name] != now[name] != typed[name]]
    fields = {name: now[name] if typed[name] == shown[name] else typed[name] for name in typed}
    return Weighed(fields, tuple(crossed))


@dataclass(frozen=True, slots=True)
class Reading:
    """What an entry comes to: values to keep, or what is wrong with it."""

    entry: Entry
    addresses: tuple[str, ...]
    findings: tuple[Finding, ...]


def read(entry: Entry, own: frozenset[str]) -> Reading:
    """Bring an entry into the form that is kept, and find what is wrong. `own`: the member's addresses."""
    kept = Entry(
        name=clean_name(entry.name),
        company=clean_name(entry.company),
        title=clean_name(entry.title),
        phone=clean_name(entry.phone),
        owner=entry.owner,
        notes=_lines(entry.notes),
    )
    addresses, unread = read_addresses(entry.addresses)
    findings = []
    if not kept.name:
        findings.append(Finding("name", Problem.NO_NAME))
    wrong = _wrong_addresses(addresses, unread, own)
    if wrong:
        findings.append(wrong)
    return Reading(kept, addresses, tuple(findings))


def _lines(text: str) -> str:
    """Take out of notes what no database keeps: NUL and other controls, halves of characters."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def _wrong_addresses(addresses: tuple[str, ...], unread: str, own: frozenset[str]) -> Finding | None:
    if unread:
        return Finding("addresses", Problem.NOT_AN_ADDRESS, unread)
    if not addresses:
        return Finding("addresses", Problem.NO_ADDRESS)
    if len(addresses) > MOST_ADDRESSES:
        return Finding("addresses", Problem.TOO_MANY)
    mine = next((address for address in addresses if address in own), "")
    return Finding("addresses", Problem.OWN, mine) if mine else None


def read_addresses(text: str) -> tuple[tuple[str, ...], str]:
    """Read addresses, one to a line or with commas between; give them and the first part that is none."""
    found: dict[str, None] = {}
    for part in (part.strip() for part in re.split(r"[\n,;]", text) if clean_name(part)):
        here, words = typed_addresses(part)
        if not here or "@" in words:
            return tuple(found), part
        found |= dict.fromkeys(one.address for one in here)
    return tuple(found), ""
