"""How an event comes again: the rules that people make (RFC 5545, 3.3.10) as facts; others stay unsaid."""

import re
from collections.abc import Callable
from datetime import date, datetime

from providers.content.notes import Recurrence

_UNITS = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNSAID = Recurrence("")
# Parts that a sentence would have to name. BYMONTH of a yearly rule says what its start says.
_STRANGE = frozenset(("BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND"))


def read_recurrence(
    rule: str, begins: date | None, moment: Callable[[str], datetime | date | None]
) -> Recurrence:
    """Read an RRULE. `begins`: the first day where the event is at home; `moment` reads UNTIL."""
    pairs = (part.partition("=") for part in rule[:1000].upper().split(";"))
    given = {name.strip(): value.strip() for name, _, value in pairs}
    unit = given.get("FREQ", "")
    every, times = _number(given.get("INTERVAL", "1")), _number(given.get("COUNT", "0"))
    if unit not in _UNITS or not every or begins is None or not _STRANGE.isdisjoint(given):
        return _UNSAID
    days = [_DAY.fullmatch(day.strip()) for day in given.get("BYDAY", "").split(",") if day.strip()]
    month_day = _number(given.get("BYMONTHDAY", "0"))
    nth = 0
    if unit == "MONTHLY" and days:
        nth = _nth(days, given.get("BYSETPOS", ""))
        if not nth:
            return _UNSAID
    elif "BYSETPOS" in given or None in days or (unit == "DAILY" and days):
        return _UNSAID
    if month_day is None or (unit == "MONTHLY" and "BYMONTH" in given):
        return _UNSAID
    return Recurrence(
        unit,
        every,
        tuple(sorted({_WEEKDAYS[day[2]] for day in days if day})) if unit != "YEARLY" else (),
        nth,
        month_day if unit == "MONTHLY" else 0,
        times or 0,
        moment(given["UNTIL"]) if "UNTIL" in given else None,
        begins.weekday(),
    )


def _nth(days: list[re.Match[str] | None], position: str) -> int:
    """Tell which of a month's weekdays is meant, 0 for more than one. Outlook says it in BYSETPOS."""
    if len(days) != 1 or days[0] is None:
        return 0
    said = days[0][1] or position
    return int(said) if re.fullmatch(r"[+-]?[1-5]", said) and int(said) >= -1 else 0


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
