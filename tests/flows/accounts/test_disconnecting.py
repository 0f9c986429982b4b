"""Letting an account go: asked first, withdrawn at the provider, deleted here, with a receipt."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from store import accounts, across, members
from store.database import new_id
from store.members import Profile
from tests.flows.accounts.walking import (
    ANN,
    PRIVATE,
    connected,
    live_grants,
    member,
    press_for,
    rows,
    settings,
    shown,
)
from tests.stage import Stage, connect, texts

PERMISSIONS = "https://myaccount.google.com/permissions"
SECOND = timedelta(seconds=1)


def ask(stage: Stage, address: str = ANN) -> None:
    """Open the window."""
    press_for(stage, settings(stage), "accounts.disconnect", f"Disconnect {address}")


def disconnect(stage: Stage, address: str = ANN) -> None:
    """Go all the way."""
    ask(stage, address)
    assert stage.ann.submit().accepted
    stage.later(SECOND)


def test_disconnect_says_first_what_goes_and_what_stays(stage: Stage) -> None:
    connect(stage)
    ask(stage)
    told = shown(stage.ann)
    assert "Deleted here: Mailroom's access to this mailbox" in told
    assert "Stays: your mail itself, what you sent, and the team's contacts and appointments." in told
    assert "people found whom no other mailbox of yours knows" in told
    assert "Whom you dismissed or blocked is not suggested again." in told
    assert "the nightly scan waits until one is connected again" in told
    assert "Google is told that the access has ended." in told
    assert len(stage.ann.window().blocks) <= 7
    stage.ann.close()
    assert len(connected(stage)) == 1


def test_disconnecting_withdraws_deletes_and_gives_a_receipt(stage: Stage) -> None:
    connect(stage)
    stage.type(stage.ann, "/inbox dana@northwind.example")
    disconnect(stage)
    assert f"Disconnected: {ANN}" in shown(stage.ann)
    assert "Google has ended Mailroom's access." in shown(stage.ann)
    assert "and so are people found whom no other mailbox of yours knows" in shown(stage.ann)
    assert "whom you dismissed or blocked is not suggested again" in shown(stage.ann)
    assert "Without a mailbox the nightly scan waits." in shown(stage.ann)
    assert live_grants(stage, ANN) == 0
    assert rows(stage, "account") == []
    assert rows(stage, "own_address") == []
    assert [row["kind"] for row in rows(stage, "activity")] == ["connected", "disconnected"]
    assert "No mailbox is connected." in texts(settings(stage).blocks)
    answer = stage.type(stage.ann, "/inbox dana@northwind.example")
    assert answer is not None
    assert "Connect your mailbox first" in answer.text


def test_closing_the_window_does_not_stop_it(stage: Stage) -> None:
    connect(stage)
    ask(stage)
    assert stage.ann.submit().accepted
    stage.ann.close()
    stage.later(SECOND)
    assert rows(stage, "account") == []
    assert live_grants(stage, ANN) == 0


def test_a_restart_does_not_stop_it(stage: Stage) -> None:
    connect(stage)
    ask(stage)
    assert stage.ann.submit().accepted
    stage.restart()
    stage.later(SECOND)
    assert rows(stage, "account") == []
    assert f"Disconnected: {ANN}" in shown(stage.ann)


def test_a_google_that_cannot_be_reached_keeps_the_account_not_a_moment_longer(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "POST /revoke", times=None))
    disconnect(stage)
    assert rows(stage, "account") == rows(stage, "own_address") == []
    assert "Google could not be reached to end the access there. Mailroom goes on asking" in shown(stage.ann)
    assert stage.ann.element(stage.ann.window(), "accounts.access_page")["url"] == PERMISSIONS


def test_one_hiccup_of_google_is_tried_again(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "POST /revoke", times=1))
    disconnect(stage)
    assert "Google has ended Mailroom's access." in shown(stage.ann)
    assert live_grants(stage, ANN) == 0


def test_access_that_another_workspace_uses_is_not_withdrawn(stage: Stage) -> None:
    connect(stage)
    (account,) = connected(stage)
    with stage.mailroom.database.write() as tx:
        there = across.install(tx, "T0ELSEWHERE", None, "Elsewhere")
        she = members.arrive(tx, there.id, Profile("U0ELSEWHERE", "ann", None, "UTC", "en-US"))
        accounts.add(
            tx,
            there.id,
            she.id,
            new_id(),
            provider="google",
            subject=account.subject,
            address=ANN,
            name="",
            granted=["read"],
            tokens_sealed="v1.k1.x",
            expires_at=stage.clock.now(),
        )
    ask(stage)
    assert "Another connection of the same Google account uses this access" in shown(stage.ann)
    assert stage.ann.submit().accepted
    stage.later(SECOND)
    assert "The access at Google goes on, because another connection uses it." in shown(stage.ann)
    assert live_grants(stage, ANN) == 1
    assert [row["workspace_id"] for row in rows(stage, "account")] == [there.id]


def test_a_slack_that_is_busy_shows_the_receipt_later(stage: Stage) -> None:
    connect(stage)
    ask(stage)
    stage.faults.add(Fault("slack", Kind.STATUS, "views.update", status=429, retry_after=5))
    assert stage.ann.submit().accepted
    stage.later(SECOND)
    assert rows(stage, "account") == []
    assert "Disconnecting" in shown(stage.ann)
    stage.later(timedelta(seconds=10))
    assert "Google has ended Mailroom's access." in shown(stage.ann)
    assert len(stage.faults.calls("google", "POST /revoke")) == 1


def test_the_next_account_becomes_the_default(stage: Stage) -> None:
    connect(stage)
    connect(stage, address=PRIVATE)
    disconnect(stage)
    (left,) = connected(stage)
    assert (left.address, left.is_default) == (PRIVATE, True)
    assert live_grants(stage, PRIVATE) == 1


def test_a_dead_connection_can_be_let_go_too(stage: Stage) -> None:
    connect(stage)
    stage.google.revoke(ANN)
    stage.type(stage.ann, "/inbox dana@northwind.example")
    disconnect(stage)
    assert rows(stage, "account") == []
    assert f"Disconnected: {ANN}" in shown(stage.ann)


def test_a_second_submit_finds_nothing_left_to_do(stage: Stage) -> None:
    connect(stage)
    ask(stage)
    window = stage.ann.window()
    assert stage.ann.submit().accepted
    stage.ann.close()
    ask(stage)
    assert stage.ann.submit().accepted
    stage.later(SECOND)
    assert window is not stage.ann.window()
    assert "disconnected already" in shown(stage.ann) or f"Disconnected: {ANN}" in shown(stage.ann)
    assert len([row for row in rows(stage, "activity") if row["kind"] == "disconnected"]) == 1


def test_somebody_who_connects_again_begins_anew(stage: Stage) -> None:
    connect(stage)
    disconnect(stage)
    stage.ann.close()
    connect(stage)
    (account,) = connected(stage)
    assert account.member_id == member(stage).id
    assert account.is_default
