"""Puts the parts of contacts together for app.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.contacts.editing import Editing
from bot.contacts.endings import Endings
from bot.contacts.service import ContactsService
from store.database import Database
from store.members import Member


@dataclass(frozen=True, slots=True)
class Contacts:
    """What app.py registers."""

    service: ContactsService
    editing: Editing
    endings: Endings

    @property
    def services(self) -> dict[str, Any]:
        return {"contacts": self.service, "editing": self.editing, "endings": self.endings}


def build_contacts(database: Database, known_name: Callable[[Member, str], str]) -> Contacts:
    """Build contacts. `known_name` says how mail read just now names an address."""
    return Contacts(ContactsService(database, known_name), Editing(database), Endings(database))
