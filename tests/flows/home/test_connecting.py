"""App Home while a mailbox is being connected in the browser."""

from datetime import timedelta

from sandbox.google.walk import walk_consent
from tests.browser_walk import Browser, go_on
from tests.flows.home.looking import look, shown, words
from tests.stage import Stage, connect

WAITING = "Connecting Gmail: waiting for the page in your browser, since"


def begin(stage: Stage, browser: Browser) -> str:
    """Press Connect on Home and go on to Google; returns Google's address."""
    stage.press(stage.ann, look(stage), "accounts.connect_google")
    link = stage.ann.element(stage.ann.window(), "accounts.open_page")["url"]
    onwards = go_on(browser, link)
    stage.settle()
    return onwards


def test_home_waits_for_the_browser_and_then_shows_the_mailbox(stage: Stage) -> None:
    browser = Browser()
    onwards = begin(stage, browser)
    assert WAITING in words(shown(stage))
    assert "What Mailroom does" not in words(shown(stage))
    browser.open(walk_consent(onwards, "ann@northwind.example"))
    stage.settle()
    assert WAITING not in words(shown(stage))
    assert "ann@northwind.example connected" in words(shown(stage))


def test_what_was_begun_can_be_given_up_on_home(stage: Stage) -> None:
    begin(stage, Browser())
    stage.press(stage.ann, shown(stage), "accounts.cancel")
    assert WAITING not in words(shown(stage))
    assert "What Mailroom does" in words(shown(stage))


def test_help_with_connecting_opens_from_home(stage: Stage) -> None:
    begin(stage, Browser())
    stage.ann.close()
    stage.press(stage.ann, shown(stage), "accounts.did_it_not_work")
    assert "asks for an administrator" in words(stage.ann.window())


def test_an_attempt_that_nobody_finishes_is_over_after_ten_minutes(stage: Stage) -> None:
    begin(stage, Browser())
    stage.later(timedelta(minutes=11))
    assert WAITING not in words(look(stage))


def test_an_attempt_left_lying_is_not_waited_for_once_a_later_one_gave_the_mailbox(stage: Stage) -> None:
    begin(stage, Browser())
    stage.ann.close()
    stage.later(timedelta(minutes=1))
    connect(stage)
    assert WAITING not in words(look(stage))
    assert "ann@northwind.example connected" in words(look(stage))
    stage.later(timedelta(minutes=1))
    stage.ann.command("general", "/inbox connect")
    stage.settle()
    stage.press(stage.ann, stage.ann.window(), "accounts.connect_google")
    go_on(Browser(), stage.ann.element(stage.ann.window(), "accounts.open_page")["url"])
    stage.settle()
    assert WAITING in words(look(stage)), "a later one is waited for"
