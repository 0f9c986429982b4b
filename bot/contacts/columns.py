"""What the columns of a table hold, and what a row comes to as a contact. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.contacts.rules import LINE, MOST_ADDRESSES, NOTES, PHONE, Entry, Problem, read
from providers.content.addresses import clean_name
from store.contacts import fold

MOST_HEADER, MOST_SHOWN = 200, 80  # characters of a header that are looked at; of a value that are shown
MOST_PARTS = 3 * MOST_ADDRESSES  # addresses as they stand in a row: one may stand there twice
_READ = (  # characters of a field that are looked at, with all the blanks around what is kept
    ("name", 10 * LINE), ("addresses", 320 * MOST_PARTS), ("company", 10 * LINE), ("title", 10 * LINE),
    ("phone", 10 * PHONE), ("owner", 10 * LINE), ("notes", 4 * NOTES),
)  # fmt: skip
IGNORED = ""
FIELDS = ("name", "first", "middle", "last", "addresses", "company", "title", "phone", "owner", "notes")
ONE_OF = ("name", "company", "title", "phone", "owner")  # of these a contact holds one
OWN_HEADER = ("Name", "Addresses", "Company", "Title", "Telephone", "Owner", "Notes")  # of our own export
OWN_FIELDS = ("name", "addresses", "company", "title", "phone", "owner", "notes")

_NAMES = {  # how headers are called, folded, by Google Contacts, Outlook, HubSpot and us
    "name": ("name", "full name", "display name", "contact name", "contact", "anzeigename"),
    "first": ("first name", "given name", "firstname", "vorname", "prenom"),
    "middle": ("middle name", "additional name"),
    "last": ("last name", "family name", "surname", "lastname", "nachname", "nom"),
    "addresses": ("additional email addresses", "addresses", "work email"),
    "company": ("company", "organization name", "organization 1 - name", "company name", "associated company",
                "primary associated company", "organization", "account name", "firma"),
    "title": ("title", "job title", "organization title", "organization 1 - title", "position", "jobtitle"),
    "phone": ("telephone", "phone", "phone number", "business phone", "mobile phone", "phone 1 - value",
              "mobile phone number", "primary phone", "home phone", "telefon"),
    "owner": ("owner", "contact owner"),
    "notes": ("notes", "note", "description", "notizen"),
}  # fmt: skip
_EMAIL = re.compile(r"(e-?)?mail( address)?|e-?mail \d( - value| address)?|email address|e-mail-adresse")


class Reason(StrEnum):
    """Why a row is left out."""

    NO_ADDRESS = "no address"
    NOT_AN_ADDRESS = "not an address"
    TOO_MANY = "too many"
    TOO_LONG = "too long"
    AGAIN = "again"  # somebody above in the file has the address
    TWO = "two"  # its addresses belong to two contacts
    WIDE = "wide"  # more cells than the header has


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that is left out. `about` names another line, or a part of the row."""

    line: int
    reason: Reason
    about: str = ""


class Why(StrEnum):
    """Why something of a row is passed over."""

    OTHER = "other"  # the contact has another one, which stays
    NOBODY = "nobody"  # no member here has the address
    ONE = "one"  # a contact holds one of them


@dataclass(frozen=True, slots=True)
class Passed:
    """A value of a row that is not used."""

    field: str
    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class Told:
    """What of a row is used and what is not, by field. `replaced`: in place of what stood there."""

    line: int
    name: str
    is_new: bool = False
    used: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be kept. `owner` is the address of the member who looks after the contact.

    `is_named`: False where the name is made of the address. `passed`: what no contact could hold.
    """

    line: int
    fields: dict[str, str]
    is_named: bool = True
    passed: tuple[Passed, ...] = ()

    @property
    def addresses(self) -> list[str]:
        return self.fields["addresses"].split("\n")


def guess(header: Sequence[str]) -> list[str]:
    """Say what each column seems to hold; of two that hold the same single thing, the first counts."""
    found: list[str] = []
    for cell in header:
        name = fold(cell[:MOST_HEADER].lstrip("\ufeff"))
        field = next((field for field, names in _NAMES.items() if name in names), IGNORED)
        if not field and _EMAIL.fullmatch(name):
            field = "addresses"
        if field in found and field not in ("addresses", "phone", "notes"):
            field = IGNORED
        found.append(field)
    if "name" in found and "first" in found:  # Google writes both
        found = [IGNORED if field in ("first", "middle", "last") else field for field in found]
    return found


def merged(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """Put the cells of a row into fields."""
    held: dict[str, list[str]] = {}
    for field, cell in zip(columns, cells, strict=False):
        if field and cell.strip():
            held.setdefault(field, []).append(cell.strip("\r\n") if field == "notes" else cell.strip())
    parts = [*held.get("first", ()), *held.get("middle", ()), *held.get("last", ())]
    name = (held.get("name") or [" ".join(parts)])[0]
    addresses = "\n".join("\n".join(re.split(r":::|[;\n]", one)) for one in held.get("addresses", ()))
    single = {field: (held.get(field) or [""])[0] for field in ONE_OF[1:]}
    return {**single, "name": name, "addresses": addresses, "notes": "\n".join(held.get("notes", ()))}


def surplus(cells: Sequence[str], columns: Sequence[str]) -> tuple[Passed, ...]:
    """What of a row `merged` passes over: the second of what a contact holds one of."""
    held: set[str] = set()
    found: list[Passed] = []
    for field, cell in zip(columns, cells, strict=False):
        if field in ONE_OF and cell.strip():
            if field in held:
                found.append(Passed(field, clipped(cell), Why.ONE))
            held.add(field)
    return tuple(found)


def clipped(text: str) -> str:
    """Cut a value to what is shown of it."""
    return " ".join(text[:1000].split())[:MOST_SHOWN]


def row_of(line: int, fields: Mapping[str, str], passed: tuple[Passed, ...] = ()) -> Row | Finding:
    """Bring a row into the form that is kept, or say why it is left out."""
    for name, most in _READ:  # before anything is read: a cell of megabytes costs seconds
        if len(fields[name]) > most:
            return Finding(line, Reason.TOO_LONG, name)
    if len(re.findall(r"[^\s,;][,;\n]", fields["addresses"])) >= MOST_PARTS:
        return Finding(line, Reason.TOO_MANY, str(MOST_ADDRESSES))
    entry = Entry(**{**fields, "owner": ""})
    is_named = bool(clean_name(entry.name))
    if not is_named:
        entry = replace(entry, name=fields["addresses"].split("\n")[0].partition("@")[0])
    reading = read(entry, frozenset())
    for one in reading.findings:
        match one.problem:
            case Problem.NOT_AN_ADDRESS:
                return Finding(line, Reason.NOT_AN_ADDRESS, one.about[:80])
            case Problem.TOO_MANY:
                return Finding(line, Reason.TOO_MANY, str(MOST_ADDRESSES))
            case _:
                return Finding(line, Reason.NO_ADDRESS)
    kept = reading.entry
    for name, most in (("name", LINE), ("company", LINE), ("title", LINE), ("phone", PHONE)):
        if len(" ".join(fields[name].split())) > most:  # as it stands in the file: what is kept is cut
            return Finding(line, Reason.TOO_LONG, name)
    if len(kept.notes) > NOTES:
        return Finding(line, Reason.TOO_LONG, "notes")
    values = {name: getattr(kept, name) for name in ("name", "company", "title", "phone", "notes")}
    owner = fields["owner"].strip().casefold()
    kept_fields = {**values, "addresses": "\n".join(reading.addresses), "owner": owner}
    return Row(line, kept_fields, is_named, passed)
