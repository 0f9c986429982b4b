"""Slack in: the window Person and what is decided in it. Ends with the tables app.py registers."""

from typing import Any

from slack_bolt import Ack

from bot import doors
from bot.blocks import View
from bot.discovery import review_words
from bot.discovery import typed as fields
from bot.discovery.blocking import BlockService
from bot.discovery.looking import PeopleService
from bot.discovery.people import Act, Where, Wish
from bot.discovery.reviewing import ReviewService
from bot.discovery_payloads import CandidateRef
from bot.inbox.service import InboxService
from bot.places import WindowPlace
from bot.record import person_views as views
from bot.record.found import FoundService
from bot.visits import Body, Listener, Visit, Visits
from store.database import Database


class OpenPerson:
    """Opens the window Person and fills it, behind. Thread-safe."""

    def __init__(self, found: FoundService) -> None:
        self._found = found

    def __call__(self, visit: Visit, candidate_id: str) -> None:
        """Open the window from wherever somebody pressed."""
        retry = doors.OPEN_PERSON.draw(
            visit.reader, CandidateRef(candidate_id), text=visit.reader.say("Try again")
        )
        self.fill(visit, visit.open_window(views.opening_window(visit.reader), retry), candidate_id)

    def fill(self, visit: Visit, place: WindowPlace, candidate_id: str, told: str = "") -> None:
        """Read somebody and draw them, behind."""

        def show() -> None:
            found = self._found.read(visit.member, candidate_id)
            place.show(views.person_window(found, visit.member, visit.reader, told))

        visit.later(place, show)


def open_person_window(ack: Ack, body: Body, *, visits: Visits, open_person: OpenPerson) -> None:
    """See conversations, Edit before adding: the window at once, filled when the mail is read."""
    visit = visits.of(body)
    candidate = visit.payload(CandidateRef).candidate
    open_person(visit, candidate)
    ack()


def add(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService, found: FoundService) -> None:
    """Add, with what was typed. What is wrong is said beside the field, with everything typed still there."""
    visit = visits.of(body)
    candidate = visit.payload(CandidateRef).candidate
    reading = fields.read(*views.typed(body["view"]["state"]["values"]), found.own(visit.member))
    if reading.problems:
        ack(response_action="errors", errors=views.beside_fields(reading.problems, visit.reader))
        return
    wish = Wish(Act.ADD, Where.PERSON, (candidate,), typed=reading.typed)
    said = review_words.said_of(reviews.carry_out(visit.member, wish), visit.reader)
    ack(response_action="update", view=_as_it_stands(visit, found, candidate, said))
    visits.redraw_home(visit.member)


def dismiss(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService, found: FoundService) -> None:
    """Dismiss, in the window."""
    visit = visits.of(body)
    candidate = visit.payload(CandidateRef).candidate
    outcome = reviews.carry_out(visit.member, Wish(Act.DISMISS, Where.PERSON, (candidate,)))
    said = review_words.said_of(outcome, visit.reader)
    visit.replace_window(_as_it_stands(visit, found, candidate, said))
    ack()
    visits.redraw_home(visit.member)


def block(ack: Ack, body: Body, *, visits: Visits, blocking: BlockService, found: FoundService) -> None:
    """Block address or Block domain, in the window."""
    visit = visits.of(body)
    candidate = visit.payload(CandidateRef).candidate
    domain = body["actions"][0]["action_id"] == views.BLOCK_DOMAIN
    said = review_words.blocked(blocking.block(visit.member, candidate, domain=domain), visit.reader)
    visit.replace_window(_as_it_stands(visit, found, candidate, said))
    ack()
    visits.redraw_home(visit.member)


def wait_again(
    ack: Ack,
    body: Body,
    *,
    visits: Visits,
    reviews: ReviewService,
    blocking: BlockService,
    found: FoundService,
    open_person: OpenPerson,
) -> None:
    """Undo or Bring back, in the window, which then shows everything to decide again."""
    visit = visits.of(body)
    candidate = visit.payload(CandidateRef).candidate
    person = found.standing(visit.member, candidate).person
    if review_words.is_blocked(person):
        undone = blocking.unblock(visit.member, person.batch_id or "")
    else:
        undone = reviews.bring_back(visit.member, candidate)
    said = review_words.undone(undone, visit.reader)
    place = visit.replace_window(
        views.opening_window(visit.reader),
        doors.OPEN_PERSON.draw(visit.reader, CandidateRef(candidate), text=visit.reader.say("Try again")),
    )
    ack()
    open_person.fill(visit, place, candidate, said)
    visits.redraw_home(visit.member)


def _as_it_stands(visit: Visit, found: FoundService, candidate: str, said: str) -> View:
    return views.person_window(found.standing(visit.member, candidate), visit.member, visit.reader, said)


def build(
    database: Database, inbox: InboxService, people: PeopleService, reviews: ReviewService
) -> dict[str, Any]:
    """Build what the listeners here, and the menus of People found, need."""
    found = FoundService(database, inbox, people, reviews)
    return {"found": found, "open_person": OpenPerson(found)}


ACTIONS: dict[str, Listener] = {
    doors.OPEN_PERSON.action_id: open_person_window,
    views.DISMISS: dismiss,
    views.BLOCK_ADDRESS: block,
    views.BLOCK_DOMAIN: block,
    views.WAIT_AGAIN: wait_again,
}
VIEWS: dict[str, Listener] = {views.PERSON: add}
