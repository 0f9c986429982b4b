"""Somebody who may not use Mailroom any more is refused at once, not when a day is over."""

from typing import Any

import pytest

from sandbox.slack.standing import change_user
from tests.flows.accounts.walking import rows
from tests.stage import Stage, connect, texts

ASK = "/inbox dana@northwind.example"


def change(stage: Stage, handle: str, **fields: Any) -> None:
    change_user(stage.slack, stage.workspace, stage.person(handle).id, **fields)
    stage.settle()


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
