"""Somebody found in mail, with the member's conversations with them: what the window Person shows."""

from dataclasses import dataclass

from bot.discovery.looking import PeopleService
from bot.discovery.reviewing import ReviewService
from bot.errors import NotYours
from bot.inbox.service import InboxService, IsOwn, NothingConnected
from bot.inbox.threads import ThreadList
from bot.payloads import ListRef
from store import own_addresses
from store.candidates import PENDING, Candidate
from store.database import Database
from store.members import Member

ROWS = 5  # conversations


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody found. `conversations` is None once they are decided, and while no mailbox is connected.

    `untold` is the workspace whose members see contacts, "" for a member who has read that.
    """

    person: Candidate
    conversations: ThreadList | None = None
    untold: str = ""


class FoundService:
    """Reads what the window Person shows. Thread-safe."""

    def __init__(
        self, database: Database, inbox: InboxService, people: PeopleService, reviews: ReviewService
    ) -> None:
        self._database, self._inbox, self._people, self._reviews = database, inbox, people, reviews

    def read(self, member: Member, candidate_id: str) -> Found:
        """Read somebody, with conversations while they wait. Raises: NotYours."""
        found = self.standing(member, candidate_id)
        if found.person.state != PENDING:
            return found
        ref = ListRef(address=found.person.address)
        try:
            listed = self._inbox.list_threads(member, ref, ROWS, fresh=True)
        except (NothingConnected, IsOwn):
            listed = None
        return Found(found.person, listed, self._reviews.to_be_told(member))

    def standing(self, member: Member, candidate_id: str) -> Found:
        """Read somebody without asking a mailbox. Raises: NotYours."""
        person = self._people.person(member, candidate_id)
        if person is None:
            raise NotYours
        return Found(person)

    def own(self, member: Member) -> frozenset[str]:
        """The member's own addresses."""
        with self._database.read() as tx:
            mine = own_addresses.of_member(tx, member.workspace_id, member.id)
        return frozenset(one.address for one in mine)
