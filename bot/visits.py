"""A visit: one person doing one thing in Slack, recognised, with the place where the answer belongs.

Every listener begins with `visits.of(body)`, which refuses whoever may not use Mailroom. Windows are opened
through the visit, because only it knows whether one stands open already; slow work is handed on through it,
so that a failure finds its way back to the same place.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from threading import Timer
from typing import Any

from bot import identity
from bot.answered import at_hand
from bot.beside import tell_beside
from bot.blocks import Block, View
from bot.engine import Engine
from bot.errors import LaneFull, notice
from bot.payloads import P, decode
from bot.places import (
    FAILED,
    LOADING,
    CommandPlace,
    DirectPlace,
    HomePlace,
    Notice,
    Place,
    PressPlace,
    WindowPlace,
    with_way_on,
)
from bot.slack import Clients, SlackError, ask
from bot.standing import FRESH, Standing
from bot.words import Reader, zone_named
from store.database import Database
from store.members import Member

Body = Mapping[str, Any]  # a payload of Slack's
Listener = Callable[..., None]

SLOW = 3.0  # seconds until a person is told that an answer takes longer
ANSWERED = 3.0  # seconds; an answer that Slack has not taken by then, it does not take at all


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came, from where, and the ways to answer."""

    member: Member
    reader: Reader
    place: Place
    body: Mapping[str, Any]
    clients: Clients
    engine: Engine

    @property
    def workspace_id(self) -> str:
        return self.member.workspace_id

    @property
    def window(self) -> Mapping[str, Any] | None:
        """The window that the press came from, if it came from one."""
        view = self.body.get("view")
        return view if view and view.get("type") == "modal" else None

    def payload(self, kind: type[P]) -> P:
        """What the pressed button, chosen menu entry or submitted window carries. Raises UnknownPayload."""
        return decode(kind, self.value)

    @property
    def value(self) -> str:
        if self.body.get("type") == "view_submission" or not self.body.get("actions"):
            return str((self.body.get("view") or {}).get("private_metadata", ""))
        action = self.body["actions"][0]
        chosen = action.get("selected_option")
        return str(chosen["value"] if chosen else action.get("value", ""))

    @property
    def opens_on_top(self) -> bool:
        """Say whether open_window would lay a window on top of another one.

        A failed one is used again, and so is the third: Slack shows no fourth (screens.md 0.6).
        """
        window = self.window
        return window is not None and not (
            window.get("callback_id") in (FAILED, LOADING) or _is_third(window)
        )

    def open_window(self, view: View, retry: Block | None = None) -> WindowPlace:
        """Open a window: the first one, or on top of the one pressed in, as far as there is room."""
        client = self.clients.quick(self.workspace_id)
        window = self.window
        if window and not self.opens_on_top:
            return self.replace_window(view, retry)
        call = client.views_push if window else client.views_open
        shown = self._with_way_on(view, retry)
        opened = ask(call, trigger_id=self.body["trigger_id"], view=shown)
        return self._filled_once(self._place_of(opened["view"]["id"], retry), shown, opened)

    def replace_window(self, view: View, retry: Block | None = None) -> WindowPlace:
        """Put another window in the place of the one pressed in."""
        window = self.window
        if window is None:
            return self.open_window(view, retry)
        shown = self._with_way_on(view, retry)
        update = self.clients.quick(self.workspace_id).views_update
        return self._filled_once(
            self.this_window(retry), shown, ask(update, view_id=window["id"], view=shown)
        )

    def _filled_once(self, place: WindowPlace, shown: View, answer: Mapping[str, Any]) -> WindowPlace:
        """Have what waits to be filled filled by whoever is first: nothing late covers what is typed then."""
        if shown.get("callback_id") == LOADING:
            place.seen = str(answer["view"]["hash"])
        return place

    def _with_way_on(self, view: View, retry: Block | None) -> View:
        """What cannot be filled yet says how to go on, should it never be."""
        waits = view.get("callback_id") == LOADING and len(view["blocks"]) == 1
        return with_way_on(view, retry, self.reader) if waits else view

    def this_window(self, retry: Block | None = None) -> WindowPlace:
        """The window pressed in, as a place for what is done behind."""
        return self._place_of(self.body["view"]["id"], retry)

    def as_pressed(self, retry: Block | None = None) -> WindowPlace:
        """The same as long as it stands as it was pressed in: what was drawn since is not covered."""
        place = self.this_window(retry)
        place.seen = str(self.body["view"]["hash"])
        return place

    @property
    def pressed_at(self) -> float:
        """When the button was pressed, by Slack's clock: of two presses the later one stands."""
        return float(self.body["actions"][0]["action_ts"])

    def window_below(self, retry: Block | None = None) -> WindowPlace:
        """The window that the one pressed in lies on: shown again when that one is closed."""
        return self._place_of(self.body["view"]["previous_view_id"], retry)

    def _place_of(self, view_id: object, retry: Block | None) -> WindowPlace:
        client, beside = self.clients.patient(self.workspace_id), self._tell_beside
        return WindowPlace(client, str(view_id), self.reader, retry, beside=beside)

    def _tell_beside(self, told: Notice) -> None:
        """Say what cannot be said where the press was: in another window, or else in a direct message."""
        tell_beside(self.clients.quick(self.workspace_id), self.body, told, self.reader)

    def later(self, place: Place, task: Callable[[], None], slow: str = "") -> None:
        """Do the slow part behind, for this place. `slow` is said once if it takes over three seconds."""
        run = _with_patience(place, task, slow) if slow else task
        if not self.engine.quick(place, run):
            place.tell(notice(LaneFull(), self.reader))

    def after_answer(self, place: Place, task: Callable[[], None]) -> None:
        """Do it behind, but not before Slack has our answer to this request.

        For windows that the answer itself changes (`response_action`): a redraw that overtook the answer
        would be overwritten by it.
        """
        answered = at_hand()

        def run() -> None:
            answered.wait(ANSWERED)
            task()

        self.later(place, run)


def _is_third(window: Mapping[str, Any]) -> bool:
    below = window.get("previous_view_id")
    return bool(below) and below != window.get("root_view_id")


def _with_patience(place: Place, task: Callable[[], None], slow: str) -> Callable[[], None]:
    def run() -> None:
        timer = Timer(SLOW, lambda: _say_slow(place, slow))
        timer.daemon = True
        timer.start()
        try:
            task()
        finally:
            timer.cancel()

    return run


def _say_slow(place: Place, slow: str) -> None:
    with suppress(SlackError):  # the answer itself still comes, and says what is wrong with Slack
        place.tell(Notice(slow))


@dataclass(slots=True)
class Visits:
    """Recognises people. `draw_home` is set by app.py: publishes a Home, with a notice or none."""

    database: InitVar[Database]
    clients: Clients
    engine: Engine
    clock: Callable[[], datetime]
    draw_home: Callable[[Member, Reader, Notice | None], None] | None = field(default=None)
    standing: Standing = field(init=False)

    def __post_init__(self, database: Database) -> None:
        self.standing = Standing(database, self.clients, self.clock)

    def of(self, body: Mapping[str, Any]) -> Visit:
        """Recognise who came. Raises NotAllowed; stores nothing of somebody who is refused."""
        member = self.standing.member(identity.caller(body))
        reader = self.reader(member)
        return Visit(member, reader, self._place(body, member, reader), body, self.clients, self.engine)

    def acquaint(self, body: Mapping[str, Any], slack_user_id: str) -> None:
        """Get to know a colleague of whoever came, whom somebody chose in a menu of Slack's.

        Raises NotAllowed for somebody who may not use Mailroom.
        """
        team_id = identity.caller(body).team_id
        self.standing.member(identity.Caller(team_id, slack_user_id, team_id))

    def look_again(self, member: Member, older: timedelta = FRESH) -> Member:
        """Know a member as Slack does now, for work that nobody waits for. Raises NotAllowed, SlackError."""
        return self.standing.look_again(member, older)

    def reader(self, member: Member) -> Reader:
        """The member as a reader, at this moment."""
        return Reader(member.locale, zone_named(member.zone), self.clock())

    def direct(self, member: Member) -> DirectPlace:
        """The member's own direct message."""
        return DirectPlace(
            self.clients.patient(member.workspace_id), member.slack_user_id, self.reader(member)
        )

    def home(self, member: Member, pressed: Body | None = None) -> HomePlace:
        """The member's App Home. `pressed`: the press that it answers, wherever that was."""
        reader, draw = self.reader(member), self.draw_home
        client = self.clients.quick(member.workspace_id)
        return HomePlace(
            self.clients.patient(member.workspace_id),
            member.slack_user_id,
            reader,
            (lambda told: draw(member, reader, told)) if draw else None,
            (lambda told: tell_beside(client, pressed, told, reader)) if pressed else None,
        )

    def redraw_home(self, member: Member) -> None:
        """Make the member's App Home again, behind; where the lane is full, its next opening makes it."""
        place = self.home(member)
        if place.draw:
            draw = place.draw
            self.engine.quick(place, lambda: draw(None))

    def _place(self, body: Mapping[str, Any], member: Member, reader: Reader) -> Place:
        view = body.get("view")
        if view and view.get("type") == "modal":
            return WindowPlace(self.clients.patient(member.workspace_id), str(view["id"]), reader)
        if view:
            return self.home(member, body)
        if body.get("event"):
            return self.home(member)
        if body.get("command"):
            return CommandPlace(str(body["response_url"]), reader)
        if body.get("response_url"):
            return PressPlace(str(body["response_url"]), reader)
        return DirectPlace(self.clients.patient(member.workspace_id), member.slack_user_id, reader)
