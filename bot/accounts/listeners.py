"""Slack in: the Connect window from every door. The settings of accounts are in settings_listeners.py."""

from typing import Protocol

from slack_bolt import Ack

from bot import doors
from bot.accounts import connect_views as views
from bot.accounts.attempts import Link, Outcome
from bot.accounts.connecting import Connecting
from bot.payloads import AccountRef, AllowRef, ListRef, PersonRef, SigninRef, UnknownPayload
from bot.places import CONNECT_FIRST, FAILED, LOADING, WindowPlace, loading_window
from bot.visits import Body, Listener, Visit, Visits
from providers.oauth import Capability


class ShowPerson(Protocol):
    """Fills a window with somebody's conversations; another feature's, put in by app.py."""

    def __call__(self, visit: Visit, place: WindowPlace, person: PersonRef, words: str = "", /) -> None:
        """Read and draw."""


_PROVIDERS = {door.action_id: name for name, door in doors.CONNECT.items()}


def connect(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """`/inbox connect`: the window for the one kind of account there is, or the choice."""
    visit = visits.of(body)
    names = connecting.providers
    if len(names) > 1:
        visit.open_window(views.choose_window(names, visit.reader))
    else:
        _open(visit, connecting, connecting.open(visit.member, names[0], _app(body)))
    ack()


def connect_kind(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """Connect Gmail, wherever it is drawn; what was asked there is remembered."""
    visit = visits.of(body)
    wish = visit.payload(ListRef)
    provider = _PROVIDERS[str(body["actions"][0]["action_id"])]
    link = connecting.open(visit.member, provider, _app(body), wish=wish)
    if _gives_way(visit):
        _in_its_place(visit, connecting, link)
    else:
        _open(visit, connecting, link)
    ack()


def reconnect(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """Reconnect, or allow what was left open: the same window for a connection that is there."""
    visit = visits.of(body)
    ref = visit.payload(AccountRef)
    _open(visit, connecting, connecting.reopen(visit.member, ref.account, _app(body)))
    ack()


def allow(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """Allow: the window for a connection that is there, asking for one thing more.

    No window takes the place of one that stands full on the third level: somebody has typed in it.
    """
    visit = visits.of(body)
    ref = visit.payload(AllowRef)
    if ref.capability not in set(Capability):
        raise UnknownPayload
    more = frozenset({Capability(ref.capability)})
    link = connecting.reopen(visit.member, ref.account, _app(body), more)
    window = visit.window
    if _gives_way(visit):
        _in_its_place(visit, connecting, link)
    elif window and not visit.opens_on_top and window.get("callback_id") not in (FAILED, LOADING):
        visit.replace_window(views.with_link(window, link.url, visit.reader))
    else:
        _open(visit, connecting, link)
    ack()


def _open(visit: Visit, connecting: Connecting, link: Link) -> None:
    place = visit.open_window(views.link_window(link, visit.reader))
    connecting.shown_in(visit.member, link.attempt.id, place.view_id)


def _gives_way(visit: Visit) -> bool:
    """Say whether the window pressed in only leads here: left below, it would go on saying what is past."""
    return visit.window is not None and visit.window.get("callback_id") in (views.CHOOSE, CONNECT_FIRST)


def _in_its_place(visit: Visit, connecting: Connecting, link: Link) -> None:
    place = visit.replace_window(views.link_window(link, visit.reader))
    connecting.shown_in(visit.member, link.attempt.id, place.view_id)


def new_link(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """New link, or another mailbox: what was begun ends, and the window shows a fresh link."""
    visit = visits.of(body)
    ref = visit.payload(SigninRef)
    window_id = str(visit.window["id"]) if visit.window else None
    link = connecting.again(visit.member, ref.signin, _app(body), window_id)
    _in_its_place(visit, connecting, link)
    visits.redraw_home(visit.member)
    ack()


def did_it_not_work(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """Unfold the usual causes. From Home the window opens with a link of its own."""
    visit = visits.of(body)
    attempt = connecting.troubled(visit.member, visit.payload(SigninRef).signin)
    if visit.window:
        url = views.link_in(dict(visit.window))
        visit.replace_window(views.connect_window(attempt, visit.reader, url=url, unfolded=True))
    else:
        place = visit.open_window(views.connect_window(attempt, visit.reader, unfolded=True))
        connecting.shown_in(visit.member, attempt.id, place.view_id)
    ack()


def cancel(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """Cancel on Home, while a browser is under way."""
    visit = visits.of(body)
    connecting.cancel(visit.member, visit.payload(SigninRef).signin)
    ack()
    visits.redraw_home(visit.member)


def type_digits(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """From the message: the window again, as the attempt stands now."""
    visit = visits.of(body)
    attempt = connecting.attempt(visit.member, visit.payload(SigninRef).signin)
    place = visit.open_window(views.connect_window(attempt, visit.reader))
    connecting.shown_in(visit.member, attempt.id, place.view_id)
    ack()


def use_mailbox(ack: Ack, body: Body, *, visits: Visits, connecting: Connecting) -> None:
    """The six digits were typed."""
    visit = visits.of(body)
    typed = str(body["view"]["state"]["values"]["digits"][views.DIGITS].get("value") or "")
    guess = connecting.confirm(visit.member, visit.payload(SigninRef).signin, typed)
    if guess.left:
        said = visit.reader.count(
            "These are not the digits of the page. {n} more try.",
            "These are not the digits of the page. {n} more tries.",
            guess.left,
        )
        ack(response_action="errors", errors={"digits": said})
        return
    ack(response_action="update", view=views.connect_window(guess.attempt, visit.reader))
    if guess.attempt.outcome is Outcome.CONNECTED:
        visits.redraw_home(visit.member)


def show_wish(ack: Ack, body: Body, *, visits: Visits, show_person: ShowPerson) -> None:
    """What was asked before anything was connected, with its search words."""
    visit = visits.of(body)
    wish = visit.payload(ListRef)
    title, sentence = visit.reader.say("Conversations"), visit.reader.say("Reading your mail.")
    again = views.show_wish_again(wish, visit.reader)
    place = visit.replace_window(loading_window(visit.reader, title, sentence), again)
    ack()
    person = PersonRef(wish.contact, "" if wish.contact else wish.address)
    visit.later(place, lambda: show_person(visit, place, person, wish.words))


def opened_page(ack: Ack) -> None:
    """The link was pressed: the browser does the rest."""
    ack()


def _app(body: Body) -> str:
    return str(body.get("api_app_id", ""))


COMMANDS: dict[str, Listener] = {"connect": connect}
ACTIONS: dict[str, Listener] = {
    **dict.fromkeys(_PROVIDERS, connect_kind),
    doors.RECONNECT.action_id: reconnect,
    doors.ALLOW.action_id: allow,
    views.OPEN_PAGE: opened_page,
    views.NEW_LINK: new_link,
    views.USE_ANOTHER: new_link,
    views.HELP: did_it_not_work,
    views.TYPE_DIGITS: type_digits,
    views.CANCEL: cancel,
    views.SHOW_WISH: show_wish,
}
VIEWS: dict[str, Listener] = {views.USE_MAILBOX: use_mailbox}
