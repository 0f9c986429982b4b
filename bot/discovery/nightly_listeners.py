"""Slack in: the night's settings, its command and its button. Ends with the tables app.py registers."""

from datetime import date

from slack_bolt import Ack

from bot import doors
from bot.blocks import View
from bot.discovery import nightly_views as views
from bot.discovery.nightly import NightlyService
from bot.places import with_notice
from bot.visits import Body, Listener, Visits

HOURS = range(24)


def digest(ack: Ack, body: Body, *, visits: Visits, nights: NightlyService) -> None:
    """`/inbox digest on`, `off`, or an hour of the day, which switches it on as well."""
    visit = visits.of(body)
    reader, word = visit.reader, str(body.get("text", "")).casefold()
    hour = _hour(word)
    wants_on = word == "on" or hour is not None
    if wants_on and not nights.has_mailbox(visit.member):
        told = views.connect_first(nights.offers, reader)
    elif wants_on or word == "off":
        wishes = {"is_on": wants_on} | ({} if hour is None else {"hour": hour})
        told = views.switched(nights.wish(visit.member, **wishes), reader)
    else:
        told = views.how_to(nights.settings(visit.member), str(body.get("command", "")), reader)
    ack()
    visit.later(visit.place, lambda: visit.place.tell(told))
    visits.redraw_home(visit.member)


def _hour(word: str) -> int | None:
    """Read an hour: 8, 08, 8:00, 08.00."""
    digits, _, minutes = word.replace(".", ":").partition(":")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 2 and minutes in ("", "0", "00")):
        return None
    return int(digits) if int(digits) in HOURS else None


def switch_on(ack: Ack, body: Body, *, visits: Visits, nights: NightlyService) -> None:
    """Scan every night, wherever the button stands: said there, and the button goes where it can."""
    visit = visits.of(body)
    told = views.switched(nights.wish(visit.member, is_on=True), visit.reader)
    window = visit.window
    if window:
        left: View = {**window, "blocks": views.without_offer(window["blocks"])}
        visit.replace_window(with_notice(left, told))
        ack()
    else:
        ack()
        visit.later(visit.place, lambda: visit.place.tell(told))
    visits.redraw_home(visit.member)


def choose(ack: Ack, body: Body, *, visits: Visits, nights: NightlyService) -> None:
    """A choice on the settings page: on or off, the hour, the days."""
    visit = visits.of(body)
    action = body["actions"][0]
    value = str(action["selected_option"]["value"])
    if action["action_id"] == views.ON_OFF:
        nights.wish(visit.member, is_on=value == views.ON)
    elif action["action_id"] == views.DAYS:
        nights.wish(visit.member, working_days=value == views.WORKING_DAYS)
    elif (hour := _hour(value)) is not None:
        nights.wish(visit.member, hour=hour)
    ack()
    visits.redraw_home(visit.member)


def pause(ack: Ack, body: Body, *, visits: Visits, nights: NightlyService) -> None:
    """Pause until a day; the day itself is told again."""
    visit = visits.of(body)
    until = date.fromisoformat(str(body["actions"][0]["selected_date"]))
    ahead = until > visit.reader.local(visit.reader.now).date()
    if ahead:
        nights.wish(visit.member, paused_until=until)
    ack()
    if ahead:
        visits.redraw_home(visit.member)
    else:
        visit.later(visit.place, lambda: visit.place.tell(views.past_pause(visit.reader)))


def go_on(ack: Ack, body: Body, *, visits: Visits, nights: NightlyService) -> None:
    """End a pause now."""
    visit = visits.of(body)
    nights.wish(visit.member, paused_until=None)
    ack()
    visits.redraw_home(visit.member)


def show_names(ack: Ack, body: Body, *, visits: Visits, nights: NightlyService) -> None:
    """The box for names in notifications."""
    visit = visits.of(body)
    nights.show_names(visit.member, wanted=bool(body["actions"][0].get("selected_options")))
    ack()
    visits.redraw_home(visit.member)


COMMANDS: dict[str, Listener] = {"digest": digest}
ACTIONS: dict[str, Listener] = {
    doors.NIGHTLY_ON.action_id: switch_on,
    views.ON_OFF: choose,
    views.HOUR: choose,
    views.DAYS: choose,
    views.PAUSE: pause,
    views.GO_ON: go_on,
    views.NAMES: show_names,
}
