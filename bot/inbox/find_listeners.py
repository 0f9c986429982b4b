"""Slack in: the Find window, from the command, the shortcut, and every button that leads there."""

from slack_bolt import Ack

from bot import doors
from bot.inbox import find_views, listeners, views
from bot.inbox.neighbours import ShowPerson
from bot.inbox.service import InboxService
from bot.payloads import ListRef, PersonRef
from bot.places import loading_window
from bot.visits import Body, Listener, Visits
from providers.content.typed import typed_addresses


def find(ack: Ack, body: Body, *, visits: Visits) -> None:
    """`/inbox` alone, the shortcut, a button: open the window empty."""
    visit = visits.of(body)
    visit.open_window(find_views.find_window(visit.reader))
    ack()


def find_named(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """`/inbox find Scan`: a name that is also a word of the command."""
    if str(body.get("text", "")).strip():
        listeners.show_threads(ack, body, visits=visits, inbox=inbox)
    else:
        find(ack, body, visits=visits)


def search(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Search below a list: the window with the person filled in, waiting for words."""
    visit = visits.of(body)
    ref = visit.payload(ListRef)
    person = inbox.whom(visit.member, PersonRef(ref.contact, ref.address))
    visit.open_window(find_views.find_window(visit.reader, person, ref.words))
    ack()


def offer(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Offer contacts while somebody types, from our own rows alone."""
    visit = visits.of(body)
    text = str(body.get("value", ""))
    addresses, words = typed_addresses(text)
    typed = inbox.people(visit.member, [one.address for one in addresses])
    known = inbox.offered(visit.member, words, find_views.MOST_OFFERED) if words or not typed else ()
    ack(options=find_views.offers(typed, known, visit.reader))


def show(ack: Ack, body: Body, *, visits: Visits, show_person: ShowPerson) -> None:
    """Show: the window becomes the person's record."""
    visit = visits.of(body)
    reader = visit.reader
    person, words = find_views.chosen(body["view"]["state"]["values"])
    if person is None:
        ack(
            response_action="errors",
            errors={find_views.WHOM: reader.say("Choose a contact, or type a whole address.")},
        )
        return
    ref = ListRef(person.contact, person.address, words)
    again = doors.SHOW_THREADS.draw(reader, ref, text=reader.say("Try again"))
    loading = loading_window(reader, reader.say("Conversations"), reader.say("Reading your mail…"), again)
    ack(response_action="update", view=loading)
    place = visit.this_window(again)
    visit.after_answer(place, lambda: show_person(visit, place, person, words))


COMMANDS: dict[str, Listener] = {"(nothing)": find, "find": find_named}
SHORTCUTS: dict[str, Listener] = {doors.FIND.action_id: find}
ACTIONS: dict[str, Listener] = {doors.FIND.action_id: find, views.SEARCH: search}
OPTIONS: dict[str, Listener] = {find_views.WHOM: offer}
VIEWS: dict[str, Listener] = {find_views.FIND: show}
