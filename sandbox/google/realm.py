"""What all of Google shares: apps, grants, people, and who an administrator has shut out."""

import threading
from collections.abc import Callable
from datetime import datetime

from sandbox.google.accounts import Client, Grants
from sandbox.google.identity import IdTokens
from sandbox.mail.people import Person
from sandbox.world import World


class Realm:
    """The state behind sign-in and Gmail. `boxes_ticked` dials how the consent page starts."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self.now = now
        self.clients: dict[str, Client] = {}
        self.grants = Grants(now)
        self.id_tokens = IdTokens()
        self.boxes_ticked = True
        self._lock = threading.Lock()
        self._blocked: set[str] = set()

    def people(self) -> tuple[Person, ...]:
        """List those who have a Google account."""
        return tuple(person for person in self.world.people if person.provider == "google")

    def person(self, address: str) -> Person | None:
        """Find the Google account with this address."""
        person = self.world.person(address)
        return person if person and person.provider == "google" else None

    def block(self, domain: str, blocked: bool = True) -> None:
        """Let the administrator of an organisation shut out (or let in) all apps."""
        with self._lock:
            if blocked:
                self._blocked.add(domain.lower())
            else:
                self._blocked.discard(domain.lower())

    def blocked(self, person: Person) -> bool:
        return bool(person.hosted_domain) and person.hosted_domain in self._blocked
