"""What stands in people's calendars before any app comes: a few weeks of their own dates, and holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Days, Hours
from sandbox.world import World

WEEKS = 4
# (calendar, days after the coming Monday, every week, begins, minutes, title, place)
_OWN: tuple[tuple[str, int, bool, time, int, str, str], ...] = (
    ("Calendar", 0, True, time(9, 30), 30, "Plan of the week", "Small meeting room"),
    ("Calendar", 2, False, time(8, 15), 45, "Dentist", ""),
    ("Calendar", 9, False, time(18, 0), 120, "Choir", "Town hall"),
    ("Projects", 3, True, time(15, 0), 60, "Orders and open questions", ""),
)
_HOLIDAYS = ((1, 1, "New Year's Day"), (4, 27, "King's Day"), (12, 25, "Christmas"), (12, 26, "Boxing Day"))


def plant_dates(world: World) -> None:
    """Fill the calendars of those who are in the Slack, from the coming Monday on."""
    today = world.now().date()
    monday = today + timedelta(days=7 - today.weekday())
    for person in world.people:
        if person.slack and person.provider != "elsewhere":
            held = {one.name: one for one in world.calendars.of(person)}
            _own_dates(held, monday)
            _holidays(held["Holidays"], today)


def _own_dates(held: dict[str, Calendar], monday: date) -> None:
    for number, (name, after, weekly, begins, minutes, title, place) in enumerate(_OWN):
        calendar = held[name]
        for week in range(WEEKS if weekly else 1):
            day = monday + timedelta(days=after + 7 * week)
            starts = datetime.combine(day, begins, ZoneInfo(calendar.zone)).astimezone(UTC)
            when = Hours(starts, starts + timedelta(minutes=minutes), calendar.zone)
            calendar.write(f"own{number}v{week}", title=title, when=when, place=place)


def _holidays(calendar: Calendar, today: date) -> None:
    for month, day, title in _HOLIDAYS:
        this_year = date(today.year, month, day)
        when = this_year if this_year >= today else date(today.year + 1, month, day)
        calendar.write(f"holiday{month:02d}{day:02d}", title=title, when=Days(when, when), busy=False)
