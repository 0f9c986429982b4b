"""Slack in: App Home opened, and its pages. Ends with the tables app.py registers."""

from slack_bolt import Ack

from bot import doors
from bot.home import views
from bot.home.drawing import DrawHome
from bot.payloads import PageRef
from bot.visits import Body, Listener, Visits


def open_home(ack: Ack, body: Body, *, visits: Visits, draw_home: DrawHome) -> None:
    """Draw Home anew whenever somebody opens it; the tab with messages needs nothing."""
    if body["event"].get("tab") != "home":
        ack()
        return
    visit = visits.of(body)
    ack()
    visit.later(visit.place, lambda: draw_home(visit.member, visit.reader))


def turn_page(ack: Ack, body: Body, *, visits: Visits, draw_home: DrawHome) -> None:
    """Show another page of Home, wherever the button stands; below a message, the way there."""
    visit = visits.of(body)
    ref = visit.payload(PageRef)
    ack()
    visit.later(
        visits.home(visit.member, visit.body),
        lambda: draw_home(visit.member, visit.reader, page=ref.page, place=ref.place),
    )
    if (body.get("container") or {}).get("type") == "message":
        told = views.shown_on_home(str(body["team"]["id"]), str(body["api_app_id"]), visit.reader)
        visit.later(visit.place, lambda: visit.place.tell(told))


def followed_link(ack: Ack) -> None:
    """A link button was pressed: the browser does the rest."""
    ack()


def somebody_changed(ack: Ack, body: Body, *, visits: Visits) -> None:
    """Somebody became a guest, left, or has another name: what was known of them counts no longer."""
    visits.standing.changed(body)
    ack()


EVENTS: dict[str, Listener] = {"app_home_opened": open_home, "user_change": somebody_changed}
ACTIONS: dict[str, Listener] = {
    doors.HOME_PAGE.action_id: turn_page,
    **{door.action_id: turn_page for door in doors.HOME_TURNS},
    views.OPEN_TODAY: turn_page,
    views.OPEN_PEOPLE: turn_page,
    views.OPEN_CONTACTS: turn_page,
    views.OPEN_APPOINTMENTS: turn_page,
    views.OPEN_ACCOUNTS: turn_page,
    views.TRY: followed_link,
    views.TO_HOME: followed_link,
}
