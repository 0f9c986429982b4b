"""Somebody who may not use Mailroom any more is refused at once, not when a day is over."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest

from sandbox.faults import Fault, Kind
from sandbox.slack.standing import change_user
from tests.flows.accounts.walking import rows
from tests.stage import Stage, connect, texts

ASK = "/inbox dana@northwind.example"


def change(stage: Stage, handle: str, **fields: Any) -> None:
    change_user(stage.slack, stage.workspace, stage.person(handle).id, **fields)
    stage.settle()


def until_it_strikes(stage: Stage) -> None:
    """Wait until what goes wrong has gone wrong."""
    while stage.faults.standing():
        Event().wait(0.01)


@pytest.mark.parametrize("fields", [{"is_restricted": True}, {"is_ultra_restricted": True}])
def test_a_member_who_becomes_a_guest_is_refused_at_once_and_connects_again_when_let_in(
    stage: Stage, fields: dict[str, bool]
) -> None:
    connect(stage)
    change(stage, "ann", **fields)
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Mailroom is for members of Northwind" in answer.text
    change(stage, "ann", **dict.fromkeys(fields, False))
    connect(stage)
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Lunch when you are in town?" in texts(answer.blocks)


def test_another_name_is_known_at_once(stage: Stage) -> None:
    connect(stage)
    change(stage, "ann", real_name="Ann Lee-Abel")
    stage.type(stage.ann, ASK)
    assert [row["name"] for row in rows(stage, "member")] == ["Ann Lee-Abel"]


def test_of_people_who_never_came_nothing_is_kept_and_a_status_costs_no_question(stage: Stage) -> None:
    connect(stage)
    change(stage, "ben", real_name="Ben Ortega")
    assert [row["name"] for row in rows(stage, "member")] == ["Ann Lee"]
    stage.faults.forget_calls()
    change(stage, "ann")
    stage.type(stage.ann, ASK)
    assert stage.faults.calls("slack", "users.info") == []


def test_an_answer_that_is_older_than_what_slack_told_meanwhile_counts_for_nothing(stage: Stage) -> None:
    connect(stage)
    stage.later(timedelta(hours=25))
    stage.faults.add(Fault("slack", Kind.SLOW_AFTER, "users.info", seconds=1))  # read, and slow to arrive
    asking = Thread(target=stage.ann.command, args=("general", ASK))
    asking.start()
    until_it_strikes(stage)
    change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=True)
    asking.join()
    stage.settle()
    assert [row["is_guest"] for row in rows(stage, "member")] == [True]
    assert rows(stage, "account") == []
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Mailroom is for members of Northwind" in answer.text


def test_what_slack_told_of_somebody_before_their_first_visit_was_over_is_found_a_minute_later(
    stage: Stage,
) -> None:
    stage.faults.add(Fault("slack", Kind.SLOW_AFTER, "users.info", seconds=1))
    coming = Thread(target=stage.ann.command, args=("general", ASK))
    coming.start()
    until_it_strikes(stage)
    change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=True)
    coming.join()
    stage.settle()
    stage.later(timedelta(minutes=2))
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Mailroom is for members of Northwind" in answer.text


def test_a_change_that_slack_delivers_after_a_newer_one_ends_nothing(stage: Stage) -> None:
    connect(stage)
    stage.slack.request_url, heard = f"{stage.url}/nowhere", stage.slack.request_url
    change(stage, "ann", is_restricted=True)  # refused, and told again in a minute
    stage.slack.request_url = heard
    stage.clock.advance(timedelta(seconds=5))
    change(stage, "ann", is_restricted=False)
    stage.later(timedelta(minutes=10))
    assert len(rows(stage, "account")) == 1
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Lunch when you are in town?" in texts(answer.blocks)
