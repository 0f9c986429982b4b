"""Access that ends at the provider: said once, nothing lost, mended by the same mailbox only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sandbox.faults import Fault, Kind
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import (
    ANN,
    BEN,
    connected,
    link_of,
    live_grants,
    rows,
    settings,
    shown,
)
from tests.stage import Stage, connect, texts

ASK = "/inbox dana@northwind.example"


def lose(stage: Stage) -> None:
    """Take the access back at Google, and let Mailroom find out."""
    stage.google.revoke(ANN)
    stage.type(stage.ann, ASK)


def test_lost_access_is_said_once_with_a_way_on(stage: Stage) -> None:
    connect(stage)
    lose(stage)
    (message,) = stage.ann.dm()
    assert "Google has ended Mailroom's access to ann@northwind.example." in message.text
    assert "Nothing is lost" in message.text
    assert len(message.blocks) <= 3
    for _ in range(3):
        stage.type(stage.ann, ASK)
    stage.later(timedelta(hours=2))
    assert len(stage.ann.dm()) == 1
    (row,) = rows(stage, "account")
    assert row["state"] == "reconnect"
    assert row["told_lost_at"] is not None
    assert "Access has ended today" in texts(settings(stage).blocks)


def test_many_askers_at_once_tell_it_once(stage: Stage) -> None:
    connect(stage)
    stage.google.revoke(ANN)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: stage.ann.command("general", ASK), range(8)))
    stage.settle()
    assert len(stage.ann.dm()) == 1


def test_reconnecting_keeps_everything(stage: Stage) -> None:
    connect(stage)
    (before,) = rows(stage, "account")
    lose(stage)
    (message,) = stage.ann.dm()
    stage.press(stage.ann, message, "accounts.reconnect")
    assert f"Connect {ANN} again" in shown(stage.ann)
    browser = Browser()
    link = link_of(stage.ann)
    assert "This connects ann@northwind.example again." in browser.open(link).text
    page = sign_in(browser, link, ANN)
    stage.settle()
    assert page.name == "connect-finished"
    (after,) = rows(stage, "account")
    assert (after["id"], after["state"]) == (before["id"], "active")
    assert after["connected_at"] == before["connected_at"]
    assert (after["lost_at"], after["told_lost_at"]) == (None, None)
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Lunch when you are in town?" in answer.text


def test_a_second_loss_is_said_again(stage: Stage) -> None:
    connect(stage)
    lose(stage)
    connect(stage)
    lose(stage)
    assert len(stage.ann.dm()) == 2


def test_reconnecting_with_another_mailbox_changes_nothing(stage: Stage) -> None:
    connect(stage)
    lose(stage)
    (before,) = rows(stage, "account")
    (message,) = stage.ann.dm()
    stage.press(stage.ann, message, "accounts.reconnect")
    page = sign_in(Browser(), link_of(stage.ann), BEN)
    stage.settle()
    assert page.status == 400
    assert "This connection is ann@northwind.example, and another account was chosen." in page.text
    assert "That was another mailbox" in shown(stage.ann)
    assert rows(stage, "account") == [before]
    assert live_grants(stage, BEN) == 0, "the access just given is given back"


def test_a_slack_that_is_busy_hears_of_it_later(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("slack", Kind.STATUS, "chat.postMessage", status=429, retry_after=20))
    lose(stage)
    assert stage.ann.dm() == []
    stage.later(timedelta(seconds=30))
    assert len(stage.ann.dm()) == 1


def test_a_lost_answer_of_slacks_does_not_post_it_twice(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("slack", Kind.RESET_AFTER, "chat.postMessage"))
    lose(stage)
    stage.later(timedelta(minutes=2))
    assert len(stage.ann.dm()) == 1
    assert connected(stage)[0].told_lost_at is not None
