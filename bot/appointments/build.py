"""Puts the parts of appointments together for app.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.appointments import calendar_lines, listeners, views
from bot.appointments.agreeing import Agreeing
from bot.appointments.asking import Asking
from bot.appointments.jobs import create_handlers
from bot.appointments.nights import Nights
from bot.appointments.queue import CalendarQueue
from bot.appointments.service import AppointmentsService
from bot.appointments.syncing import CalendarSync
from bot.blocks import Block
from bot.connections import Connections
from bot.engine import Engine, Handler
from bot.turns import Turns
from bot.visits import Visits
from bot.words import Reader
from store.database import Database, Transaction
from store.members import Member


@dataclass(frozen=True, slots=True)
class Appointments:
    """What app.py registers: services for listeners, work for the ledger, a page for Home."""

    service: AppointmentsService
    calendar_sync: CalendarSync
    asking: Asking
    handlers: Mapping[str, Handler]
    contact_changed: Callable[[Transaction, str, str], None]
    turns: Turns = field(default_factory=Turns)

    @property
    def services(self) -> dict[str, Any]:
        return {
            "appointments": self.service,
            "calendar_sync": self.calendar_sync,
            "asking": self.asking,
            "turns": self.turns,
            "make_appointment": partial(listeners.open_fresh, appointments=self.service),
        }

    def page(self, member: Member, reader: Reader, place: str) -> list[Block]:
        """Draw the page of Home, standing at `place`."""
        past, start = views.place_of(place)
        if past:
            return views.earlier_page(self.service.earlier(member, start), reader)
        line = calendar_lines.home_line(self.calendar_sync.state(member), reader)
        return views.home_page(self.service.page(member, start), line, reader)


def build_appointments(
    database: Database, connections: Connections, engine: Engine, visits: Visits
) -> Appointments:
    """Build appointments and Calendar Sync."""
    queue = CalendarQueue(engine.nudge_after_commit)
    service = AppointmentsService(database, engine.nudge_after_commit, queue)
    agreeing = Agreeing(database, connections, queue)
    calendar_sync = CalendarSync(database, connections, queue, agreeing)
    asking = Asking(database, connections, queue, agreeing)
    nights = Nights(database, connections, queue, agreeing)
    handlers = create_handlers(visits, service, calendar_sync, agreeing, asking, nights)
    return Appointments(service, calendar_sync, asking, handlers, queue.contact_changed)
