"""Sentences and the person who reads them.

Every sentence a person sees goes through `reader.say(...)`: English is the key (gettext), values are put in
afterwards, so a translator moves whole sentences. Times are shown in the reader's zone.
"""

import gettext
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CATALOGUES = Path(__file__).parent / "locales"
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@lru_cache(maxsize=64)
def _catalogue(locale: str) -> gettext.NullTranslations:
    language = locale.replace("-", "_")
    return gettext.translation("mailroom", _CATALOGUES, languages=[language], fallback=True)


@lru_cache(maxsize=600)
def zone_named(name: str) -> ZoneInfo:
    """Find an IANA zone; UTC when Slack names one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def set_apart(name: str) -> str:
    """Keep a name that is written from the right from turning the figures beside it.

    Source: Unicode UAX 9, 2.4 (first strong isolate).
    """
    return f"\u2068{name}\u2069" if _FROM_THE_RIGHT.search(name) else name


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a screen: their language, their zone, and the moment they look."""

    locale: str = "en-US"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def say(self, sentence: str, /, **values: object) -> str:
        """Translate a sentence and put the values in. The values are never translated."""
        return _catalogue(self.locale).gettext(sentence).format(**values) if values else self._plain(sentence)

    def _plain(self, sentence: str) -> str:
        # Without values the braces are not placeholders: format() would choke on them.
        return _catalogue(self.locale).gettext(sentence)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Translate a sentence that depends on a number, which it may show as {n}."""
        return _catalogue(self.locale).ngettext(one, many, number).format(n=f"{number:,}", **values)

    def local(self, at: datetime) -> datetime:
        """The same instant on the reader's clock."""
        return at.astimezone(self.zone)

    def time(self, at: datetime) -> str:
        """Show an hour and minute: "14:05"."""
        return self.local(at).strftime("%H:%M")

    def clock(self, at: datetime) -> str:
        """Show an hour, minute and second: "14:05:10"."""
        return self.local(at).strftime("%H:%M:%S")

    def day(self, at: datetime) -> str:
        """Name a day as a person would: today, yesterday, Tuesday, 3 March, 3 March 2024."""
        local, today = self.local(at).date(), self.local(self.now).date()
        past = (today - local).days
        if past == 0:
            return self.say("today")
        if past == 1:
            return self.say("yesterday")
        if 1 < past < 7:
            return self.say(_DAYS[local.weekday()])
        month = self.say(_MONTHS[local.month - 1])
        if local.year == today.year:
            return self.say("{day} {month}", day=local.day, month=month)
        return self.say("{day} {month} {year}", day=local.day, month=month, year=local.year)

    def when(self, at: datetime) -> str:
        """Name a day with its time: "today 14:05", "3 March 09:10"."""
        return self.say("{day} {time}", day=self.day(at), time=self.time(at))

    def full_date(self, day: date) -> str:
        """Name a day so that it stays true whenever it is read: Friday 20 November 2026."""
        weekday, month = self.weekday(day.weekday()), self.say(_MONTHS[day.month - 1])
        return self.say(
            "{weekday} {day} {month} {year}", weekday=weekday, day=day.day, month=month, year=day.year
        )

    def date(self, day: date) -> str:
        """Name a day on a wall, also one to come: today, tomorrow, Friday 20 November."""
        ahead = (day - self.local(self.now).date()).days
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
        if ahead in near:
            return self.say(near[ahead])
        if day.year != self.local(self.now).year:
            return self.full_date(day)
        month = self.say(_MONTHS[day.month - 1])
        return self.say(
            "{weekday} {day} {month}", weekday=self.weekday(day.weekday()), day=day.day, month=month
        )

    def weekday(self, number: int) -> str:
        """Name a day of the week; Monday is 0."""
        return self.say(_DAYS[number % 7])

    def span(self, length: timedelta) -> str:
        """Say how long in its largest unit: "90 days", "3 hours", "5 minutes"."""
        minutes = max(0, int(length.total_seconds() // 60))
        if minutes >= 24 * 60:
            return self.count("{n} day", "{n} days", minutes // (24 * 60))
        if minutes >= 60:
            return self.count("{n} hour", "{n} hours", minutes // 60)
        return self.count("{n} minute", "{n} minutes", max(1, minutes))

    def roughly(self, length: timedelta) -> str:
        """Say about how long somebody waits already: "2 years", "3 months", else as `span`."""
        if length.days >= 365:
            return self.count("{n} year", "{n} years", length.days // 365)
        if length.days >= 60:
            return self.count("{n} month", "{n} months", length.days // 30)
        return self.span(length)

    def size(self, octets: int) -> str:
        """Say a file's size: "12 KB", "3.4 MB"."""
        if octets < 1024:
            return self.count("{n} byte", "{n} bytes", octets)
        if octets < 1024 * 1024:
            return self.say("{n} KB", n=max(1, round(octets / 1024)))
        return self.say("{n} MB", n=f"{octets / (1024 * 1024):.1f}")

    def listed(self, names: list[str]) -> str:
        """Join names: "Gmail", "Gmail and Outlook", "A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("{most} and {last}", most=", ".join(names[:-1]), last=names[-1])


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
