"""Somebody who may not use Mailroom any more hears nothing more of the team's contacts and appointments."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.faults import Fault, Kind
from sandbox.slack.standing import change_user
from tests.flows.appointments.dates import add_contact, make
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.contacts.people import fill, submit
from tests.flows.contacts.test_edit import choose, record_of
from tests.flows.discovery.scanning import begin, scans
from tests.flows.inbox.reading import gmail_calls
from tests.stage import Stage, connect, texts

GONE = [{"deleted": True}, {"is_restricted": True}]


def turn(stage: Stage, handle: str, **fields: Any) -> None:
    """Have an administrator change somebody."""
    change_user(stage.slack, stage.workspace, stage.person(handle).id, **fields)
    stage.settle()


def rename(stage: Stage, words: str, name: str) -> None:
    """Have Ben call somebody otherwise."""
    ben = stage.person("ben")
    record_of(stage, "ben", words)
    fill(ben, choose(stage, ben, "edit"), name=name)
    assert submit(stage, ben).accepted
    ben.close()


@pytest.mark.parametrize("fields", GONE)
def test_the_calendar_of_one_who_left_is_written_no_more_until_they_are_back_and_connect_it(
    stage: Stage, fields: dict[str, bool]
) -> None:
    syncing = Syncing(stage, "ann", "ann@northwind.example")
    syncing.connect()
    add_contact(stage)
    syncing.switch_on()
    make(stage, title="Prices", day="2026-12-01")
    stage.ann.close()
    assert syncing.only().title == "Prices · Dana Reyes"
    turn(stage, "ann", **fields)
    rename(stage, "dana", "Dana Secret")
    stage.later(NIGHT)
    assert syncing.only().title == "Prices · Dana Reyes"
    turn(stage, "ann", **dict.fromkeys(fields, False))
    stage.later(NIGHT)
    assert syncing.only().title == "Prices · Dana Reyes"
    syncing.connect()
    syncing.switch_on()
    assert syncing.only().title == "Prices · Dana Secret"


@pytest.mark.parametrize("fields", GONE)
def test_one_who_left_is_reminded_of_nothing(stage: Stage, fields: dict[str, bool]) -> None:
    add_contact(stage)
    make(stage, title="Prices", clock="14:00")
    turn(stage, "ann", **fields)
    stage.later(timedelta(hours=3, minutes=50))
    assert [m for m in stage.ann.dm() if "Prices" in m.text + texts(m.blocks)] == []


@pytest.mark.parametrize("fields", GONE)
def test_a_scan_of_one_who_left_reads_no_further_and_they_can_begin_another(
    stage: Stage, fields: dict[str, bool]
) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "gmail|batch", times=None, status=429, retry_after=600))
    begin(stage)
    stage.ann.close()
    assert scans(stage) == ["running"]
    stage.faults.clear()
    turn(stage, "ann", **fields)
    before = gmail_calls(stage)
    stage.later(timedelta(hours=1))
    assert gmail_calls(stage) == before
    assert scans(stage) == ["cancelled"]
    turn(stage, "ann", **dict.fromkeys(fields, False))
    connect(stage)
    begin(stage)
    assert sorted(scans(stage)) == ["cancelled", "done"]
