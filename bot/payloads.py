"""What buttons and windows carry: typed, versioned, small.

A payload names, it never authorises: whoever presses must own what it names, which the service checks.
Subjects, names and mail never stand in one. Buttons in messages live for years: a class may gain fields with
defaults, nothing may be taken away (a test holds the wire form of every class).
"""

import json
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, TypeVar

VERSION = 1
DETAILS, APPOINTMENTS = "details", "appointments"  # tabs of the record


class UnknownPayload(Exception):
    """A button of a version that this program does not know, or one that was tampered with."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What every payload is."""


@dataclass(frozen=True, slots=True)
class Nothing(Payload):
    """A button that needs no more than its action id."""


@dataclass(frozen=True, slots=True)
class AccountRef(Payload):
    """One of the presser's connected accounts."""

    account: str


@dataclass(frozen=True, slots=True)
class AccountAct(Payload):
    """A menu entry of one of the presser's connected accounts."""

    account: str
    act: str


@dataclass(frozen=True, slots=True)
class ContactRef(Payload):
    """A contact of the workspace."""

    contact: str


@dataclass(frozen=True, slots=True)
class PersonRef(Payload):
    """Somebody to have conversations with: a contact (row id), or the address that was typed."""

    contact: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ListRef(Payload):
    """A stretch of somebody's conversations. `words` are the presser's own search words."""

    contact: str = ""
    address: str = ""
    words: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class ThreadRef(Payload):
    """A thread in one of the presser's accounts, and whose conversation it is."""

    account: str
    thread: str
    contact: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ThreadPlace(Payload):
    """An opened thread as it stands in its window: which messages are open, which page, in which order.

    `open` is written and read by bot/inbox/unfolding.py; "" is how a thread opens.
    """

    account: str
    thread: str
    contact: str = ""
    address: str = ""
    open: str = ""
    page: int = 0
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class FileRef(Payload):
    """One attachment of a message."""

    account: str
    message: str
    part: str


@dataclass(frozen=True, slots=True)
class WriteRef(Payload):
    """A window for writing: the nonce makes two submits of it one mail."""

    nonce: str
    account: str = ""
    thread: str = ""
    message: str = ""  # the message being answered
    contact: str = ""
    address: str = ""
    sender: str = ""  # the From that was shown, as a key of bot/inbox/letters.py
    to: str = ""  # the To that was shown, likewise
    answers_to: str = ""  # another address that the person asks answers to go to
    kept: str = ""  # an earlier attempt with this text, which this one replaces
    drafts: int = 0  # how often this window saved a draft: a double click saves one
    more: bool = False  # the answered message is shown at length


@dataclass(frozen=True, slots=True)
class OutgoingRef(Payload):
    """A message that the presser is sending, has sent or could not send."""

    outgoing: str


@dataclass(frozen=True, slots=True)
class MineRef(Payload):
    """An address that the presser says is their own, and the list to show again."""

    mine: str
    contact: str = ""
    address: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class SigninRef(Payload):
    """A sign-in that was begun in a Connect window."""

    signin: str


@dataclass(frozen=True, slots=True)
class AllowRef(Payload):
    """One of the presser's accounts, and what it is to allow: a providers.oauth.Capability value."""

    account: str
    capability: str


@dataclass(frozen=True, slots=True)
class NewContactRef(Payload):
    """A window for adding a contact: the id it will have makes two submits of it one contact."""

    contact: str
    on_top: bool = False  # it lies on the window of whoever is added


@dataclass(frozen=True, slots=True)
class EditContactRef(Payload):
    """A window for editing a contact, as it stood at `version`. `record` is the record's own payload."""

    contact: str
    version: int = 1
    record: str = ""
    on_top: bool = False  # it lies on the record
    again: bool = False  # drawn anew with other presets: its blocks carry the version in their ids


@dataclass(frozen=True, slots=True)
class ContactAct(Payload):
    """A menu entry of a contact."""

    contact: str
    act: str


@dataclass(frozen=True, slots=True)
class MergeRef(Payload):
    """Two contacts to be made one, each as it was shown: `gone` goes into `kept`."""

    kept: str
    gone: str = ""
    kept_version: int = 0
    gone_version: int = 0
    record: str = ""
    on_top: bool = False


@dataclass(frozen=True, slots=True)
class RecordPlace(Payload):
    """A record as it stands in its window: whose, which tab, which search words, which page of the list.

    `back_…` name the thread window whose place the record took; `back_open` as in ThreadPlace.
    """

    contact: str = ""
    address: str = ""
    tab: str = ""  # "" is the connected inbox, DETAILS above
    words: str = ""
    start: int = 0
    back_account: str = ""
    back_thread: str = ""
    back_open: str = ""
    back_page: int = 0
    back_oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentRef(Payload):
    """An appointment of the workspace."""

    appointment: str
    on_record: bool = False  # its window lies on the contact's record


@dataclass(frozen=True, slots=True)
class AppointmentForm(Payload):
    """A window for an appointment, in its version. 0: it is made by saving, and two saves make one."""

    appointment: str
    version: int = 0
    on_record: bool = False  # it lies on the contact's record


@dataclass(frozen=True, slots=True)
class CalendarEventRef(Payload):
    """One of the presser's events in a calendar; `asked` names the question that an answer is for."""

    event: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class PageRef(Payload):
    """A page of App Home. `place` says where on it, in the page's own words."""

    page: str
    place: str = ""


P = TypeVar("P", bound=Payload)


def encode(payload: Payload) -> str:
    """Write a payload into a button's value or a window's metadata. Defaults are left out."""
    body: dict[str, object] = {"v": VERSION}
    for f in fields(payload):
        value = getattr(payload, f.name)
        if f.default is MISSING or value != f.default:
            body[f.name] = value
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def decode(kind: type[P], value: str) -> P:
    """Read a payload back. Raises UnknownPayload for anything that is not exactly one of `kind`."""
    try:
        body = json.loads(value)
        if body.pop("v") != VERSION:
            raise UnknownPayload
        known = {f.name: f.type for f in fields(kind)}
        wanted = {name: item for name, item in body.items() if name in known}
        for name, item in wanted.items():
            if type(item) is not _TYPES[str(getattr(known[name], "__name__", known[name]))]:
                raise UnknownPayload
        return kind(**wanted)
    except UnknownPayload:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnknownPayload from None


_TYPES: dict[str, type] = {"str": str, "int": int, "bool": bool}


def spread(payload: Payload) -> dict[str, Any]:
    """The fields of one payload, to make another of them."""
    return asdict(payload)
