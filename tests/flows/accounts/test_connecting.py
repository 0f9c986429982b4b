"""From the window in Slack through the browser to a connected mailbox."""

from datetime import timedelta

import pytest

from bot.accounts.sentences import asked_lines
from bot.words import Reader
from providers.oauth import Capability
from sandbox.faults import Fault, Kind
from sandbox.google.walk import walk_consent
from tests.browser_walk import Browser, go_on, sign_in
from tests.flows.accounts.walking import (
    ANN,
    PRIVATE,
    ask_link,
    connected,
    link_of,
    live_grants,
    page_of,
    query_of,
    rows,
    shown,
)
from tests.stage import Stage, connect, texts

KNOW = "Know your e-mail address, to tell which mailbox this is."
SCOPES = {
    "openid": KNOW,
    "https://www.googleapis.com/auth/userinfo.email": KNOW,
    "https://www.googleapis.com/auth/gmail.readonly": "Read your mail, when you ask for a conversation, and",
    "https://www.googleapis.com/auth/gmail.compose": "Send mail as you, only when you press Send in Slack.",
}


def test_a_mailbox_of_the_members_own_slack_address_is_connected_at_once(stage: Stage) -> None:
    page = connect(stage)
    assert page.name == "connect-finished"
    assert "Connected: ann@northwind.example" in page.text
    assert "reading, sending and drafts" in page.text
    assert "code=" not in page.address
    assert "state=" not in page.address
    (account,) = connected(stage)
    assert (account.address, account.state, account.is_default) == (ANN, "active", True)
    assert account.granted == {"read", "send", "draft"}


def test_the_window_says_in_five_lines_what_connecting_means(stage: Stage) -> None:
    ask_link(stage)
    window = stage.ann.window()
    told = shown(stage.ann)
    for word in ("Reads", "Sends", "Keeps", "Shows", "Never"):
        assert word in told
    assert "who wrote to you in the last two weeks, when you scan for people, every night only if" in told
    assert "of people that a scan finds name, address, company and how much went back and forth" in told
    assert 8 <= len(window.blocks) <= 14
    stage.press(stage.ann, window, "accounts.did_it_not_work")
    told = shown(stage.ann)
    assert "Please allow the app Mailroom for our Google accounts" in told
    assert "another browser" in told
    assert 8 <= len(stage.ann.window().blocks) <= 14
    assert link_of(stage.ann), "unfolding help keeps the link"


def test_the_page_names_who_it_is_for_and_has_a_line_for_each_scope(stage: Stage) -> None:
    link, browser = ask_link(stage), Browser()
    page = browser.open(link)
    assert page.name == "connect-confirm"
    assert "Connect a Google mailbox to Mailroom in Northwind for Ann Lee (@ann)" in page.text
    for promise in (
        "to see who wrote it and whether you ever wrote to them, when you scan for people",
        "It scans every night only if you switch that on",
        "Of people that a scan finds it keeps name, address, company and how much went back and forth",
        "for up to 90 days",
        "It keeps no mail",
        "kept, sealed, for seven days",
        "passes through Slack's servers",
        "Colleagues never see your mail",
        "Administrators see that you connected",
        "You can disconnect at any time",
    ):
        assert promise in page.text
    scopes = query_of(go_on(browser, link))["scope"].split()
    assert set(scopes) == set(SCOPES)
    for scope in scopes:
        assert SCOPES[scope] in page.text
    for capability in Capability:
        lines = 3 if capability is Capability.CALENDAR else 2  # Google asks about calendars twice
        assert len(asked_lines(frozenset({capability}), Reader())) == lines


def test_opening_the_page_uses_nothing_up(stage: Stage) -> None:
    link = ask_link(stage)
    for _ in range(3):
        assert Browser().open(link).status == 200
    assert sign_in(Browser(), link, ANN).name == "connect-finished"


def test_the_link_is_shown_for_another_browser(stage: Stage) -> None:
    link = ask_link(stage)
    page = Browser().open(link)
    assert "Copy the link for another browser" in page.text
    assert link in page.text


def test_pages_can_be_framed_cached_and_traced_by_nobody(stage: Stage) -> None:
    page = Browser().open(ask_link(stage))
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.html
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("mailroom=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_pkce_and_a_fresh_consent_are_asked_for(stage: Stage) -> None:
    query = query_of(go_on(Browser(), ask_link(stage)))
    assert query["code_challenge_method"] == "S256"
    assert query["access_type"] == "offline"
    assert query["login_hint"] == ANN
    assert "consent" in query["prompt"]
    assert len(query["state"]) >= 43


def test_this_is_not_me_ends_the_attempt(stage: Stage) -> None:
    link, browser = ask_link(stage), Browser()
    page = page_of(browser.press(browser.open(link), decision="not_me"))
    stage.settle()
    assert "works no longer" in page.text
    assert Browser().open(link).status == 410
    assert "This attempt has ended" in shown(stage.ann)


def test_a_link_works_once(stage: Stage) -> None:
    link, browser = ask_link(stage), Browser()
    page = browser.open(link)
    go_on(browser, link)
    again = page_of(browser.press(page, decision="go_on"))
    assert again.status == 410
    assert "This link was used already" in again.text


def test_a_link_is_good_for_ten_minutes(stage: Stage) -> None:
    link, browser = ask_link(stage), Browser()
    page = browser.open(link)
    stage.later(timedelta(minutes=10))
    assert browser.open(link).status == 410
    late = page_of(browser.press(page, decision="go_on"))
    assert "This link is too old" in late.text
    stage.press(stage.ann, stage.ann.window(), "accounts.new_link")
    assert sign_in(Browser(), link_of(stage.ann), ANN).name == "connect-finished"


def test_a_new_link_ends_the_old_one(stage: Stage) -> None:
    old = ask_link(stage)
    stage.press(stage.ann, stage.ann.window(), "accounts.new_link")
    fresh = link_of(stage.ann)
    assert fresh != old
    assert Browser().open(old).status == 410
    assert sign_in(Browser(), fresh, ANN).name == "connect-finished"
    stage.settle()
    assert f"Connected: {ANN}" in shown(stage.ann)


def test_the_same_mailbox_connected_twice_is_one_account(stage: Stage) -> None:
    connect(stage)
    (before,) = rows(stage, "account")
    connect(stage)
    (after,) = rows(stage, "account")
    assert after["id"] == before["id"]
    assert after["tokens_version"] == before["tokens_version"] + 1
    assert live_grants(stage, ANN) >= 1


def test_aliases_count_as_own_addresses(stage: Stage) -> None:
    connect(stage)
    kept = {(row["address"], row["source"]) for row in rows(stage, "own_address")}
    assert kept == {(ANN, "login"), ("ann.lee@northwind.example", "alias")}


def test_several_mailboxes_stand_side_by_side(stage: Stage) -> None:
    connect(stage)
    page = connect(stage, address=PRIVATE)
    assert page.name == "connect-digits"
    first, second = connected(stage)
    assert (first.address, first.is_default) == (ANN, True)
    assert (second.address, second.is_default) == (PRIVATE, False)


def test_a_wish_is_answered_after_connecting(stage: Stage) -> None:
    answer = stage.type(stage.ann, "/inbox dana@northwind.example lunch")
    assert answer is not None
    stage.press(stage.ann, answer, "accounts.connect_google")
    sign_in(Browser(), link_of(stage.ann), ANN)
    stage.settle()
    window = stage.ann.window()
    assert f"Connected: {ANN}" in texts(window.blocks)
    stage.press(stage.ann, window, "accounts.show_wish")
    told = shown(stage.ann)
    assert "Lunch when you are in town?" in told
    assert len(stage.ann.windows()) == 1


@pytest.mark.parametrize("closed", [True, False])
def test_a_message_comes_only_if_the_window_was_closed(stage: Stage, closed: bool) -> None:
    answer = stage.type(stage.ann, "/inbox dana@northwind.example")
    assert answer is not None
    stage.press(stage.ann, answer, "accounts.connect_google")
    link = link_of(stage.ann)
    if closed:
        stage.ann.close()
    sign_in(Browser(), link, ANN)
    stage.settle()
    if not closed:
        assert stage.ann.dm() == []
        return
    (message,) = stage.ann.dm()
    assert message.text == "ann@northwind.example is connected to Mailroom."
    stage.press(stage.ann, message, "accounts.show_wish")
    assert "Lunch when you are in town?" in shown(stage.ann)


def test_another_member_cannot_see_that_somebody_connected(stage: Stage) -> None:
    connect(stage)
    assert stage.person("ben").dm() == []
    assert all(ANN not in message.text for message in stage.person("ben").messages("general"))


@pytest.mark.parametrize("kind", [Kind.STATUS, Kind.RESET_BEFORE, Kind.RESET_AFTER])
def test_a_window_that_slack_does_not_redraw_at_once_is_redrawn_later(stage: Stage, kind: Kind) -> None:
    link = ask_link(stage)
    onwards = go_on(browser := Browser(), link)
    stage.settle()
    stage.faults.add(Fault("slack", kind, "views.update", status=503))
    browser.open(walk_consent(onwards, ANN))
    stage.settle()
    stage.later(timedelta(minutes=1))
    assert f"Connected: {ANN}" in shown(stage.ann)
    assert stage.ann.dm() == []


def test_the_account_that_is_likely_meant_is_offered_and_then_the_choice(stage: Stage) -> None:
    assert query_of(go_on(Browser(), ask_link(stage)))["login_hint"] == ANN
    stage.ann.close()
    connect(stage)
    query = query_of(go_on(Browser(), ask_link(stage)))
    assert "login_hint" not in query
    assert "select_account" in query["prompt"]
