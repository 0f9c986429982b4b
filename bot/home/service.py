"""Gathers what App Home shows, and numbers each drawing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.accounts.connecting import Connecting
from bot.accounts.service import AccountsService
from bot.appointments.build import Appointments
from bot.discovery.build import Discovery
from bot.home.homes import PAGES, TODAY, Home
from bot.inbox.letters import Standing
from store import contacts, members
from store.database import Database
from store.members import Member

KEPT = timedelta(hours=1)  # for so long Home opens on the page used last
ROWS = 5  # of each kind on the page of today
NEXT = 3  # appointments there


class Letters(Protocol):
    """How the member's messages stand."""

    def in_trouble(self, member: Member, limit: int = ROWS) -> tuple[Standing, ...]:
        """List what was not sent or is not certain."""

    def under_way(self, member: Member, limit: int = ROWS) -> tuple[Standing, ...]:
        """List what is on its way or went out within a day."""


class HomeService:
    """What happens on Home. Thread-safe."""

    def __init__(
        self,
        database: Database,
        accounts: AccountsService,
        connecting: Connecting,
        letters: Letters,
        dates: Appointments,
        found: Discovery,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._accounts, self._connecting = database, accounts, connecting
        self._letters, self._dates, self._found, self._clock = letters, dates, found, clock

    def begin(self, member: Member, page: str = "", place: str = "") -> Home | None:
        """Begin a drawing: take the next number, then read. None: the member is gone.

        In that order, a drawing with a higher number has read later. `page` is "" for the one used last.
        """
        with self._database.write() as tx:
            now = members.get(tx, member.workspace_id, member.id)
            if now is None:
                return None
            if page not in PAGES:
                page, place = self._last_page(now)
            used = f"{page} {place}".strip()
            version = members.show_home(tx, member.workspace_id, member.id, used)
        with self._database.read() as tx:
            recent = contacts.recent(tx, member.workspace_id, member.id, ROWS)
            people = contacts.count(tx, member.workspace_id)
        return Home(
            version=version,
            published=now.home_hash,
            page=page,
            place=place,
            settings=self._accounts.settings(member),
            attempt=self._connecting.under_way(member),
            needs_you=self._letters.in_trouble(member, ROWS),
            under_way=self._letters.under_way(member, ROWS),
            recent=tuple(contact for contact in recent if contact.addresses),
            people=people,
            coming=self._dates.service.coming(member, NEXT),
            questions=self._dates.asking.open_ones(member, ROWS),
            night=self._found.nights.settings(member),
            waiting=self._found.people.waiting(member),
            blocked=self._found.people.blocked(member),
            scans=self._found.scans.state(member),
        )

    def _last_page(self, member: Member) -> tuple[str, str]:
        used = member.home_page_at
        page, _, place = member.home_page.partition(" ")
        is_fresh = used is not None and used + KEPT > self._clock()
        return (page, place) if is_fresh and page in PAGES else (TODAY, "")

    def is_newest(self, member: Member, version: int) -> bool:
        """Say whether no newer drawing has begun."""
        with self._database.read() as tx:
            now = members.get(tx, member.workspace_id, member.id)
        return now is not None and now.home_version == version

    def shown(self, member: Member, version: int, published: str) -> bool:
        """Note that a drawing is published. False: a newer one has begun in the meantime."""
        with self._database.write() as tx:
            return members.home_shown(tx, member.workspace_id, member.id, version, published)
