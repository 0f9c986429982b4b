"""Whose calendars there are, and what guests were mailed."""

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sandbox.calendars.calendar import Calendar, Role
from sandbox.mail.people import Person

ZONE = "Europe/Amsterdam"  # where the people of the demo live


@dataclass(frozen=True, slots=True)
class GuestMail:
    """An invitation, update or cancellation that a calendar sent."""

    holder: str
    guest: str
    what: str  # "invited", "updated" or "cancelled"


class Calendars:
    """Everybody's calendars: a primary one, one more of their own, and one to look at. Thread-safe."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._held: dict[str, list[Calendar]] = {}
        self._mailed: list[GuestMail] = []

    def of(self, person: Person) -> tuple[Calendar, ...]:
        """List a person's calendars, the primary one first."""
        with self._lock:
            if person.subject not in self._held:
                self._held[person.subject] = [
                    self._made(person, "Calendar", "owner", is_primary=True),
                    self._made(person, "Projects", "owner"),
                    self._made(person, "Holidays", "reader"),
                ]
            return tuple(self._held[person.subject])

    def add(self, person: Person, name: str, role: Role = "owner", holder: str = "") -> Calendar:
        """Give a person one more; `holder` is somebody else where it is shared with them."""
        self.of(person)
        made = self._made(person, name, role, holder=holder)
        with self._lock:
            self._held[person.subject].append(made)
        return made

    def remove(self, person: Person, calendar: Calendar) -> None:
        """Delete a whole calendar with everything in it."""
        self.of(person)
        with self._lock:
            self._held[person.subject].remove(calendar)

    def _made(
        self, person: Person, name: str, role: Role, *, is_primary: bool = False, holder: str = ""
    ) -> Calendar:
        digest = hashlib.sha256(f"{person.subject} {name}".encode()).hexdigest()[:24]
        owner = holder or (person.address if role == "owner" else "holidays@calendars.example")
        return Calendar(digest, name, owner, role, ZONE, self._now, is_primary)

    def mail_guests(self, holder: str, guests: Iterable[str], what: str) -> None:
        """Note down that guests were mailed."""
        with self._lock:
            self._mailed += [GuestMail(holder, guest, what) for guest in guests]

    @property
    def guest_mails(self) -> tuple[GuestMail, ...]:
        """List what guests were ever mailed. Mailroom never has any."""
        with self._lock:
            return tuple(self._mailed)
