"""What the views of contacts draw: a form on its way, and why it was not taken."""

from dataclasses import dataclass

from bot.contacts.rules import Entry, Finding
from store.contacts import Contact


@dataclass(frozen=True, slots=True)
class Draft:
    """A form to be shown. `id` is what the contact will have; `first`: this member has added nobody yet.

    `on_top`: it lies on another window, which becomes the record when the form is done.
    """

    id: str
    entry: Entry
    workspace: str
    first: bool
    on_top: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was added. `holder` is the contact that has one of the addresses already."""

    draft: Draft
    findings: tuple[Finding, ...] = ()
    holder: Contact | None = None
