"""What the views of contacts draw: a form on its way, and why it was not taken."""

from dataclasses import dataclass
from datetime import datetime

from bot.contacts.rules import Entry, Finding
from store.contacts import Contact


@dataclass(frozen=True, slots=True)
class Draft:
    """A form to be shown. `id` is what the contact has or will have; `first`: this member added nobody yet.

    `version` is that of the contact being edited, 0 for somebody new. `record` is the record's payload.
    `on_top`: it lies on another window, which becomes the record when the form is done. `again`: it is drawn
    with other presets than before.
    """

    id: str
    entry: Entry
    workspace: str
    first: bool = False
    on_top: bool = False
    version: int = 0
    record: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """A field that somebody else changed meanwhile, and what stands there now."""

    field: str
    by: str
    at: datetime
    now: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was saved. `holder` is the contact that has one of the addresses already."""

    draft: Draft
    findings: tuple[Finding, ...] = ()
    holder: Contact | None = None
    crossed: tuple[Crossing, ...] = ()
