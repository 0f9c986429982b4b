"""Six digits: a mailbox that is not the member's Slack address is named before it counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sandbox.faults import Fault, Kind
from sandbox.google.walk import walk_consent
from tests.browser_walk import Browser, Page, sign_in
from tests.flows.accounts.walking import (
    ANN,
    DIGITS,
    PRIVATE,
    ask_link,
    connected,
    everything_kept,
    link_of,
    live_grants,
    rows,
    shown,
)
from tests.stage import Stage, standing


def reach_digits(stage: Stage) -> tuple[Browser, Page]:
    browser = Browser()
    page = sign_in(browser, ask_link(stage), PRIVATE)
    stage.settle()
    assert page.name == "connect-digits"
    return browser, page


def guess(stage: Stage, digits: str) -> dict[str, str]:
    stage.ann.fill(stage.ann.window(), DIGITS, digits)
    errors = stage.ann.submit().errors
    stage.settle()
    return errors


def wrong(page: Page) -> str:
    return f"{(int(page.digits) + 1) % 1_000_000:06d}"


def test_nothing_is_connected_before_the_digits_are_typed(stage: Stage) -> None:
    _, page = reach_digits(stage)
    assert connected(stage) == ()
    assert "This mailbox is ann.lee.private@gmail.example" in page.text
    assert "in the Connect window of Ann Lee (@ann) in Northwind" in page.text
    assert "Whoever asks you for this number wants to read your mail." in page.text
    assert PRIVATE in shown(stage.ann)
    assert guess(stage, f"{page.digits[:3]} {page.digits[3:]}") == {}
    assert [one.address for one in connected(stage)] == [PRIVATE]
    assert f"Connected: {PRIVATE}" in shown(stage.ann)


def test_the_digits_stand_nowhere_but_on_the_page(stage: Stage) -> None:
    browser, page = reach_digits(stage)
    assert all(page.digits not in value for value in everything_kept(stage))
    assert browser.open(page.address).digits == page.digits, "the page can be looked at again"
    assert Browser().open(page.address).status == 403, "in its own browser only"


def test_wrong_digits_say_how_many_tries_are_left(stage: Stage) -> None:
    _, page = reach_digits(stage)
    assert guess(stage, wrong(page)) == {"digits": "These are not the digits of the page. 4 more tries."}
    assert guess(stage, "") != {}
    assert guess(stage, page.digits) == {}
    assert len(connected(stage)) == 1


def test_after_five_wrong_tries_the_access_is_given_back(stage: Stage) -> None:
    _, page = reach_digits(stage)
    for _ in range(4):
        assert guess(stage, wrong(page))
    assert guess(stage, wrong(page)) == {}
    assert "The digits were wrong five times" in shown(stage.ann)
    assert connected(stage) == ()
    assert rows(stage, "pending") == []
    assert live_grants(stage, PRIVATE) == 0


def test_the_right_digits_come_too_late_after_ten_minutes(stage: Stage) -> None:
    _, page = reach_digits(stage)
    window = stage.ann.window()
    stage.ann.fill(window, DIGITS, page.digits)
    stage.later(timedelta(minutes=10))
    assert window.submit is None, "the window asks no longer"
    assert "This took longer than ten minutes" in shown(stage.ann)
    assert connected(stage) == ()
    assert rows(stage, "pending") == []
    assert live_grants(stage, PRIVATE) == 0


def test_digits_submitted_at_the_last_moment_are_too_late_for_a_window_not_redrawn(stage: Stage) -> None:
    _, page = reach_digits(stage)
    stage.faults.add(Fault("slack", Kind.STATUS, "views.update", times=None, status=429, retry_after=900))
    stage.later(timedelta(minutes=10))
    assert guess(stage, page.digits) == {}
    assert "This took longer than ten minutes" in shown(stage.ann)
    assert connected(stage) == ()


def test_choose_another_account_on_the_page_gives_the_access_back_and_goes_on(stage: Stage) -> None:
    browser, page = reach_digits(stage)
    onwards = browser.press(page)
    assert isinstance(onwards, str)
    stage.settle()
    assert live_grants(stage, PRIVATE) == 0
    after = browser.open(walk_consent(onwards, ANN))
    stage.settle()
    assert after.name == "connect-finished"
    assert [one.address for one in connected(stage)] == [ANN]
    assert f"Connected: {ANN}" in shown(stage.ann)


def test_the_same_account_may_be_chosen_again(stage: Stage) -> None:
    browser, page = reach_digits(stage)
    onwards = browser.press(page)
    assert isinstance(onwards, str)
    stage.settle()
    after = browser.open(walk_consent(onwards, PRIVATE))
    stage.settle()
    assert after.digits
    assert after.digits != page.digits
    assert guess(stage, after.digits) == {}
    assert [one.address for one in connected(stage)] == [PRIVATE]
    assert live_grants(stage, PRIVATE) == 1


def test_use_another_in_the_window_gives_the_access_back(stage: Stage) -> None:
    _, page = reach_digits(stage)
    stage.press(stage.ann, stage.ann.window(), "accounts.use_another")
    assert live_grants(stage, PRIVATE) == 0
    assert rows(stage, "pending") == []
    after = sign_in(Browser(), link_of(stage.ann), ANN)
    stage.settle()
    assert after.name == "connect-finished"
    assert f"Connected: {ANN}" in shown(stage.ann)
    assert page.digits not in shown(stage.ann)


def test_a_message_leads_to_the_digits_when_the_window_was_closed(stage: Stage) -> None:
    link = ask_link(stage)
    stage.ann.close()
    page = sign_in(Browser(), link, PRIVATE)
    stage.settle()
    (message,) = stage.ann.dm()
    assert page.digits not in message.text
    stage.press(stage.ann, message, "accounts.type_digits")
    assert guess(stage, page.digits) == {}
    assert [one.address for one in connected(stage)] == [PRIVATE]


def test_a_forwarded_link_connects_nothing_without_the_digits(stage: Stage) -> None:
    link = ask_link(stage)  # Ann's link, opened by Ben, who signs in as himself
    page = sign_in(Browser(), link, "ben@northwind.example")
    stage.settle()
    assert page.name == "connect-digits"
    assert connected(stage) == ()
    stage.later(timedelta(minutes=10))
    assert live_grants(stage, "ben@northwind.example") == 0
    assert rows(stage, "pending") == []


def test_digits_are_for_their_member_alone(stage: Stage) -> None:
    _, page = reach_digits(stage)
    ben = stage.person("ben")
    sign_in(Browser(), ask_link(stage, "ben"), "oskar@northwind.example")
    stage.settle()
    window = ben.window()
    window.private_metadata = stage.ann.window().private_metadata  # Ben's window now names Ann's attempt
    ben.fill(window, DIGITS, page.digits)
    assert not ben.submit().accepted
    stage.settle()
    assert connected(stage, "ben") == ()
    assert connected(stage) == ()
    assert guess(stage, page.digits) == {}, "Ann's own attempt stands as before"


def test_of_two_members_with_one_mailbox_one_is_first(database_url: str) -> None:
    with standing(database_url) as stage:
        pages = {}
        for handle in ("ann", "ben"):
            pages[handle] = sign_in(Browser(), ask_link(stage, handle), PRIVATE)
            stage.settle()
            person = stage.person(handle)
            person.fill(person.window(), DIGITS, pages[handle].digits)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda handle: stage.person(handle).submit(), pages))
        stage.settle()
        assert len(rows(stage, "account")) == 1
        told = [shown(stage.person(handle)) for handle in pages]
        assert sum(f"Connected: {PRIVATE}" in one for one in told) == 1
        assert sum("Another member of this workspace has connected" in one for one in told) == 1
        assert live_grants(stage, PRIVATE) == 2, "what the first one lives on is not withdrawn"
