"""Slack does not say who somebody is: whoever it admitted within the hour goes on, nobody else does."""

from datetime import timedelta
from threading import Event, Thread

import pytest

from sandbox.faults import Fault, Kind
from sandbox.slack.standing import change_user
from tests.flows.accounts.walking import rows
from tests.stage import Stage, connect, texts

ASK = "/inbox dana@northwind.example"
LISTED = "Lunch when you are in town?"
A_MINUTE, AN_HOUR = timedelta(minutes=1, seconds=5), timedelta(hours=1)
SILENT = [(Kind.STATUS, 503), (Kind.STATUS, 500), (Kind.STATUS, 429), (Kind.RESET_BEFORE, 0)]


def fall_silent(stage: Stage, kind: Kind = Kind.STATUS, status: int = 503) -> None:
    stage.faults.add(Fault("slack", kind, "users.info", times=None, status=status, retry_after=20))


def answer(stage: Stage) -> str:
    said = stage.type(stage.ann, ASK)
    assert said is not None
    return said.text + texts(said.blocks)


@pytest.mark.parametrize(("kind", "status"), SILENT)
def test_a_minute_after_the_first_press_a_member_goes_on_while_slack_gives_no_answer(
    stage: Stage, kind: Kind, status: int
) -> None:
    connect(stage)
    fall_silent(stage, kind, status)
    stage.restart()
    stage.later(A_MINUTE)
    assert LISTED in answer(stage)


def test_whoever_was_known_for_a_day_goes_on_for_an_hour_and_no_longer(stage: Stage) -> None:
    connect(stage)
    stage.later(A_MINUTE)
    answer(stage)
    fall_silent(stage)
    stage.later(timedelta(hours=24, minutes=50))
    assert LISTED in answer(stage)
    stage.later(timedelta(minutes=10))
    assert LISTED not in answer(stage)
    stage.faults.clear("slack")
    assert LISTED in answer(stage)


def test_after_the_first_press_nobody_goes_on_for_more_than_an_hour(stage: Stage) -> None:
    connect(stage)
    fall_silent(stage)
    stage.later(AN_HOUR)
    assert LISTED not in answer(stage)


def test_somebody_who_never_came_is_not_let_in_while_slack_is_silent(stage: Stage) -> None:
    connect(stage)
    fall_silent(stage)
    said = stage.type(stage.person("ben"), ASK)
    assert said is not None
    assert "try again in a minute" in said.text
    assert [row["name"] for row in rows(stage, "member")] == ["Ann Lee"]


@pytest.mark.parametrize("back", [False, True])
def test_somebody_who_was_refused_is_asked_about_again_before_they_go_on(stage: Stage, back: bool) -> None:
    connect(stage)
    stage.later(A_MINUTE)
    change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=True)
    stage.settle()
    if back:
        change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=False)
        stage.settle()
    fall_silent(stage)
    assert "try again in a minute" in answer(stage)


def test_somebody_who_becomes_a_guest_while_slack_is_asked_in_vain_does_not_go_on(stage: Stage) -> None:
    connect(stage)
    stage.later(A_MINUTE)
    stage.faults.add(Fault("slack", Kind.DELAY, "users.info", seconds=1))
    fall_silent(stage)
    asking = Thread(target=stage.ann.command, args=("general", ASK))
    asking.start()
    while len(stage.faults.standing()) > 1:
        Event().wait(0.01)
    change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=True)
    asking.join()
    stage.settle()
    (kept,) = rows(stage, "member")
    assert kept["is_guest"]
    assert LISTED not in texts(stage.ann.messages("general")[-1].blocks)


def test_slack_is_not_asked_at_every_press_while_it_gives_no_answer(stage: Stage) -> None:
    connect(stage)
    stage.later(A_MINUTE)
    fall_silent(stage)
    stage.faults.forget_calls()
    for _ in range(3):
        assert LISTED in answer(stage)
    assert len(stage.faults.calls("slack", "users.info")) == 1
    stage.faults.clear("slack")
    stage.later(timedelta(seconds=31))
    answer(stage)
    assert len(stage.faults.calls("slack", "users.info")) == 2
