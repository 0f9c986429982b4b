"""Slack in: Calendar Sync, and questions about what was changed in the calendar."""

from contextlib import suppress
from dataclasses import replace

from slack_bolt import Ack

from bot import doors
from bot.appointments import question_views, sync_views
from bot.appointments.asking import Asking
from bot.appointments.syncing import CalendarSync
from bot.appointments.syncs import SyncState
from bot.blocks import Block, View
from bot.payloads import AccountRef, CalendarEventRef
from bot.places import WindowPlace, loading_window, with_block
from bot.slack import WindowChanged, WindowGone
from bot.turns import Turns
from bot.visits import Body, Listener, Visit, Visits


def open_sync(ack: Ack, body: Body, *, visits: Visits, calendar_sync: CalendarSync) -> None:
    """Set up, Change: how it stands, or which account; the only one's calendars at once.

    From the window in which the calendar was allowed it goes on in that window's place.
    """
    visit = visits.of(body)
    state = calendar_sync.state(visit.member)
    window = visit.window
    stands = window is not None and window.get("callback_id") in (sync_views.SYNC, doors.CONNECT_WINDOW)
    opened = visit.replace_window if stands else visit.open_window
    is_on = state.sync is not None and state.sync.is_on
    if not is_on and len(state.choices) == 1 and state.choices[0].allowed:
        place = opened(_loading(visit), _again(visit))
        ack()
        _choose(visit, place, calendar_sync, state.choices[0].account.id)
        return
    opened(_first(state, visit))
    ack()


def _first(state: SyncState, visit: Visit) -> View:
    only = state.choices[0] if len(state.choices) == 1 else None
    if state.sync is None and only and not only.allowed:
        return sync_views.permission_window(only, visit.reader)
    return sync_views.sync_window(state, visit.reader)


def use(ack: Ack, body: Body, *, visits: Visits, calendar_sync: CalendarSync) -> None:
    """Use, Change: the calendars of an account; where they are not allowed yet, the way there."""
    visit = visits.of(body)
    account = visit.payload(AccountRef).account
    state = calendar_sync.state(visit.member)
    one = next((choice for choice in state.choices if choice.account.id == account), None)
    if one is not None and not one.allowed:
        visit.replace_window(sync_views.permission_window(one, visit.reader))
        ack()
        return
    place = visit.replace_window(_loading(visit), _again(visit))
    ack()
    _choose(visit, place, calendar_sync, account)


def _choose(visit: Visit, place: WindowPlace, calendar_sync: CalendarSync, account: str) -> None:
    visit.later(
        place,
        lambda: place.show(
            sync_views.choosing_window(calendar_sync.choosing(visit.member, account), visit.reader)
        ),
    )


def _again(visit: Visit) -> Block:
    return doors.CALENDAR_SYNC.draw(visit.reader, text=visit.reader.say("Try again"))


def _loading(visit: Visit) -> View:
    reader = visit.reader
    return loading_window(reader, reader.say("Calendar Sync"), reader.say("Asking for your calendars…"))


def show_titles(ack: Ack, body: Body, *, visits: Visits, calendar_sync: CalendarSync, turns: Turns) -> None:
    """Something else shall be read in the calendar: the preview says so, all else stays as it is chosen.

    Of two quick choices the second was made in a window that the first has drawn anew since.
    """
    visit = visits.of(body)
    ack()
    window = body["view"]
    _, titles = sync_views.chosen(window["state"]["values"])
    preview = sync_views.preview_block(calendar_sync.preview(visit.member, titles), visit.reader)
    with turns.of(str(window["id"]), float(body["actions"][0]["action_ts"])) as turn:
        if turn is None:
            return
        place = replace(visit.this_window(), seen=turn.standing(str(window["hash"])))
        with suppress(WindowChanged, WindowGone):  # another page of it by now
            place.show(with_block(window, preview))
            turn.drawn.append(place.seen)


def switch_on(ack: Ack, body: Body, *, visits: Visits, calendar_sync: CalendarSync) -> None:
    """Switch on, or write into another calendar from now on."""
    visit = visits.of(body)
    account = visit.payload(AccountRef).account
    value, titles = sync_views.chosen(body["view"]["state"]["values"])
    reader = visit.reader
    again = _again(visit)
    waiting = loading_window(reader, reader.say("Calendar Sync"), reader.say("Switching on…"), again)
    ack(response_action="update", view=waiting)
    place = visit.this_window(again)
    app_id = str(body.get("api_app_id", ""))

    def run() -> None:
        state = calendar_sync.switch_on(visit.member, account, value, titles, app_id, place.view_id)
        place.show(sync_views.sync_window(state, reader))
        if body["view"].get("previous_view_id"):  # the window in which it was not allowed yet
            with suppress(WindowGone):
                visit.window_below().show(sync_views.sync_window(state, reader))
        visits.redraw_home(visit.member)

    visit.after_answer(place, run)


def change_account(ack: Ack, body: Body, *, visits: Visits, calendar_sync: CalendarSync) -> None:
    """Another account: choose among those that are connected."""
    visit = visits.of(body)
    visit.replace_window(sync_views.accounts_window(calendar_sync.state(visit.member), visit.reader))
    ack()


def ask_off(ack: Ack, body: Body, *, visits: Visits, calendar_sync: CalendarSync) -> None:
    """Switch off: what becomes of what stands in the calendar."""
    visit = visits.of(body)
    visit.replace_window(sync_views.off_window(calendar_sync.state(visit.member), visit.reader))
    ack()


def switch_off(ack: Ack, body: Body, *, visits: Visits, calendar_sync: CalendarSync) -> None:
    """It is meant."""
    visit = visits.of(body)
    kept = sync_views.keeps(body["view"]["state"]["values"])
    number = calendar_sync.switch_off(visit.member, keep=kept)
    ack(response_action="update", view=sync_views.done_window(number, kept, visit.reader))
    visits.redraw_home(visit.member)


# --- questions --------------------------------------------------------------------------------------------


def open_question(ack: Ack, body: Body, *, visits: Visits, asking: Asking) -> None:
    """Open a question from Home: both versions, as they are now."""
    visit = visits.of(body)
    ref, reader = visit.payload(CalendarEventRef), visit.reader
    loading = loading_window(
        reader, reader.say("Calendar question"), reader.say("Looking into your calendar…")
    )
    place = visit.open_window(
        loading, doors.CALENDAR_QUESTION.draw(reader, ref, text=reader.say("Try again"))
    )
    ack()
    visit.later(
        place,
        lambda: place.show(question_views.question_window(asking.question(visit.member, ref.event), reader)),
    )


def answer(ack: Ack, body: Body, *, visits: Visits, asking: Asking) -> None:
    """Take, Put back, Leave both: in the window or in the message, which then says how it stands."""
    visit = visits.of(body)
    ref, reader = visit.payload(CalendarEventRef), visit.reader
    act = question_views.ACTS[str(body["actions"][0]["action_id"])]
    ack()

    def run() -> None:
        question = asking.answer(visit.member, ref.event, act, ref.asked)
        if visit.window:
            visit.this_window().show(question_views.question_window(question, reader))
        else:
            visit.place.show(question_views.question_message(question, visit.member, reader))
        visits.redraw_home(visit.member)

    visit.later(visit.place, run)


ACTIONS: dict[str, Listener] = {
    doors.CALENDAR_SYNC.action_id: open_sync,
    doors.CALENDAR_QUESTION.action_id: open_question,
    sync_views.USE: use,
    sync_views.CHANGE: use,
    sync_views.TITLES: show_titles,
    sync_views.CHANGE_ACCOUNT: change_account,
    sync_views.ASK_OFF: ask_off,
    **dict.fromkeys(question_views.ACTS, answer),
}
VIEWS: dict[str, Listener] = {sync_views.ON: switch_on, sync_views.OFF: switch_off}
