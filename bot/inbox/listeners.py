"""Slack in: the command in all its shapes, lists and their buttons. Ends with the tables app.py registers."""

from dataclasses import replace
from functools import lru_cache

from slack_bolt import Ack

from bot.inbox import views
from bot.inbox.service import InboxService, NothingConnected
from bot.inbox.views import ROWS
from bot.payloads import ListRef, MineRef, PersonRef
from bot.places import Answer
from bot.visits import Body, Listener, Visit, Visits
from bot.words import Reader
from providers.content.typed import typed_addresses


def help_(ack: Ack, body: Body) -> None:
    """Answer `/inbox help` in the acknowledgement itself: nothing has to be looked up."""
    answer = _help(str(body["command"]), str(body["team_id"]), str(body["api_app_id"]))
    ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")


@lru_cache(maxsize=256)
def _help(command: str, team_id: str, app_id: str) -> Answer:
    home = f"slack://app?team={team_id}&id={app_id}&tab=home"
    return views.help_answer(command, home, Reader())


def show_threads(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """`/inbox dana@northwind.example pricing`, `/inbox Dana`: one ephemeral answer when it is read."""
    visit = visits.of(body)
    ack()
    text = str(body.get("text", ""))
    visit.later(visit.place, lambda: visit.place.show(_answer(visit, inbox, text)), _slow(visit.reader))


def _answer(visit: Visit, inbox: InboxService, text: str) -> Answer:
    addresses, words = typed_addresses(text)
    if addresses:
        person = inbox.person(visit.member, addresses[0].address)
        return _list(visit, inbox, replace(_ref(person.ref), words=words[:200]), fresh=True)
    found = inbox.search(visit.member, words, 9)
    if len(found) == 1:
        return _list(visit, inbox, ListRef(contact=found[0].id), fresh=True)
    return views.which_one(found, visit.reader) if found else views.nobody_by_that_name(words, visit.reader)


def _ref(person: PersonRef) -> ListRef:
    return ListRef(person.contact, person.address)


def _list(visit: Visit, inbox: InboxService, ref: ListRef, *, fresh: bool) -> Answer:
    try:
        found = inbox.list_threads(visit.member, ref, ROWS, fresh=fresh)
    except NothingConnected as nothing:
        return views.connect_first(nothing.ref, visit.reader)
    return views.thread_list(found, visit.member, visit.reader)


def _slow(reader: Reader) -> str:
    return reader.say("Your mailbox is slow at the moment. Mailroom is still reading.")


def turn(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Older, Newer, Show: put another stretch, or another person's list, in the place of this answer."""
    visit = visits.of(body)
    ref = visit.payload(ListRef)
    ack()
    visit.later(visit.place, lambda: visit.place.show(_list(visit, inbox, ref, fresh=ref.start == 0)))


def that_is_mine(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Take an address as the member's own and list again."""
    visit = visits.of(body)
    ref = inbox.add_own_address(visit.member, visit.payload(MineRef))
    ack()
    visit.later(visit.place, lambda: visit.place.show(_list(visit, inbox, ref, fresh=True)))


def followed_link(ack: Ack) -> None:
    """A link button was pressed: the browser does the rest, Slack only wants to hear that we heard."""
    ack()


COMMANDS: dict[str, Listener] = {"help": help_, "(anything)": show_threads}
ACTIONS: dict[str, Listener] = {
    views.OLDER: turn,
    views.NEWER: turn,
    "inbox.show_threads": turn,
    views.THAT_IS_MINE: that_is_mine,
    views.LINK: followed_link,
    views.HIDDEN_LINK: followed_link,
}
VIEWS: dict[str, Listener] = {}
OPTIONS: dict[str, Listener] = {}
EVENTS: dict[str, Listener] = {}
SHORTCUTS: dict[str, Listener] = {}
