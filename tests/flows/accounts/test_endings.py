"""Every way of not finishing has its own page, and changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from sandbox.google.walk import BlockedByGoogle, walk_consent
from sandbox.mail.people import Person
from tests.browser_walk import Browser, Page, go_on, sign_in
from tests.flows.accounts.walking import (
    ANN,
    BEN,
    PRIVATE,
    ask_link,
    connected,
    everything_kept,
    link_of,
    live_grants,
    page_of,
    query_of,
    rows,
    shown,
)
from tests.stage import Stage, connect, standing


def callback(stage: Stage, **query: str) -> str:
    return f"{stage.url}/oauth/google/callback?" + "&".join(f"{k}={v}" for k, v in query.items())


def begun(stage: Stage) -> tuple[Browser, str]:
    """A browser that has gone on, and its state."""
    browser = Browser()
    return browser, query_of(go_on(browser, ask_link(stage)))["state"]


def nothing_changed(stage: Stage, page: Page, status: int, sentence: str) -> None:
    stage.settle()
    assert page.status == status
    assert sentence in page.text
    assert "Nothing was connected or changed." in page.text
    assert rows(stage, "account") == []
    assert rows(stage, "pending") == []


def test_cancel_on_googles_page(stage: Stage) -> None:
    browser = Browser()
    page = sign_in(browser, ask_link(stage), ANN, deny=True)
    nothing_changed(stage, page, 400, "You pressed Cancel on Google's page.")
    assert "You pressed Cancel on Google's page." in shown(stage.ann)
    again = browser.press(page)
    assert isinstance(again, str)
    after = browser.open(walk_consent(again, ANN))
    stage.settle()
    assert after.name == "connect-finished"
    assert f"Connected: {ANN}" in shown(stage.ann)


@pytest.mark.parametrize("word", ["admin_policy_enforced", "org_internal"])
def test_blocked_by_the_company(stage: Stage, word: str) -> None:
    browser, state = begun(stage)
    page = browser.open(callback(stage, state=state, error=word))
    nothing_changed(stage, page, 400, "Google says that your organisation does not allow Mailroom.")
    assert "Please allow the app Mailroom for our Google accounts." in page.text
    assert "Please allow the app Mailroom" in shown(stage.ann)


def test_a_company_that_blocks_on_googles_own_page_is_explained_in_the_window(stage: Stage) -> None:
    stage.google.block("northwind.example")
    with pytest.raises(BlockedByGoogle):
        sign_in(Browser(), ask_link(stage), ANN)
    stage.settle()
    stage.press(stage.ann, stage.ann.window(), "accounts.did_it_not_work")
    assert "your organisation decides about apps" in shown(stage.ann)
    assert "Please allow the app Mailroom" in shown(stage.ann)


def test_no_box_ticked(stage: Stage) -> None:
    page = sign_in(Browser(), ask_link(stage), ANN, untick=["gmail.readonly", "gmail.compose"])
    nothing_changed(stage, page, 400, "all of them were left open")
    assert "read mail, send mail and write drafts. Each works without the others." in page.text
    assert live_grants(stage, ANN) == 0, "what was given is given back"


@pytest.mark.parametrize(
    ("unticked", "named", "works"),
    [
        ("gmail.compose", "Sending was not allowed", "Allowed: reading."),
        ("gmail.readonly", "Reading mail was not allowed", "Allowed: sending and drafts."),
    ],
)
def test_a_box_left_open_is_named_and_the_rest_works(
    stage: Stage, unticked: str, named: str, works: str
) -> None:
    page = sign_in(Browser(), ask_link(stage), ANN, untick=[unticked])
    stage.settle()
    assert page.name == "connect-finished"
    assert named in page.text
    assert works in page.text
    window = stage.ann.window()
    assert named in shown(stage.ann)
    stage.press(stage.ann, window, "accounts.reconnect")
    after = sign_in(Browser(), link_of(stage.ann), ANN)
    stage.settle()
    assert "Allowed: reading, sending and drafts." in after.text
    assert len(connected(stage)) == 1


def test_an_address_that_google_has_not_verified(stage: Stage) -> None:
    address = "ann@elsewhere.example"
    stage.world.add(Person("Ann Lee", (address,), "google", verified=False))
    page = sign_in(Browser(), ask_link(stage), address)
    nothing_changed(stage, page, 400, "has not verified the address of this account")


def test_google_that_does_not_answer(stage: Stage) -> None:
    stage.faults.add(Fault("google", Kind.STATUS, path="POST .*/token", times=None))
    browser = Browser()
    page = sign_in(browser, ask_link(stage), ANN)
    nothing_changed(stage, page, 400, "Google did not answer properly just now.")
    stage.faults.clear()
    again = browser.press(page)
    assert isinstance(again, str)
    assert browser.open(walk_consent(again, ANN)).name == "connect-finished"


def test_a_forged_state(stage: Stage) -> None:
    browser, _ = begun(stage)
    page = browser.open(callback(stage, state="forged", code="4/0Aabc"))
    nothing_changed(stage, page, 400, "This link is not known")
    nothing_changed(stage, browser.open(callback(stage)), 400, "This link is not known")


def test_a_replayed_callback(stage: Stage) -> None:
    browser = Browser()
    back = walk_consent(go_on(browser, ask_link(stage)), ANN)
    assert browser.open(back).name == "connect-finished"
    (before,) = rows(stage, "account")
    page = browser.open(back)
    stage.settle()
    assert page.status == 410
    assert "This link was used already" in page.text
    assert rows(stage, "account")[0]["tokens_version"] == before["tokens_version"]


def test_the_answer_of_another_sign_in(stage: Stage) -> None:
    """A code of one sign-in with the state of another: PKCE and nonce refuse it."""
    theirs = query_of(walk_consent(go_on(Browser(), ask_link(stage, "ben")), BEN))
    browser, state = begun(stage)
    page = browser.open(callback(stage, state=state, code=theirs["code"].replace("/", "%2F")))
    nothing_changed(stage, page, 400, "Nothing was connected")


def test_another_browser_cannot_finish_and_takes_nothing_from_the_right_one(stage: Stage) -> None:
    browser = Browser()
    back = walk_consent(go_on(browser, ask_link(stage)), ANN)
    nothing_changed(stage, Browser().open(back), 403, "This is another browser")
    stranger = Browser()
    stranger.open(ask_link(stage, "ben"))
    nothing_changed(stage, stranger.open(back), 403, "This is another browser")
    assert browser.open(back).name == "connect-finished"


def test_another_vendors_way_back(stage: Stage) -> None:
    browser, state = begun(stage)
    page = browser.open(f"{stage.url}/oauth/microsoft/callback?state={state}&code=x")
    nothing_changed(stage, page, 400, "This link is not known")


def test_a_callback_after_ten_minutes(stage: Stage) -> None:
    browser = Browser()
    back = walk_consent(go_on(browser, ask_link(stage)), ANN)
    stage.later(timedelta(minutes=10))
    nothing_changed(stage, browser.open(back), 410, "A link is good for ten minutes.")


def test_a_form_that_comes_from_elsewhere(stage: Stage) -> None:
    link, browser = ask_link(stage), Browser()
    page = browser.open(link)
    form = {**page.hidden(), "decision": "go_on"}
    refused = [
        browser.send(link, form, headers={"Sec-Fetch-Site": "cross-site"}),
        browser.send(link, form, headers={"Sec-Fetch-Site": "none"}),
        browser.send(link, form, headers={"Origin": "https://evil.example"}),
        browser.send(link, {"decision": "go_on", "word": "x"}),
        browser.send(link, {"decision": "go_on"}),
        Browser().send(link, form),
    ]
    for answer in refused:
        assert page_of(answer).status == 403
    assert isinstance(browser.send(link, form, headers={"Origin": stage.url}), str), "nothing was used up"


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "null"}])
def test_a_form_of_our_own_under_no_referrer_is_taken(stage: Stage, header: dict[str, str]) -> None:
    link, browser = ask_link(stage), Browser()
    page = browser.open(link)
    assert isinstance(browser.send(link, {**page.hidden(), "decision": "go_on"}, headers=header), str)


def test_a_mailbox_that_another_member_uses_here(stage: Stage) -> None:
    connect(stage)
    page = sign_in(Browser(), ask_link(stage, "ben"), ANN)
    stage.settle()
    assert page.status == 400
    assert "Another member of this workspace has connected this mailbox already" in page.text
    assert connected(stage, "ben") == ()
    assert live_grants(stage, ANN) >= 1, "Ann's own connection lives on the same grant"
    answer = stage.type(stage.ann, "/inbox dana@northwind.example")
    assert answer is not None
    assert "Lunch when you are in town?" in answer.text


def test_fifty_callbacks_with_one_state_connect_once(database_url: str) -> None:
    with standing(database_url) as stage:
        browser = Browser()
        back = walk_consent(go_on(browser, ask_link(stage)), ANN)
        cookies = browser.session.cookies

        def attempt(_: int) -> str:
            one = Browser()
            one.session.cookies.update(cookies)
            page = one.open(back)
            one.session.close()
            return page.name

        with ThreadPoolExecutor(50) as pool:
            came = list(pool.map(attempt, range(50)))
        stage.settle()
        assert came.count("connect-finished") == 1
        assert came.count("connect-cause") == 49
        assert len(rows(stage, "account")) == 1
        assert len(stage.faults.calls("google", "POST /token")) == 1


def test_no_secret_of_a_sign_in_is_kept_readable(stage: Stage) -> None:
    link, browser = ask_link(stage), Browser()
    onwards = go_on(browser, link)
    back = walk_consent(onwards, PRIVATE)
    browser.open(back)
    stage.settle()
    secrets_ = [
        link.rpartition("/")[2],
        query_of(onwards)["state"],
        query_of(onwards)["nonce"],
        query_of(back)["code"],
        *(cookie.value or "" for cookie in browser.session.cookies),
        *stage.google.realm.grants._owners,
    ]
    kept = list(everything_kept(stage))
    assert all(secret not in value for secret in secrets_ for value in kept)
    assert len([one for one in secrets_ if one]) == len(secrets_) >= 6
