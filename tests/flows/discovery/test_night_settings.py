"""The nightly scan is off until it is switched on; every way to change it says how it stands."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sandbox.slack.state import View
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import settings
from tests.flows.discovery.nights import night, planned
from tests.flows.discovery.scanning import begin
from tests.stage import Stage, ask_link, connect, texts

BOTH = ["discovery.night", "discovery.digest"]


def said(stage: Stage, word: str) -> str:
    """What `/inbox digest …` answers."""
    answer = stage.type(stage.ann, f"/inbox digest {word}".strip())
    assert answer is not None
    return answer.text


def choose(stage: Stage, action_id: str, value: str) -> View:
    """Choose something on the settings page; the page as it stands then."""
    stage.press(stage.ann, settings(stage), f"discovery.{action_id}", value=value)
    home = stage.ann.home()
    assert home is not None
    return home


def test_nothing_happens_at_night_until_it_is_switched_on(stage: Stage) -> None:
    connect(stage)
    stage.later(timedelta(days=3))
    assert planned(stage) == []
    assert stage.ann.dm() == []
    assert "The nightly scan is off." in texts(settings(stage).blocks)


def test_the_command_switches_on_and_off_and_sets_the_hour(stage: Stage) -> None:
    connect(stage)
    assert "The nightly scan is on." in said(stage, "on")
    assert planned(stage) == BOTH
    row = night(stage)
    # 08:00 in Amsterdam, a Saturday in winter; the scan lies in the small hours before
    assert row["tell_at"] == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    assert datetime(2026, 11, 21, 0, 0, tzinfo=UTC) <= row["scan_at"] <= datetime(2026, 11, 21, 4, tzinfo=UTC)
    assert "a message tells you at 17:00. Next time: today." in said(stage, "17")
    assert night(stage)["tell_at"] == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert planned(stage) == ["discovery.digest"], "its scan has begun; what was planned before is gone"
    assert "The nightly scan is off." in said(stage, "off")
    assert planned(stage) == []
    stage.later(timedelta(days=2))
    assert stage.ann.dm() == []


@pytest.mark.parametrize("word", ["8", "08", "8:00", "08.00"])
def test_an_hour_is_understood_in_every_form_and_switches_on(stage: Stage, word: str) -> None:
    connect(stage)
    said(stage, "22")
    assert "a message tells you at 08:00" in said(stage, word)
    assert night(stage)["is_on"]


@pytest.mark.parametrize("word", ["", "maybe", "24", "-1", "8:30", "٨", "on please"])
def test_anything_else_says_what_can_be_typed_and_changes_nothing(stage: Stage, word: str) -> None:
    connect(stage)
    assert "Type /inbox digest on or /inbox digest off" in said(stage, word)
    assert planned(stage) == []


def test_without_a_mailbox_it_leads_to_connecting(stage: Stage) -> None:
    answer = stage.type(stage.ann, "/inbox digest on")
    assert answer is not None
    assert "No mailbox is connected" in answer.text
    stage.press(stage.ann, answer, "accounts.connect_google")
    assert "Connect" in texts(stage.ann.window().blocks)


def test_the_settings_page_chooses_hour_and_days(stage: Stage) -> None:
    connect(stage)
    home = choose(stage, "nightly", "on")
    assert "Next time: tomorrow." in texts(home.blocks)
    choose(stage, "nightly_hour", "6")
    assert night(stage)["hour"] == 6
    home = choose(stage, "nightly_days", "working")
    assert "Next time: Monday 23 November." in texts(home.blocks)
    assert night(stage)["tell_date"] == date(2026, 11, 23)
    home = choose(stage, "nightly", "off")
    assert "The nightly scan is off." in texts(home.blocks)
    assert planned(stage) == []


def test_hour_days_and_pause_are_labelled_in_words(stage: Stage) -> None:
    connect(stage)
    home = choose(stage, "nightly", "on")
    labels = {
        one["accessory"]["action_id"]: one["text"]["text"]
        for one in home.blocks
        if one["type"] == "section" and "accessory" in one
    }
    assert labels["discovery.nightly_hour"] == "Hour of the message"
    assert labels["discovery.nightly_days"] == "Days with a message"
    assert labels["discovery.nightly_pause"].startswith("Pause until")


def test_a_pause_ends_on_its_day_or_at_once(stage: Stage) -> None:
    connect(stage)
    said(stage, "on")
    home = choose(stage, "nightly_pause", "2026-12-01")
    assert "It goes on with a message at 08:00 on Tuesday 1 December." in texts(home.blocks)
    assert night(stage)["tell_date"] == date(2026, 12, 1)
    assert planned(stage) == BOTH
    home = settings(stage)
    stage.press(stage.ann, home, "discovery.nightly_go_on")
    assert night(stage)["tell_date"] == date(2026, 11, 21)
    assert planned(stage) == BOTH


def test_a_pause_that_ends_today_is_refused_with_a_sentence(stage: Stage) -> None:
    connect(stage)
    said(stage, "on")
    home = choose(stage, "nightly_pause", "2026-11-20")
    assert "A pause ends on a day that is still to come. Nothing was changed." in texts(home.blocks)
    assert night(stage)["paused_until"] is None


def test_names_in_notifications_are_a_box(stage: Stage) -> None:
    connect(stage)
    home = settings(stage)
    stage.ann.fill(home, "discovery.names", [])
    stage.settle()
    box = stage.ann.element(settings(stage), "discovery.names")
    assert "initial_options" not in box


def test_switching_on_and_off_all_night_leaves_one_plan(stage: Stage) -> None:
    connect(stage)
    for _ in range(3):
        said(stage, "on")
        said(stage, "off")
    said(stage, "on")
    said(stage, "on")
    assert planned(stage) == BOTH


def actions_of(view: View) -> list[str]:
    """The action ids of a window's buttons."""
    return [
        one["action_id"] for block in view.blocks for one in block.get("elements", ()) if "action_id" in one
    ]


def test_it_is_offered_after_the_first_scan_and_the_button_goes_when_it_is_pressed(stage: Stage) -> None:
    connect(stage)
    window = begin(stage)
    stage.press(stage.ann, window, "discovery.nightly_on")
    window = stage.ann.window()
    assert "The nightly scan is on." in texts(window.blocks)
    assert "discovery.nightly_on" not in actions_of(window)
    assert planned(stage) == BOTH
    stage.ann.close()
    assert "discovery.nightly_on" not in actions_of(begin(stage))


def test_it_is_offered_where_a_mailbox_has_just_been_connected(stage: Stage) -> None:
    sign_in(Browser(), ask_link(stage), "ann@northwind.example")
    stage.settle()
    window = stage.ann.window()
    stage.press(stage.ann, window, "discovery.nightly_on")
    window = stage.ann.window()
    assert "The nightly scan is on." in texts(window.blocks)
    assert "Connected: ann@northwind.example" in texts(window.blocks)
    assert "discovery.nightly_on" not in actions_of(window)
    assert "discovery.start_scan" in actions_of(window)
    assert planned(stage) == BOTH
