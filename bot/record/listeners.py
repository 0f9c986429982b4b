"""Slack in: the record's window and what is pressed in it. Ends with the tables app.py registers."""

from dataclasses import replace

from slack_bolt import Ack

from bot import doors
from bot.blocks import View
from bot.contacts import views as contact_views
from bot.inbox import find_views
from bot.inbox.service import InboxService
from bot.inbox.thread_views import thread_ref, thread_window
from bot.payloads import MineRef, PersonRef, RecordPlace, UnknownPayload, decode
from bot.record import views
from bot.record.opening import ShowRecord
from bot.record.records import begin, thread_behind
from bot.record.service import RecordService
from bot.turns import Turns
from bot.visits import Body, Listener, Visits


def open_record(ack: Ack, body: Body, *, visits: Visits, show_person: ShowRecord) -> None:
    """Record, or somebody chosen in Home's menu: a window at once, filled when the mail is read.

    The form that found its address taken gives its place up; other windows stay below.
    """
    visit = visits.of(body)
    person = visit.payload(PersonRef)
    retry = views.try_again(begin(person), visit.reader)
    window = visit.window
    is_form = window is not None and window.get("callback_id") in contact_views.FORMS
    opened = visit.replace_window if is_form else visit.open_window
    place = opened(views.opening_window(visit.reader), retry)
    ack()
    visit.later(place, lambda: show_person(visit, place, person))


def turn(ack: Ack, body: Body, *, visits: Visits, show_person: ShowRecord, turns: Turns) -> None:
    """Tabs, Older, Newer, Try again: the same window, standing differently."""
    visit = visits.of(body)
    at = visit.payload(RecordPlace)
    fresh = body["actions"][0]["action_id"] == views.AGAIN
    ack()
    place = visit.as_pressed(views.try_again(at, visit.reader))
    visit.later(place, lambda: turns.draw(place, visit.pressed_at, show_person.view(visit, at, fresh=fresh)))


def search(ack: Ack, body: Body, *, visits: Visits, show_person: ShowRecord) -> None:
    """Search: the same record, with only the conversations that hold the words."""
    visit = visits.of(body)
    words = views.typed_words(body["view"]["state"]["values"])
    at = replace(visit.payload(RecordPlace), words=words, start=0)
    again = views.try_again(at, visit.reader)
    ack(response_action="update", view=views.searching_window(visit.reader, again))
    place = visit.this_window(again)
    visit.after_answer(place, lambda: show_person.draw(visit, place, at, fresh=True))


def that_is_mine(
    ack: Ack,
    body: Body,
    *,
    visits: Visits,
    records: RecordService,
    show_person: ShowRecord,
    turns: Turns,
) -> None:
    """Take an address as the viewer's own and list again."""
    visit = visits.of(body)
    mine, at = visit.payload(MineRef), _standing(body)
    records.take_as_mine(visit.member, mine)
    ack()
    place = visit.as_pressed(views.try_again(at, visit.reader))
    visit.later(place, lambda: turns.draw(place, visit.pressed_at, show_person.view(visit, at, claimed=mine)))


def not_mine(
    ack: Ack,
    body: Body,
    *,
    visits: Visits,
    records: RecordService,
    show_person: ShowRecord,
    turns: Turns,
) -> None:
    """Take that back, and list again."""
    visit = visits.of(body)
    at = _standing(body)
    records.give_back(visit.member, visit.payload(MineRef))
    ack()
    place = visit.as_pressed(views.try_again(at, visit.reader))
    visit.later(place, lambda: turns.draw(place, visit.pressed_at, show_person.view(visit, at)))


def _standing(body: Body) -> RecordPlace:
    """How the record stands that was pressed in."""
    return decode(RecordPlace, str(body["view"].get("private_metadata", "")))


def back(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService, turns: Turns) -> None:
    """Back: the thread that the record took the place of, as it stood."""
    visit = visits.of(body)
    at = thread_behind(visit.payload(RecordPlace))
    if at is None:
        raise UnknownPayload
    ref = thread_ref(at)
    ack()
    place = visit.as_pressed(doors.OPEN_THREAD.draw(visit.reader, ref, text=visit.reader.say("Try again")))

    def read() -> View:
        return thread_window(inbox.open_thread(visit.member, ref), at, visit.reader)

    visit.later(place, lambda: turns.draw(place, visit.pressed_at, read()))


_TURNS = (
    views.TAB_INBOX,
    views.TAB_APPOINTMENTS,
    views.TAB_DETAILS,
    views.OLDER,
    views.NEWER,
    views.ALL,
    views.AGAIN,
)

ACTIONS: dict[str, Listener] = {
    doors.OPEN_RECORD.action_id: open_record,
    find_views.WHOM: open_record,
    views.BACK: back,
    views.THAT_IS_MINE: that_is_mine,
    views.NOT_MINE: not_mine,
    **dict.fromkeys(_TURNS, turn),
}
VIEWS: dict[str, Listener] = {views.RECORD: search}
