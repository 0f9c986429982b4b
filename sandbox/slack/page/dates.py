"""Write dates as Slack's clients write them, in the viewer's zone.

Source: https://docs.slack.dev/messaging/formatting-message-text#date-formatting
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sandbox.slack.page.viewer import Viewer

TOKEN = re.compile(r"\{([a-z_]+)\}")
_HALF_A_YEAR = timedelta(days=183)


def format_date(timestamp: int, form: str, viewer: Viewer) -> str:
    """Fill the tokens of a date format; an unknown token stays as it is.

    Raises: OverflowError, ValueError or OSError for a timestamp outside of the calendar.
    """
    moment = datetime.fromtimestamp(timestamp, UTC)

    def fill(found: re.Match[str]) -> str:
        write = _TOKENS.get(found[1])
        if write is None:
            return found[0]
        words = write(moment, viewer)
        return words[:1].upper() + words[1:] if found.start() == 0 else words

    return TOKEN.sub(fill, form)


def clock_time(moment: datetime, viewer: Viewer, seconds: bool = False) -> str:
    """Write the time of day, with AM and PM for readers used to it."""
    local = viewer.local(moment)
    tail = f":{local:%S}" if seconds else ""
    if viewer.twelve_hours:
        return f"{local.hour % 12 or 12}:{local:%M}{tail} {local:%p}"
    return f"{local:%H:%M}{tail}"


def day_name(moment: datetime, viewer: Viewer) -> str:
    """Name a day as the divider of a message list does: Today, Yesterday, or in full."""
    near = _near(moment, viewer)
    return near.capitalize() if near else _long(moment, viewer)


def stamp(moment: datetime, viewer: Viewer) -> str:
    """Write a full date and time for the tooltip of a message's time."""
    return f"{_long(moment, viewer)} at {clock_time(moment, viewer, seconds=True)}"


def _ordinal(day: int) -> str:
    if 11 <= day % 100 <= 13:
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"


def _year(moment: datetime, viewer: Viewer) -> str:
    """Give the year only where it is needed: more than half a year away."""
    return "" if abs(moment - viewer.now) < _HALF_A_YEAR else f", {viewer.local(moment).year}"


def _near(moment: datetime, viewer: Viewer) -> str:
    days = (viewer.local(moment).date() - viewer.local(viewer.now).date()).days
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days, "")


def _date(moment: datetime, viewer: Viewer) -> str:
    local = viewer.local(moment)
    return f"{local:%B} {_ordinal(local.day)}{_year(moment, viewer)}"


def _short(moment: datetime, viewer: Viewer) -> str:
    local = viewer.local(moment)
    return f"{local:%b} {local.day}{_year(moment, viewer)}"


def _long(moment: datetime, viewer: Viewer) -> str:
    return f"{viewer.local(moment):%A}, {_date(moment, viewer)}"


def _long_full(moment: datetime, viewer: Viewer) -> str:
    local = viewer.local(moment)
    return f"{local:%A}, {local:%B} {_ordinal(local.day)}, {local.year}"


def _ago(moment: datetime, viewer: Viewer) -> str:
    seconds = int((viewer.now - moment).total_seconds())
    size = abs(seconds)
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if size >= length:
            count = size // length
            words = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


_TOKENS: dict[str, Callable[[datetime, Viewer], str]] = {
    "date_num": lambda moment, viewer: f"{viewer.local(moment):%Y-%m-%d}",
    "date_slash": lambda moment, viewer: f"{viewer.local(moment):%m/%d/%Y}",
    "date": _date,
    "date_pretty": lambda moment, viewer: _near(moment, viewer) or _date(moment, viewer),
    "date_short": _short,
    "date_short_pretty": lambda moment, viewer: _near(moment, viewer) or _short(moment, viewer),
    "date_long": _long,
    "date_long_full": _long_full,
    "date_long_pretty": lambda moment, viewer: _near(moment, viewer) or _long(moment, viewer),
    "day_divider_pretty": lambda moment, viewer: day_name(moment, viewer),
    "time": clock_time,
    "time_secs": lambda moment, viewer: clock_time(moment, viewer, seconds=True),
    "ago": _ago,
}
