"""Slack in: the window Choose several. Ends with the tables app.py registers."""

from collections.abc import Collection

from slack_bolt import Ack

from bot import doors
from bot.blocks import View
from bot.discovery import review_words
from bot.discovery import several_views as views
from bot.discovery.digest_drawing import DigestPresses
from bot.discovery.looking import PeopleService
from bot.discovery.people import Act, Outcome, Where, Wish
from bot.discovery.review_listeners import ticked
from bot.discovery.reviewing import ReviewService
from bot.discovery_payloads import BatchRef, SeveralRef
from bot.payloads import decode
from bot.visits import Body, Listener, Visit, Visits

_DRAWINGS = 1000  # after so many the numbers begin anew: Slack only has to see that it is another one


def choose_several(
    ack: Ack,
    body: Body,
    *,
    visits: Visits,
    reviews: ReviewService,
    people_found: PeopleService,
    digest_presses: DigestPresses,
) -> None:
    """Open the window over the people of a digest."""
    visit = visits.of(body)
    ref = visit.payload(SeveralRef)
    digest_presses.take(visit.member, ref.digest, body)
    several = _several(visit, ref, reviews, people_found)
    visit.open_window(views.several_window(several, (), visit.reader))
    ack()


def tick_all(
    ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService, people_found: PeopleService
) -> None:
    """All, None: the boxes anew."""
    visit = visits.of(body)
    several = _several(visit, visit.payload(SeveralRef), reviews, people_found, further=1)
    everybody = body["actions"][0]["action_id"] == views.ALL
    chosen = [person.id for person in several.waiting] if everybody else []
    visit.replace_window(views.several_window(several, chosen, visit.reader))
    ack()


def add_chosen(
    ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService, people_found: PeopleService
) -> None:
    """Add chosen: done, said in the same window with one Undo."""
    visit = visits.of(body)
    ref, ids = visit.payload(SeveralRef), _chosen(body)
    if not ids:
        said = visit.reader.say("Tick at least one person.")
        first = next(block for block in body["view"]["blocks"] if block["type"] == "input")
        ack(response_action="errors", errors={first["block_id"]: said})
        return
    outcome = reviews.carry_out(visit.member, Wish(Act.ADD, Where.SEVERAL, ids))
    several = _several(visit, ref, reviews, people_found, further=1)
    ack(response_action="update", view=_after(visit, several, outcome))
    visits.redraw_home(visit.member)


def dismiss_chosen(
    ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService, people_found: PeopleService
) -> None:
    """Dismiss chosen: the same."""
    visit = visits.of(body)
    ref, ids = visit.payload(SeveralRef), _chosen(body)
    if not ids:
        several = _several(visit, ref, reviews, people_found)
        said = visit.reader.say("Nobody is ticked. Tick at least one person, then press again.")
        visit.replace_window(views.several_window(several, (), visit.reader, said))
        ack()
        return
    outcome = reviews.carry_out(visit.member, Wish(Act.DISMISS, Where.SEVERAL, ids))
    several = _several(visit, ref, reviews, people_found, further=1)
    visit.replace_window(_after(visit, several, outcome))
    ack()
    visits.redraw_home(visit.member)


def undo(
    ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService, people_found: PeopleService
) -> None:
    """Take back what was just decided in the window; those people have their boxes again."""
    visit = visits.of(body)
    undone = reviews.undo(visit.member, visit.payload(BatchRef).batch)
    ref = decode(SeveralRef, str(body["view"].get("private_metadata", "")))
    several = _several(visit, ref, reviews, people_found, further=1)
    back: Collection[str] = [person.id for person in undone.back]
    said = review_words.undone(undone, visit.reader)
    visit.replace_window(views.several_window(several, back, visit.reader, said))
    ack()
    visits.redraw_home(visit.member)


def _chosen(body: Body) -> tuple[str, ...]:
    return tuple(ticked(body["view"]["state"]["values"], views.CHOSEN))


def _several(
    visit: Visit, ref: SeveralRef, reviews: ReviewService, people: PeopleService, further: int = 0
) -> views.Several:
    """Read the people of the digest as they stand, for the same drawing or a further one."""
    named = people.of_digest(visit.member, ref.digest)
    drawn = (ref.drawn + further) % _DRAWINGS
    return views.Several(ref.digest, named, reviews.to_be_told(visit.member), drawn)


def _after(visit: Visit, several: views.Several, outcome: Outcome) -> View:
    said = views.result(outcome, visit.reader)
    return views.several_window(several, (), visit.reader, said, outcome.batch)


ACTIONS: dict[str, Listener] = {
    doors.CHOOSE_SEVERAL.action_id: choose_several,
    views.ALL: tick_all,
    views.NONE: tick_all,
    views.DISMISS: dismiss_chosen,
    views.UNDO: undo,
}
VIEWS: dict[str, Listener] = {views.SEVERAL: add_chosen}
