"""Slack in: the thread window and everything that is pressed in it."""

from collections.abc import Callable

from slack_bolt import Ack

from bot import doors
from bot.blocks import View
from bot.errors import NotYours
from bot.inbox import message_views, thread_views
from bot.inbox.attachments import Attachments
from bot.inbox.neighbours import ShowPerson
from bot.inbox.service import InboxService
from bot.inbox.thread_views import place_of, thread_ref, thread_window
from bot.payloads import FileRef, PersonRef, ThreadPlace, ThreadRef, decode
from bot.places import WindowPlace, loading_window
from bot.turns import Turns
from bot.visits import Body, Listener, Visit, Visits


def open_thread(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Open: a window at once, filled when the thread is read."""
    visit = visits.of(body)
    reader, ref = visit.reader, visit.payload(ThreadRef)
    loading = loading_window(reader, reader.say("Conversation"), reader.say("Opening the conversation…"))
    retry = doors.OPEN_THREAD.draw(reader, ref, text=reader.say("Try again"))
    place = visit.open_window(loading, retry)
    ack()

    visit.later(place, lambda: place.show(_content(visit, inbox, place_of(ref))))


def _draw(visit: Visit, turns: Turns, place: WindowPlace, content: Callable[[], View]) -> None:
    """Read the conversation and draw it in its turn."""
    turns.draw(place, visit.pressed_at, content())


def _window(visit: Visit, at: ThreadPlace) -> WindowPlace:
    retry = doors.OPEN_THREAD.draw(visit.reader, thread_ref(at), text=visit.reader.say("Try again"))
    return visit.as_pressed(retry)


def turn(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService, turns: Turns) -> None:
    """Show, Hide, quoted text, pages, order: the same window, standing differently."""
    visit = visits.of(body)
    at = visit.payload(ThreadPlace)
    ack()
    place = _window(visit, at)
    visit.later(place, lambda: _draw(visit, turns, place, lambda: _content(visit, inbox, at)))


def _content(visit: Visit, inbox: InboxService, at: ThreadPlace, *, fresh: bool = False) -> View:
    return thread_window(inbox.open_thread(visit.member, thread_ref(at), fresh=fresh), at, visit.reader)


def choose(
    ack: Ack, body: Body, *, visits: Visits, inbox: InboxService, show_person: ShowPerson, turns: Turns
) -> None:
    """The window's menu: Refresh, Record; the link to the provider needs nobody here."""
    visit = visits.of(body)
    at = _standing(body)
    ack()
    place = _window(visit, at)
    if visit.value == thread_views.REFRESH:
        visit.later(place, lambda: _draw(visit, turns, place, lambda: _content(visit, inbox, at, fresh=True)))
    elif visit.value == thread_views.PERSON:
        person = PersonRef(at.contact, at.address)
        visit.later(place, lambda: show_person(visit, place, person, back=at))


def _standing(body: Body) -> ThreadPlace:
    """How the window stands that was pressed in."""
    return decode(ThreadPlace, str(body["view"].get("private_metadata", "")))


def get_file(
    ack: Ack, body: Body, *, visits: Visits, inbox: InboxService, attachments: Attachments, turns: Turns
) -> None:
    """Get file: make the page for it, and show the way there in the place of the button."""
    visit = visits.of(body)
    ref, at = visit.payload(FileRef), _standing(body)
    if ref.account != at.account:
        raise NotYours
    ack()
    place = _window(visit, at)

    def offered() -> View:
        opened = inbox.open_thread(visit.member, thread_ref(at))
        url = attachments.offer(visit.member, opened.thread, ref)
        return thread_window(opened, at, visit.reader, {(ref.message, ref.part): url})

    visit.later(place, lambda: _draw(visit, turns, place, offered))


def followed_link(ack: Ack) -> None:
    """A file's page was opened; the browser does the rest."""
    ack()


_TURNS = (
    *(message_views.SHOW, message_views.HIDE, message_views.QUOTED, message_views.MORE),
    *(message_views.MORE_FILES, message_views.BEGINNING),
    *(thread_views.NEWER_MESSAGES, thread_views.OLDER_MESSAGES, thread_views.ORDER),
)

ACTIONS: dict[str, Listener] = {
    doors.OPEN_THREAD.action_id: open_thread,
    thread_views.MENU: choose,
    message_views.FILE: get_file,
    message_views.FILE_PAGE: followed_link,
    **dict.fromkeys(_TURNS, turn),
}
