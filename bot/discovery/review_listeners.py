"""Slack in: what is decided on Home's page "People found". Ends with the tables app.py registers.

Each press is one transaction before the answer; a press on somebody decided already changes nothing, and
Home says who was decided when.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack

from bot import doors
from bot.discovery import decided_rows, people_rows, people_views, review_views, review_words
from bot.discovery.blocking import ROWS as BLOCKS
from bot.discovery.blocking import BlockService
from bot.discovery.people import Act, Undone, Where, Wish
from bot.discovery.reviewing import ReviewService
from bot.discovery.strength import Group
from bot.discovery.telling import tell_first
from bot.discovery_payloads import BatchRef, BlockRef, CandidateAct, CandidateRef, GroupRef, WishRef
from bot.payloads import UnknownPayload
from bot.places import Notice
from bot.visits import Body, Listener, Visit, Visits

# Opens the window Person, which needs the inbox; app.py hands it in, so that features stay independent.
OpenPerson = Callable[[Visit, str], None]
_ADDS = {people_rows.ADD, people_rows.ADD_SELECTED}


def decide(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService) -> None:
    """Add or Dismiss, of one person."""
    visit = visits.of(body)
    ids = (visit.payload(CandidateRef).candidate,)
    _carry_out(ack, visit, visits, reviews, Wish(_act_of(body), Where.HOME, ids))


def decide_selected(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService) -> None:
    """Add or Dismiss, of everybody ticked on the page that is shown."""
    visit = visits.of(body)
    ids = tuple(ticked(body["view"]["state"]["values"], people_rows.SELECT))
    if ids:
        _carry_out(ack, visit, visits, reviews, Wish(_act_of(body), Where.HOME, ids))
        return
    ack()
    said = "Nobody is selected on this page. Tick the boxes beside the names, then press again."
    _tell(visit, visits, visit.reader.say(said))


def tick(ack: Ack) -> None:
    """A box was ticked: it is read when something is pressed."""
    ack()


def decide_group(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService) -> None:
    """Add all or Dismiss all, of a group as it was shown."""
    visit = visits.of(body)
    ref = visit.payload(GroupRef)
    _carry_out(ack, visit, visits, reviews, _wish(ref.act, Where.HOME, "", ref.group, ref.until))


def told(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService) -> None:
    """Add, below who sees contacts: carry out what was wished."""
    visit = visits.of(body)
    ref = visit.payload(WishRef)
    wish = _wish(ref.act, ref.where, ref.ids, ref.group, ref.until)
    outcome = reviews.carry_out(visit.member, wish)
    ack()
    _tell(visit, visits, review_words.said_of(outcome, visit.reader))


def undo(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService) -> None:
    """Take back everything that one press decided."""
    visit = visits.of(body)
    undone = reviews.undo(visit.member, visit.payload(BatchRef).batch)
    ack()
    _tell_undone(visit, visits, undone)


def bring_back(ack: Ack, body: Body, *, visits: Visits, reviews: ReviewService) -> None:
    """Let somebody wait again who was added or dismissed."""
    visit = visits.of(body)
    undone = reviews.bring_back(visit.member, visit.payload(CandidateRef).candidate)
    ack()
    _tell_undone(visit, visits, undone)


def choose(ack: Ack, body: Body, *, visits: Visits, blocking: BlockService, open_person: OpenPerson) -> None:
    """A person's menu: see conversations or edit in a window, block the address or the domain."""
    visit = visits.of(body)
    ref = visit.payload(CandidateAct)
    if ref.act in (people_rows.TALKS, people_rows.EDIT):
        open_person(visit, ref.candidate)
        ack()
        return
    _block(ack, visit, visits, blocking, ref.candidate, domain=ref.act == people_rows.BLOCK_DOMAIN)


def block(ack: Ack, body: Body, *, visits: Visits, blocking: BlockService) -> None:
    """Block the address of somebody who was dismissed."""
    visit = visits.of(body)
    _block(ack, visit, visits, blocking, visit.payload(CandidateRef).candidate, domain=False)


def unblock(ack: Ack, body: Body, *, visits: Visits, blocking: BlockService) -> None:
    """Undo of a block, on Home."""
    visit = visits.of(body)
    undone = blocking.unblock(visit.member, visit.payload(BlockRef).hash)
    ack()
    _tell_undone(visit, visits, undone)


def show_blocked(ack: Ack, body: Body, *, visits: Visits, blocking: BlockService) -> None:
    """The list of what is blocked, and its pages."""
    visit = visits.of(body)
    page = blocking.page(visit.member, visit.payload(BlockRef).start)
    shown = review_views.blocked_window(page, BLOCKS, visit.reader)
    if visit.window and visit.window.get("callback_id") == review_views.BLOCKED:
        visit.replace_window(shown)
    else:
        visit.open_window(shown)
    ack()


def lift(ack: Ack, body: Body, *, visits: Visits, blocking: BlockService) -> None:
    """Unblock, in the list."""
    visit = visits.of(body)
    ref = visit.payload(BlockRef)
    undone = blocking.unblock(visit.member, ref.hash)
    page = blocking.page(visit.member, ref.start)
    said = visit.reader.say("Unblocked.")
    if undone.back or undone.stay:
        said = f"{said} {review_words.undone(undone, visit.reader)}"
    visit.replace_window(review_views.blocked_window(page, BLOCKS, visit.reader, said))
    ack()
    visits.redraw_home(visit.member)


# --- what they share --------------------------------------------------------------------------------------


def ticked(values: Mapping[str, Any], action_id: str) -> Iterator[str]:
    """Read which boxes are ticked in a view's state."""
    for block in values.values():
        for chosen in (block.get(action_id) or {}).get("selected_options") or ():
            yield str(chosen["value"])


def _act_of(body: Body) -> Act:
    return Act.ADD if body["actions"][0]["action_id"] in _ADDS else Act.DISMISS


def _wish(act: str, where: str, ids: str, group: str, until: int) -> Wish:
    """Read a wish back from a button. Raises UnknownPayload."""
    try:
        return Wish(
            Act(act),
            Where(where),
            tuple(one for one in ids.split(",") if one),
            Group(group) if group else None,
            datetime.fromtimestamp(until / 1000, UTC),
        )
    except (ValueError, OverflowError, OSError):
        raise UnknownPayload from None


def _carry_out(ack: Ack, visit: Visit, visits: Visits, reviews: ReviewService, wish: Wish) -> None:
    if tell_first(visit, reviews, wish):
        ack()
        return
    outcome = reviews.carry_out(visit.member, wish)
    ack()
    _tell(visit, visits, review_words.said_of(outcome, visit.reader))


def _block(
    ack: Ack, visit: Visit, visits: Visits, blocking: BlockService, candidate_id: str, *, domain: bool
) -> None:
    done = blocking.block(visit.member, candidate_id, domain=domain)
    ack()
    _tell(visit, visits, review_words.blocked(done, visit.reader))


def _tell_undone(visit: Visit, visits: Visits, undone: Undone) -> None:
    _tell(visit, visits, review_words.undone(undone, visit.reader))


def _tell(visit: Visit, visits: Visits, said: str) -> None:
    """Draw Home anew, with a sentence on top when there is one."""
    place = visits.home(visit.member, visit.body)
    if said:
        visit.later(place, lambda: place.tell(Notice(said)))
    else:
        visits.redraw_home(visit.member)


ACTIONS: dict[str, Listener] = {
    people_rows.ADD: decide,
    people_rows.DISMISS: decide,
    people_rows.SELECT: tick,
    people_rows.ADD_SELECTED: decide_selected,
    people_rows.DISMISS_SELECTED: decide_selected,
    people_rows.ADD_GROUP: decide_group,
    people_rows.DISMISS_GROUP: decide_group,
    people_rows.GROUP_MENU: decide_group,
    people_rows.MORE: choose,
    people_views.UNDO: undo,
    people_views.UNBLOCK: unblock,
    decided_rows.BRING_BACK: bring_back,
    decided_rows.BLOCK: block,
    doors.BLOCKED.action_id: show_blocked,
    review_views.NEWER: show_blocked,
    review_views.OLDER: show_blocked,
    review_views.LIFT: lift,
}
VIEWS: dict[str, Listener] = {review_views.SHARING: told}
