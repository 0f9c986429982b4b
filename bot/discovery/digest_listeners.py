"""Slack in: Add, Dismiss and Undo in a digest, however old. Ends with the tables app.py registers."""

from slack_bolt import Ack

from bot.discovery import digest_views as views
from bot.discovery import review_words
from bot.discovery.digest_drawing import DigestDrawing, DigestPresses
from bot.discovery.people import Act, Where, Wish
from bot.discovery.reviewing import ReviewService
from bot.discovery.telling import tell_first
from bot.discovery_payloads import DigestRef
from bot.places import Notice
from bot.visits import Body, Listener, Visit, Visits

_ACTS = {views.ADD: Act.ADD, views.DISMISS: Act.DISMISS}


def decide(
    ack: Ack,
    body: Body,
    *,
    visits: Visits,
    reviews: ReviewService,
    digest_presses: DigestPresses,
    digest_drawing: DigestDrawing,
) -> None:
    """Add or Dismiss: done once, and the digest drawn anew from the rows, whatever was pressed before."""
    visit = visits.of(body)
    ref = _taken(visit, digest_presses)
    wish = Wish(_ACTS[str(body["actions"][0]["action_id"])], Where.DIGEST, (ref.candidate,))
    if tell_first(visit, reviews, wish):
        ack()
        return
    digest_presses.decide(visit.member, ref, wish)
    ack()
    visit.later(visit.place, lambda: digest_drawing.show(visit.member, ref.digest, visit.place))
    visits.redraw_home(visit.member)


def undo(
    ack: Ack, body: Body, *, visits: Visits, digest_presses: DigestPresses, digest_drawing: DigestDrawing
) -> None:
    """Let somebody wait again; why a contact stays is said below the digest."""
    visit = visits.of(body)
    ref = _taken(visit, digest_presses)
    undone = digest_presses.undo(visit.member, ref)
    ack()

    def show() -> None:
        digest_drawing.show(visit.member, ref.digest, visit.place)
        if undone.stay:
            visit.place.tell(Notice(review_words.undone(undone, visit.reader)))

    visit.later(visit.place, show)
    visits.redraw_home(visit.member)


def _taken(visit: Visit, presses: DigestPresses) -> DigestRef:
    ref = visit.payload(DigestRef)
    presses.take(visit.member, ref.digest, visit.body)
    return ref


ACTIONS: dict[str, Listener] = {views.ADD: decide, views.DISMISS: decide, views.UNDO: undo}
