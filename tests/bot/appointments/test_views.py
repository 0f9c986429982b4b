"""What is shown of appointments and Calendar Sync: Slack takes it, with the longest words, in its budget."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.appointments import calendar_lines, form_views, question_views, sync_views, views
from bot.appointments.calendar_rules import event_of
from bot.appointments.dates import Changed, Draft, OfContact, Page, Row, Standing, Stretch
from bot.appointments.rules import DAY, Entry, entry_of
from bot.appointments.syncs import Choice, Choosing, Preview, Question, SyncState
from bot.appointments.times import elsewhere, length, when
from bot.blocks import home_tab, weight, window
from bot.words import Reader, zone_named
from providers.calendar import CalendarInfo, Event, EventRef, ExternalEvent, Hours
from sandbox.slack.blocks.validate import check_view
from store import calendars
from store.appointments import Appointment
from store.calendars import Sync
from store.contacts import Contact
from tests.bot.appointments.test_rules import CALL, as_row, planned
from tests.bot.inbox.given import account
from tests.stage import texts

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
READER = Reader(zone=zone_named("Europe/Berlin"), now=NOW)
LONG = "Maximiliane Friederike <!channel> " * 40
STYLES = ("full", "name", "busy")


def appointment(**changed: Any) -> Appointment:
    return replace(as_row(planned(CALL)), title=LONG, place=LONG, notes=LONG, **changed)


def contact() -> Contact:
    values: dict[str, Any] = dict.fromkeys(Contact.__dataclass_fields__, LONG)
    values |= {"id": "c" * 26, "created_at": NOW, "updated_at": NOW, "addresses": (f"{'a' * 60}@x.example",)}
    return Contact(**values)


ROW = Row(appointment(), LONG, LONG)
SYNC = Sync("w", "m", "a0", "c", LONG, "full", "on", "A1", None, NOW)
CHOICES = tuple(Choice(account(f"a{n}", f"ann{n}@x.example"), "Gmail", "Google", True) for n in range(12))
STATE = SyncState(SYNC, CHOICES, ("google",), waiting=3, written=9)


def held(view: dict[str, Any], most: int) -> None:
    """Hold that Slack takes a window and that it stays in its budget."""
    assert check_view(view) == []
    assert len(view["blocks"]) <= most
    assert weight(view) < 200_000
    assert "<!channel>" not in str([b for b in view["blocks"] if "mrkdwn" in str(b)])


@pytest.mark.parametrize("version", [0, 7])
@pytest.mark.parametrize("changed", [False, True])
def test_the_form_is_within_its_budget(version: int, changed: bool) -> None:
    other = Changed(LONG, appointment(), LONG, LONG) if changed else None
    draft = Draft("a" * 26, version, entry_of(appointment()), contact(), other)
    held(form_views.form_window(draft, READER, on_record=True), 12)


def test_a_form_with_an_unusual_length_and_reminder_shows_them() -> None:
    entry = replace(CALL, minutes="95", remind="7")
    form = form_views.form_window(Draft("a", 1, entry, None), READER)
    assert "1 hour 35 minutes" in str(form) and "7 minutes before" in str(form)
    assert check_view(form) == []


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "08:00 to 08:30 in New York"),
        ("America/Argentina/Buenos_Aires", "10:00 to 10:30 in Buenos Aires"),
        ("US/Eastern", "08:00 to 08:30 in US/Eastern"),
        ("UTC", "13:00 to 13:30 in UTC"),
        ("Pacific/Auckland", "Saturday 28 November, 02:00 to 02:30 in Auckland"),
        ("Europe/Berlin", ""),
        ("Europe/Amsterdam", ""),  # another name for the same clock
    ],
)
def test_a_time_entered_for_another_place_is_said_on_both_clocks(zone: str, said: str) -> None:
    starts = datetime(2026, 11, 27, 13, tzinfo=UTC)
    one = appointment(zone=zone, starts_at=starts, ends_at=starts + timedelta(minutes=30))
    assert elsewhere(one, READER) == said
    shown = texts(views.standing_window(Standing(Row(one, "Dana", "")), READER)["blocks"])
    own = "Friday 27 November, 14:00 to 14:30"
    assert (f"{own} on your clock\n{said}" if said else own) in shown
    assert elsewhere(replace(one, all_day=True), READER) == ""


def test_windows_of_an_appointment_are_within_theirs() -> None:
    held(views.standing_window(Standing(ROW, (ROW,) * 3), READER), 6)
    held(views.standing_window(Standing(replace(ROW, appointment=appointment(state="cancelled"))), READER), 6)
    held(views.choice_window((contact(),) * 9, READER), 12)
    held(views.nobody_window(LONG, "x@x.example", READER), 3)
    tab = views.record_tab(OfContact((ROW,) * 5, (ROW,) * 5, (ROW,) * 3), "c", "Dana", READER)
    assert len(tab) <= 16
    held(window("x", tab, callback_id="x", close="x"), 16)


def test_the_page_of_home_is_within_its_budget() -> None:
    line = calendar_lines.home_line(STATE, READER)
    stretch = Stretch((ROW,) * 15, 15, True, (ROW,) * 8)
    for blocks in (
        views.home_page(Page(stretch, True), line, READER),
        views.earlier_page(stretch, READER),
        views.home_page(Page(), calendar_lines.home_line(SyncState(None), READER), READER),
    ):
        assert len(blocks) <= 45 - 6
        assert check_view(home_tab(blocks)) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Work", "Calendar Sync is on: Work, of ann0@x.example."),
        ("ann0@x.example", "Calendar Sync is on: ann0@x.example."),
    ],
)
def test_a_calendar_called_like_its_account_is_named_once(name: str, said: str) -> None:
    state = replace(STATE, sync=replace(SYNC, calendar_name=name))
    assert said in texts([calendar_lines.home_line(state, READER)])
    shown = texts(sync_views.sync_window(state, READER)["blocks"])
    assert said.removeprefix("Calendar Sync is on: ").removesuffix(".") in shown
    assert shown.count("ann0@x.example") == 1


@pytest.mark.parametrize("place", ["", "15", "earlier", "earlier 30", "earlier 999999999", "30 earlier", "x"])
def test_where_on_the_page_somebody_stands_is_read_whatever_it_says(place: str) -> None:
    past, start = views.place_of(place)
    assert past is ("earlier" in place)
    assert start in (0, 15, 30)


@pytest.mark.parametrize("titles", STYLES)
def test_windows_of_calendar_sync_are_within_theirs(titles: str) -> None:
    infos = tuple(CalendarInfo(f"id{n}", LONG, n == 0) for n in range(120))
    events = tuple(event_of(appointment(), LONG, titles, "Busy", "") for _ in range(10))
    preview = Preview(events, 240)
    choosing = Choosing(CHOICES[0], infos, preview, titles, "", 12)
    held(sync_views.choosing_window(choosing, READER), 25)
    held(sync_views.choosing_window(replace(choosing, calendars=()), READER), 25)
    held(sync_views.sync_window(STATE, READER), 25)
    held(sync_views.sync_window(replace(STATE, sync=None), READER), 25)
    held(sync_views.sync_window(replace(STATE, sync=replace(SYNC, state="lost")), READER), 25)
    held(sync_views.sync_window(SyncState(None, (), ("google", "microsoft")), READER), 25)
    held(sync_views.permission_window(CHOICES[0], READER), 25)
    held(sync_views.accounts_window(STATE, READER), 25)
    held(sync_views.off_window(STATE, READER), 25)
    held(sync_views.done_window(3, True, READER), 25)


@pytest.mark.parametrize("state", ["asked", "kept", "gone", "written"])
def test_a_question_is_within_its_budget_in_window_and_message(state: str) -> None:
    one = appointment()
    row = calendars.Event("e", "w", "m", "a0", "c", one.id, "x", "1", "", state, False, "q", 1, NOW)
    hours = Hours(one.starts_at + timedelta(hours=1), one.ends_at + timedelta(hours=1), "UTC")
    theirs = ExternalEvent(EventRef("c", "k", "x", "2"), LONG, hours, LONG, True, False)
    mine = Event(LONG, Hours(one.starts_at, one.ends_at, "UTC"), LONG)
    question = Question(row, ROW, mine, theirs, "full")
    view = question_views.question_window(question, READER)
    held(view, 5)
    assert ("Take 15:00" in str(view)) is (state == "asked")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (CALL, "today, 14:00 to 14:30"),
        (replace(CALL, day="2026-11-21", clock="23:45"), "tomorrow 23:45 to Sunday 22 November 00:15"),
        (replace(CALL, day="2027-03-01"), "Monday 1 March 2027, 14:00 to 14:30"),
        (replace(CALL, all_day=True, minutes=str(3 * DAY)), "today to Sunday 22 November, all day"),
        (replace(CALL, zone="America/New_York", clock="18:30"), "tomorrow, 00:30 to 01:00"),
    ],
)
def test_a_time_is_said_on_the_readers_clock(entry: Entry, said: str) -> None:
    assert when(as_row(planned(entry)), READER) == said


def test_lengths_are_said_in_words() -> None:
    assert [length(one, READER) for one in (1, 60, 90, DAY, DAY + 61)] == [
        "1 minute",
        "1 hour",
        "1 hour 30 minutes",
        "1 day",
        "1 day 1 hour 1 minute",
    ]
