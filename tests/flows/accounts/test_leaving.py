"""What guests and leavers have connected is revoked at the provider and deleted here (product.md 6)."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.faults import Fault, Kind
from sandbox.slack.standing import change_user
from tests.browser_walk import Browser, Page, go_on, sign_in
from tests.flows.accounts.walking import ANN, BEN, PRIVATE, connected, everything_kept, live_grants, rows
from tests.flows.appointments.dates import add_contact, make
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.outlook.given import CLEO
from tests.stage import Stage, ask_link, connect, texts

ASK = "/inbox dana@northwind.example"
GONE = [{"deleted": True}, {"is_restricted": True}, {"is_ultra_restricted": True}]
DAY = timedelta(days=1, minutes=1)


def change(stage: Stage, handle: str = "ann", **fields: Any) -> None:
    """Have an administrator change somebody; Slack tells of it in a signed request."""
    change_user(stage.slack, stage.workspace, stage.person(handle).id, **fields)
    stage.settle()


def change_unheard(stage: Stage, handle: str = "ann", **fields: Any) -> None:
    """Change somebody while Slack's telling of it goes astray."""
    heard, stage.slack.request_url = stage.slack.request_url, ""
    change(stage, handle, **fields)
    stage.slack.request_url = heard


def wait(stage: Stage) -> None:
    """Let what failed be tried again."""
    for _ in range(6):
        stage.later(timedelta(minutes=30))


def revoked(stage: Stage) -> int:
    return len(stage.faults.calls("google", "POST /revoke"))


@pytest.mark.parametrize("fields", GONE)
def test_google_is_told_at_once_and_nothing_of_the_access_is_kept(
    stage: Stage, fields: dict[str, bool]
) -> None:
    connect(stage)
    connect(stage, address=PRIVATE)
    change(stage, "ann", **fields)
    assert revoked(stage) == 2
    assert (live_grants(stage, ANN), live_grants(stage, PRIVATE)) == (0, 0)
    assert rows(stage, "account") == rows(stage, "own_address") == []
    assert PRIVATE not in " ".join(everything_kept(stage))
    assert [row["kind"] for row in rows(stage, "activity")].count("disconnected") == 2


@pytest.mark.parametrize("fields", GONE)
def test_microsofts_tokens_are_deleted_at_once_where_no_app_can_give_them_back(
    stage: Stage, fields: dict[str, bool]
) -> None:
    connect(stage, "cleo", CLEO)
    assert len(rows(stage, "account")) == 1
    change(stage, "cleo", **fields)
    assert rows(stage, "account") == rows(stage, "own_address") == []
    before = len(stage.faults.calls("graph"))
    stage.later(DAY)
    assert len(stage.faults.calls("graph")) == before


def test_of_everybody_else_nothing_is_touched(stage: Stage) -> None:
    connect(stage)
    connect(stage, "ben", BEN)
    change(stage, "ben", deleted=True)
    assert [one.address for one in connected(stage)] == [ANN]
    assert (live_grants(stage, ANN), live_grants(stage, BEN)) == (1, 0)


def test_somebody_who_is_let_in_again_connects_again(stage: Stage) -> None:
    connect(stage)
    change(stage, is_restricted=True)
    change(stage, is_restricted=False)
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Connect your mailbox first" in answer.text
    connect(stage)
    change(stage, deleted=True)
    assert (live_grants(stage, ANN), revoked(stage)) == (0, 2)


def test_a_mailbox_connected_again_before_the_old_access_is_given_back_stays(stage: Stage) -> None:
    connect(stage)
    (before,) = connected(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "POST /revoke", times=2, status=503))
    change(stage, is_restricted=True)
    change(stage, is_restricted=False)
    connect(stage)
    wait(stage)
    (now,) = connected(stage)
    assert (now.address, now.id == before.id) == (ANN, False)
    assert live_grants(stage, ANN) > 0


def test_a_change_that_was_not_heard_of_is_found_when_they_come_next(stage: Stage) -> None:
    connect(stage)
    change_unheard(stage, is_restricted=True)
    assert live_grants(stage, ANN) == 1
    stage.later(DAY)
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Mailroom is for members of Northwind" in answer.text
    assert live_grants(stage, ANN) == 0
    assert rows(stage, "account") == []


def test_a_google_that_does_not_answer_is_asked_again_before_the_tokens_go(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "POST /revoke", times=3, status=503))
    change(stage, deleted=True)
    assert rows(stage, "account") == []
    wait(stage)
    assert live_grants(stage, ANN) == 0
    assert rows(stage, "pending") == []


def test_a_restart_in_between_stops_nothing(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "POST /revoke", times=2, status=503))
    change(stage, deleted=True)
    stage.restart()
    wait(stage)
    assert live_grants(stage, ANN) == 0


def test_told_twice_it_happens_once(stage: Stage) -> None:
    connect(stage)
    change(stage, deleted=True)
    change(stage, deleted=True, real_name="Ann Lee-Abel")
    assert revoked(stage) == 1


def test_a_mailbox_that_waits_for_its_digits_is_given_back(stage: Stage) -> None:
    page = sign_in(Browser(), ask_link(stage), PRIVATE)
    stage.settle()
    assert page.digits
    assert live_grants(stage, PRIVATE) == 1
    change(stage, deleted=True)
    assert live_grants(stage, PRIVATE) == 0
    assert rows(stage, "pending") == []


def test_who_became_a_guest_while_at_google_connects_nothing(stage: Stage) -> None:
    browser, link = Browser(), ask_link(stage)
    before = go_on(browser, link)
    change(stage, is_restricted=True)
    page = browser.open(stage.google.consent(before, ANN))
    assert isinstance(page, Page)
    stage.settle()
    assert "only its members can connect a mailbox" in page.text
    assert "The access was given back." in page.text
    assert rows(stage, "account") == []
    assert live_grants(stage, ANN) == 0


@pytest.mark.parametrize(("handle", "address"), [("ann", ANN), ("cleo", CLEO)])
def test_what_stands_in_their_calendar_stays_and_nothing_more_is_written(
    stage: Stage, handle: str, address: str
) -> None:
    syncing = Syncing(stage, handle, address)
    syncing.connect()
    add_contact(stage)
    syncing.switch_on()
    make(stage, handle=handle, title="Prices", day="2026-12-01")
    stage.person(handle).close()
    before = syncing.only().id
    change(stage, handle, deleted=True)
    stage.later(NIGHT)
    assert syncing.only().id == before
    assert rows(stage, "account") == []


def test_they_are_told_nothing_and_asked_nothing(stage: Stage) -> None:
    connect(stage)
    before = len(stage.ann.dm())
    change(stage, is_restricted=True)
    stage.later(DAY)
    assert [texts(one.blocks) for one in stage.ann.dm()[before:]] == []
