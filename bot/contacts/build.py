"""Puts the parts of contacts together for app.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.blocks import Block
from bot.contacts import ending_listeners, listeners
from bot.contacts.editing import Editing
from bot.contacts.endings import Endings
from bot.contacts.page import ContactsPage
from bot.contacts.page_views import contacts_page
from bot.contacts.service import ContactsService
from bot.words import Reader
from store.database import Database
from store.members import Member

LISTENERS = (listeners, ending_listeners)


@dataclass(frozen=True, slots=True)
class Contacts:
    """What app.py registers."""

    service: ContactsService
    editing: Editing
    endings: Endings
    pages: ContactsPage

    @property
    def services(self) -> dict[str, Any]:
        return {
            "contacts": self.service,
            "editing": self.editing,
            "endings": self.endings,
            "contacts_pages": self.pages,
        }

    def page(self, member: Member, reader: Reader, place: str, version: int) -> list[Block]:
        """Draw the page Contacts of Home."""
        return contacts_page(self.pages.read(member, place), version, reader)


def build_contacts(database: Database, known_name: Callable[[Member, str], str]) -> Contacts:
    """Build contacts. `known_name` says how mail read just now names an address."""
    endings = Endings(database)
    return Contacts(
        ContactsService(database, known_name), Editing(database), endings, ContactsPage(database, endings)
    )
