"""Slack in: the command in all its shapes, lists and their buttons. Ends with the tables app.py registers."""

from functools import lru_cache

from slack_bolt import Ack

from bot import doors
from bot.inbox import answer_views, views
from bot.inbox.mentions import address_of, mentioned
from bot.inbox.neighbours import ShowPerson
from bot.inbox.service import InboxService, IsOwn, NothingConnected
from bot.inbox.views import ROWS
from bot.payloads import ListRef, MineRef, PersonRef
from bot.places import Answer, loading_window
from bot.visits import Body, Listener, Visit, Visits
from bot.words import Reader
from providers.content.typed import typed_addresses

MOST_WORDS = 200  # characters of search words


def help_(ack: Ack, body: Body) -> None:
    """Answer `/inbox help` in the acknowledgement itself: nothing has to be looked up."""
    answer = _help(str(body["command"]), str(body["team_id"]), str(body["api_app_id"]))
    ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")


@lru_cache(maxsize=256)
def _help(command: str, team_id: str, app_id: str) -> Answer:
    home = f"slack://app?team={team_id}&id={app_id}&tab=home"
    return answer_views.help_answer(command, home, Reader())


def show_threads(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """`/inbox dana@northwind.example pricing`, `/inbox Dana`: one ephemeral answer when it is read."""
    visit = visits.of(body)
    ack()
    text, command = str(body.get("text", "")), str(body.get("command", ""))
    visit.later(
        visit.place, lambda: visit.place.show(_answer(visit, inbox, text, command)), _slow(visit.reader)
    )


def _answer(visit: Visit, inbox: InboxService, text: str, command: str) -> Answer:
    typed, words = typed_addresses(text)
    addresses = [one.address for one in typed]
    if not addresses:
        colleague, words = mentioned(words)
        if colleague:
            addresses = [address for address in [address_of(visit, colleague)] if address]
            if not addresses:
                return answer_views.unknown_colleague(visit.reader)
    words = words[:MOST_WORDS]
    if not addresses:
        return _named(visit, inbox, words, command)
    people = inbox.people(visit.member, addresses) if len(addresses) > 1 else ()
    if len(people) > 1:
        return answer_views.several_people(people, words, visit.reader)
    return _list(visit, inbox, ListRef(address=addresses[0], words=words), fresh=True)


def _named(visit: Visit, inbox: InboxService, words: str, command: str) -> Answer:
    found, rest = inbox.called(visit.member, words.removeprefix("@"), answer_views.MOST + 1)
    if len(found) == 1:
        return _list(visit, inbox, ListRef(contact=found[0].id, words=rest), fresh=True)
    if found:
        return answer_views.which_one(found, rest, visit.reader)
    if words.startswith("@"):
        return answer_views.unknown_colleague(visit.reader)
    return answer_views.nobody_by_that_name(words, command, visit.reader)


def _list(
    visit: Visit, inbox: InboxService, ref: ListRef, *, fresh: bool, mine: MineRef | None = None
) -> Answer:
    try:
        found = inbox.list_threads(visit.member, ref, ROWS, fresh=fresh)
    except NothingConnected as nothing:
        return answer_views.connect_first(nothing.ref, nothing.offers, visit.reader)
    except IsOwn as own:
        return answer_views.own_address(own.ref, own.said, visit.reader)
    return views.thread_list(found, visit.member, visit.reader, mine)


def _slow(reader: Reader) -> str:
    return reader.say("Your mailbox is slow at the moment. Mailroom is still reading.")


def turn(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Older, Newer: put another stretch of the same list in the place of this answer."""
    visit = visits.of(body)
    ref = visit.payload(ListRef)
    ack()
    visit.later(visit.place, lambda: visit.place.show(_list(visit, inbox, ref, fresh=False)))


def show_list(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService, show_person: ShowPerson) -> None:
    """Show somebody's conversations: in place of an answer, elsewhere in a window.

    A message that stays (a direct message) never takes mail in: what stands there is kept by Slack.
    """
    visit = visits.of(body)
    ref = visit.payload(ListRef)
    if (body.get("container") or {}).get("is_ephemeral"):
        ack()
        visit.later(visit.place, lambda: visit.place.show(_list(visit, inbox, ref, fresh=True)))
        return
    reader, person = visit.reader, PersonRef(ref.contact, ref.address)
    loading = loading_window(reader, reader.say("Conversations"), reader.say("Reading your mail…"))
    retry = doors.SHOW_THREADS.draw(reader, ref, text=reader.say("Try again"))
    place = visit.replace_window(loading, retry)
    ack()
    visit.later(place, lambda: show_person(visit, place, person, ref.words))


def that_is_mine(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Take an address as the member's own and list again."""
    visit = visits.of(body)
    mine = visit.payload(MineRef)
    ref = inbox.add_own_address(visit.member, mine)
    ack()
    visit.later(visit.place, lambda: visit.place.show(_list(visit, inbox, ref, fresh=True, mine=mine)))
    visits.redraw_home(visit.member)


def not_mine(ack: Ack, body: Body, *, visits: Visits, inbox: InboxService) -> None:
    """Take back that an address is the member's own, and list again."""
    visit = visits.of(body)
    ref = inbox.drop_own_address(visit.member, visit.payload(MineRef))
    ack()
    visit.later(visit.place, lambda: visit.place.show(_list(visit, inbox, ref, fresh=True)))
    visits.redraw_home(visit.member)


def followed_link(ack: Ack) -> None:
    """A link button was pressed: the browser does the rest, Slack only wants to hear that we heard."""
    ack()


COMMANDS: dict[str, Listener] = {"help": help_, "(anything)": show_threads}
ACTIONS: dict[str, Listener] = {
    views.OLDER: turn,
    views.NEWER: turn,
    doors.SHOW_THREADS.action_id: show_list,
    views.THAT_IS_MINE: that_is_mine,
    views.NOT_MINE: not_mine,
    views.LINK: followed_link,
    views.HIDDEN_LINK: followed_link,
}
