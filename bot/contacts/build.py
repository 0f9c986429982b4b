"""Puts the parts of contacts together for app.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from bot.blocks import Block
from bot.contacts import ending_listeners, listeners, transfer_listeners
from bot.contacts.doorkeeping import Doorkeeping
from bot.contacts.editing import Editing
from bot.contacts.endings import Endings
from bot.contacts.exporting import Exporting
from bot.contacts.import_jobs import create_handlers
from bot.contacts.importing import Importing
from bot.contacts.page import ContactsPage
from bot.contacts.page_views import contacts_page
from bot.contacts.pairs import Follow
from bot.contacts.service import ContactsService
from bot.contacts.transfer_routes import create_routes
from bot.engine import Engine, Handler
from bot.settings import Settings
from bot.visits import Visits
from bot.words import Reader
from store.database import Database
from store.members import Member
from store.sealing import Keyring

LISTENERS = (listeners, ending_listeners, transfer_listeners)


@dataclass(frozen=True, slots=True)
class Contacts:
    """What app.py registers."""

    service: ContactsService
    editing: Editing
    endings: Endings
    pages: ContactsPage
    doorkeeping: Doorkeeping
    handlers: dict[str, Handler]
    routes: Blueprint

    @property
    def services(self) -> dict[str, Any]:
        return {
            "contacts": self.service,
            "editing": self.editing,
            "endings": self.endings,
            "contacts_pages": self.pages,
            "doorkeeping": self.doorkeeping,
        }

    def page(self, member: Member, reader: Reader, place: str, version: int) -> list[Block]:
        """Draw the page Contacts of Home."""
        return contacts_page(self.pages.read(member, place), version, reader)


def build_contacts(
    settings: Settings,
    database: Database,
    keyring: Keyring,
    engine: Engine,
    visits: Visits,
    known_name: Callable[[Member, str], str],
    follow: Follow,
) -> Contacts:
    """Build contacts. `known_name` says how mail read just now names an address; `follow` as in pairs.py."""
    endings = Endings(database, follow)
    doorkeeping = Doorkeeping(database, keyring, settings.url)
    importing = Importing(database, keyring, engine.nudge_after_commit)
    return Contacts(
        ContactsService(database, known_name),
        Editing(database, follow),
        endings,
        ContactsPage(database, endings),
        doorkeeping,
        create_handlers(database, importing, visits.redraw_home),
        create_routes(doorkeeping, importing, Exporting(database), settings.url),
    )
