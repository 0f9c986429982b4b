import re
from datetime import UTC, date, datetime, timedelta

import pytest
from werkzeug.test import Client

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Days, Entry, Hours
from sandbox.people import create_people
from tests.sandbox.seed.place import ANN, Place

AT_TWO = datetime(2026, 11, 25, 13, 0, 30, tzinfo=UTC)  # 14:00:30 in Amsterdam
HOUR = timedelta(hours=1)


@pytest.fixture
def browser(place: Place) -> Client:
    return Client(create_people(place.world))


@pytest.fixture
def projects(place: Place) -> Calendar:
    return next(one for one in place.world.calendars.of(place.ann.person) if one.name == "Projects")


@pytest.fixture
def lunch(projects: Calendar) -> Entry:
    when = Hours(AT_TWO, AT_TWO + HOUR, "Europe/Amsterdam")
    return projects.write("lunch", title="Lunch <b>", when=when, notes="With Dana", properties={"k": "1"})


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def entry_path(calendar: Calendar, entry: Entry) -> str:
    return f"/{ANN}/calendar/{calendar.id}/{entry.id}/"


def form(browser: Client, path: str) -> dict[str, str]:
    """Read what the form of an entry would send untouched."""
    html = page(browser, path)
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', html)
    return {name: value for name, value in fields if name != "act"}


def test_the_list_leads_to_everybodys_calendars(browser: Client, place: Place) -> None:
    html = page(browser, "/calendars/")
    people = [one for one in place.world.people if one.provider != "elsewhere"]
    assert re.findall(r'data-address="([^"]+)"', html)[0] == ANN
    for person in people:
        assert f'data-address="{person.address}"' in html
        assert "data-calendar" in page(browser, f"/{person.address}/calendar/")


def test_who_has_no_account_has_no_calendar(browser: Client, place: Place) -> None:
    outside = next(one for one in place.world.people if one.provider == "elsewhere")
    assert browser.get(f"/{outside.address}/calendar/").status_code == 404
    assert f"/{outside.address}/calendar/" not in page(browser, f"/{outside.address}/")
    assert f"/{ANN}/calendar/" in page(browser, f"/{ANN}/")


def test_an_event_is_shown_with_its_time_on_the_calendars_wall(browser: Client, lunch: Entry) -> None:
    html = page(browser, f"/{ANN}/calendar/")
    assert "Lunch &lt;b&gt;" in html and lunch.id in html
    assert "Wed 25 Nov 2026, 14:00 to 15:00" in html


def test_an_event_is_moved_by_hand(browser: Client, projects: Calendar, lunch: Entry) -> None:
    path = entry_path(projects, lunch)
    answer = browser.post(path, data={**form(browser, path), "from": "15:00", "to": "16:30"})
    assert answer.status_code == 302
    moved = projects.entry(lunch.id)
    assert moved is not None and moved.version > lunch.version
    starts = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
    assert moved.when == Hours(starts, starts + 1.5 * HOUR, "Europe/Amsterdam")


def test_renaming_moves_nothing(browser: Client, projects: Calendar, lunch: Entry) -> None:
    path = entry_path(projects, lunch)
    browser.post(path, data={**form(browser, path), "title": "Dinner"})
    renamed = projects.entry(lunch.id)
    assert renamed is not None
    assert (renamed.title, renamed.when, renamed.notes) == ("Dinner", lunch.when, lunch.notes)


def test_whole_days_are_moved_as_days(browser: Client, projects: Calendar) -> None:
    fair = projects.write("fair", title="Fair", when=Days(date(2026, 11, 27), date(2026, 11, 29)))
    path = entry_path(projects, fair)
    browser.post(path, data={**form(browser, path), "last": "2026-11-28"})
    moved = projects.entry(fair.id)
    assert moved is not None and moved.when == Days(date(2026, 11, 27), date(2026, 11, 28))
    assert "Fri 27 Nov 2026 to Sat 28 Nov 2026, All day" in page(browser, f"/{ANN}/calendar/")


def test_an_event_is_deleted_by_hand(browser: Client, projects: Calendar, lunch: Entry) -> None:
    path = entry_path(projects, lunch)
    assert browser.post(path, data={"act": "delete"}).status_code == 302
    assert projects.entries() == ()
    assert browser.get(path).status_code == 404
    assert browser.post(path, data={"act": "delete"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("from", "half past"), ("first", ""), ("to", "13:00"), ("last", "2026-11-24")]
)
def test_a_time_that_cannot_be_is_told_and_changes_nothing(
    browser: Client, projects: Calendar, lunch: Entry, name: str, value: str
) -> None:
    path = entry_path(projects, lunch)
    answer = browser.post(path, data={**form(browser, path), name: value})
    assert answer.status_code == 200 and 'role="alert"' in answer.get_data(as_text=True)
    assert projects.entry(lunch.id) == lunch


def test_a_form_of_another_site_is_refused(browser: Client, projects: Calendar, lunch: Entry) -> None:
    path = entry_path(projects, lunch)
    answer = browser.post(path, data={"act": "delete"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert projects.entry(lunch.id) == lunch
