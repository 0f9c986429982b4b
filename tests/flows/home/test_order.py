"""An older drawing of Home never stays on top of a newer one."""

from datetime import timedelta

from slack_sdk import WebClient

from bot.blocks import header, home_tab
from sandbox.faults import Fault, Kind
from tests.flows.home.looking import look, shown, until, words
from tests.stage import Stage, connect

HELD = 1.0  # real seconds: long enough for another drawing to overtake


def hold_next_drawing(stage: Stage) -> None:
    stage.faults.add(Fault("slack", Kind.DELAY, path="views.publish", seconds=HELD))


def held(stage: Stage) -> bool:
    """Say whether the drawing is on its way and has not arrived."""
    return not stage.faults.standing()


def test_a_drawing_that_was_overtaken_is_dropped(stage: Stage) -> None:
    connect(stage)
    look(stage)
    hold_next_drawing(stage)
    stage.ann.open_home()
    until(lambda: held(stage))
    stage.ann.press(shown(stage), "home.accounts")
    until(lambda: "Allowed: reading" in words(shown(stage)))
    stage.settle()
    assert "Allowed: reading" in words(shown(stage))


def test_of_the_first_two_drawings_the_newer_one_stays(stage: Stage) -> None:
    hold_next_drawing(stage)
    stage.ann.open_home()
    until(lambda: held(stage))
    connect(stage)
    assert "ann@northwind.example connected" in words(shown(stage))
    stage.settle()
    assert "ann@northwind.example connected" in words(shown(stage))


def test_a_home_that_something_else_changed_is_drawn_over(stage: Stage) -> None:
    connect(stage)
    look(stage)
    before = len(stage.faults.calls("slack", "views.publish"))
    installed = stage.workspace.installation
    assert installed is not None
    client = WebClient(installed.bot_token, base_url=f"{stage.base}/api/")
    client.views_publish(user_id=stage.ann.id, view=home_tab([header("Something else")]))
    assert "Something else" in words(shown(stage))
    assert "ann@northwind.example connected" in words(look(stage))
    assert len(stage.faults.calls("slack", "views.publish")) == before + 3, "refused once, then drawn"


def test_many_openings_at_once_end_with_what_is_true(stage: Stage) -> None:
    connect(stage)
    for _ in range(12):
        stage.ann.open_home()
    stage.ann.press(shown(stage), "home.accounts")
    stage.settle()
    assert "Allowed: reading" in words(shown(stage))
    stage.later(timedelta(hours=2))
    assert "Whose conversations" in words(look(stage))
