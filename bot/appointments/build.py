"""Puts the parts of appointments together for app.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.appointments import views
from bot.appointments.jobs import create_handlers
from bot.appointments.service import AppointmentsService
from bot.blocks import Block
from bot.engine import Engine, Handler
from bot.visits import Visits
from bot.words import Reader
from store.database import Database
from store.members import Member


@dataclass(frozen=True, slots=True)
class Appointments:
    """What app.py registers: services for listeners, work for the ledger, a page for Home."""

    service: AppointmentsService
    handlers: Mapping[str, Handler]

    @property
    def services(self) -> dict[str, Any]:
        return {"appointments": self.service}

    def page(self, member: Member, reader: Reader, place: str) -> list[Block]:
        """Draw the page of Home, standing at `place`."""
        past, start = views.place_of(place)
        if past:
            return views.earlier_page(self.service.earlier(member, start), reader)
        return views.home_page(self.service.page(member, start), reader)


def build_appointments(database: Database, engine: Engine, visits: Visits) -> Appointments:
    """Build appointments."""
    service = AppointmentsService(database, engine.nudge_after_commit)
    return Appointments(service, create_handlers(visits, service))
