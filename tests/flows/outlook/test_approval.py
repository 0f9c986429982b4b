"""An organisation that decides: the way out of it in the window and on the page, and the way back in."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from sandbox.faults import Fault, Kind
from sandbox.microsoft.directory import Policy
from sandbox.microsoft.walk import StoppedByMicrosoft
from sandbox.slack.state import Message
from tests.browser_walk import Browser, Page, go_on
from tests.flows.accounts.walking import connected, link_of, query_of, rows, shown
from tests.flows.outlook.given import CLEO, PRIVATE, OutlookStage, ask_link, connect, sign_in
from tests.stage import texts

HOUSE, ADMIN = "northwind.example", "admin@northwind.example"
TWO_DAYS = timedelta(days=2)


@pytest.fixture
def strict(outlook: OutlookStage) -> OutlookStage:
    """Cleo's organisation lets nobody but its administrator allow apps; he is not in Slack at all."""
    outlook.microsoft.tenant(HOUSE).policy = Policy.APPROVAL
    outlook.microsoft.add_administrator(ADMIN)
    return outlook


def stopped(stage: OutlookStage) -> None:
    """Try to connect; Microsoft shows its own page and sends nobody back."""
    with pytest.raises(StoppedByMicrosoft) as stop:
        sign_in(stage, ask_link(stage, stage.cleo), CLEO)
    assert stop.value.code == "approval"
    stage.settle()


def approval_link(told: str) -> str:
    """Find the link in the text for the administrator."""
    return next(word for word in told.split() if "/adminconsent?" in word)


def asks_for_help(stage: OutlookStage) -> str:
    """Press "Did it not work?" and read the text to forward."""
    stage.press(stage.cleo, stage.cleo.window(), "accounts.did_it_not_work")
    return shown(stage.cleo)


def approve(stage: OutlookStage, link: str, *, deny: bool = False) -> Page:
    """Be the administrator, in a browser that has never been at Mailroom."""
    back = Browser().open(stage.microsoft.admin_consent(link, ADMIN, deny=deny))
    stage.settle()
    return back


def messages(stage: OutlookStage) -> list[Message]:
    return stage.cleo.dm()


def test_approval_through_the_link_leads_from_the_stop_to_a_connected_mailbox(strict: OutlookStage) -> None:
    stopped(strict)
    told = asks_for_help(strict)
    for part in ("Please approve the app Mailroom", "read mail, send mail and write drafts", "keeps no mail"):
        assert part in told
    assert len(strict.cleo.window().blocks) <= 14
    page = approve(strict, approval_link(told))
    assert (page.status, page.name) == (200, "approval-approved")
    assert "connected no mailbox, not yours either" in page.text
    assert "Cleo" not in page.text and CLEO not in page.text
    assert "Set-Cookie" not in page.headers
    assert connected(strict, "cleo") == ()
    assert rows(strict, "account") == []
    (message,) = messages(strict)
    assert message.text.startswith("Your organisation approved Mailroom.")
    strict.cleo.close()
    strict.press(strict.cleo, message, "accounts.connect_microsoft")
    assert sign_in(strict, link_of(strict.cleo), CLEO).name == "connect-finished"
    strict.settle()
    assert [one.address for one in connected(strict, "cleo")] == [CLEO]
    strict.later(TWO_DAYS)
    assert len(messages(strict)) == 1, "nobody is asked about what is done"


def test_the_page_before_microsoft_has_the_text_and_the_link_as_well(strict: OutlookStage) -> None:
    page = Browser().open(ask_link(strict, strict.cleo))
    assert "A work or school account?" in page.text
    asked = query_of(approval_link(page.text))
    assert asked["redirect_uri"] == f"{strict.url}/oauth/microsoft/callback"
    assert {one.rpartition("/")[2] for one in asked["scope"].split()} == {
        "User.Read",
        "Mail.Read",
        "Mail.Send",
        "Mail.ReadWrite",
        "Calendars.ReadWrite",
    }
    assert approve(strict, approval_link(page.text)).name == "approval-approved"
    assert len(messages(strict)) == 1


def test_gmail_is_asked_for_in_its_own_words(outlook: OutlookStage) -> None:
    outlook.type(outlook.cleo, "/inbox connect")
    outlook.press(outlook.cleo, outlook.cleo.window(), "accounts.connect_google")
    page = Browser().open(link_of(outlook.cleo))
    assert "adminconsent" not in page.html
    told = asks_for_help(outlook)
    assert "Google's admin console" in told and "adminconsent" not in told
    outlook.later(TWO_DAYS)
    assert messages(outlook) == []


@pytest.mark.parametrize("presses", [1, 3])
def test_after_two_days_without_a_word_it_is_asked_once(strict: OutlookStage, presses: int) -> None:
    for _ in range(presses):
        stopped(strict)
        asks_for_help(strict)
        strict.cleo.close()
    strict.later(TWO_DAYS - timedelta(minutes=1))
    assert messages(strict) == []
    strict.restart()
    strict.later(timedelta(minutes=1))
    (message,) = messages(strict)
    assert "approved yet? Then try again." in message.text
    strict.later(timedelta(days=5))
    assert len(messages(strict)) == 1
    strict.press(strict.cleo, message, "accounts.connect_microsoft")
    assert "Connect your Outlook mailbox" in shown(strict.cleo)


def test_somebody_who_connects_another_mailbox_meanwhile_is_asked_nothing(strict: OutlookStage) -> None:
    stopped(strict)
    asks_for_help(strict)
    strict.cleo.close()
    strict.microsoft.tenant(HOUSE).policy = Policy.ALLOWED
    connect(strict, PRIVATE)
    strict.later(TWO_DAYS)
    assert messages(strict) == []


def test_an_answer_of_slacks_that_is_lost_does_not_tell_it_twice(strict: OutlookStage) -> None:
    stopped(strict)
    link = approval_link(asks_for_help(strict))
    strict.faults.add(Fault("slack", Kind.RESET_AFTER, "chat.postMessage"))
    approve(strict, link)
    approve(strict, link)
    strict.later(timedelta(hours=1))
    assert len(messages(strict)) == 1


def test_an_administrator_who_declines_changes_nothing(strict: OutlookStage) -> None:
    stopped(strict)
    link = approval_link(asks_for_help(strict))
    page = approve(strict, link, deny=True)
    assert (page.status, page.name) == (400, "approval-declined")
    assert "nothing was approved, connected or changed" in page.text
    assert messages(strict) == []
    assert approve(strict, link).name == "approval-approved", "the link stays good"


def test_what_comes_back_without_an_approval_tells_nobody(strict: OutlookStage) -> None:
    stopped(strict)
    state = query_of(approval_link(asks_for_help(strict)))["state"]
    back = f"{strict.url}/oauth/microsoft/callback?state={state}"
    for query in ("", "&admin_consent=True", "&admin_consent=False&tenant=x", "&error=server_error"):
        page = Browser().open(back + query)
        assert (page.status, page.name) == (400, "approval-unclear")
    strict.settle()
    assert messages(strict) == []


def test_a_made_up_state_is_not_known(outlook: OutlookStage) -> None:
    tenant = outlook.microsoft.tenant(HOUSE).id
    for provider, state in (("microsoft", "approval.nothing"), ("google", "approval.x"), ("x", "approval.")):
        query = f"admin_consent=True&tenant={tenant}&state={state}"
        page = Browser().open(f"{outlook.url}/oauth/{provider}/callback?{query}")
        assert page.status == 400
        assert "This link is not known" in page.text


def test_an_administrator_who_is_the_member_approves_and_then_connects(outlook: OutlookStage) -> None:
    outlook.microsoft.tenant(HOUSE).policy = Policy.APPROVAL
    outlook.microsoft.add_administrator(CLEO)
    page = Browser().open(ask_link(outlook, outlook.cleo))
    Browser().open(outlook.microsoft.admin_consent(approval_link(page.text), CLEO))
    outlook.settle()
    assert connected(outlook, "cleo") == (), "approving is no sign-in"
    outlook.cleo.close()
    connect(outlook)
    assert [one.address for one in connected(outlook, "cleo")] == [CLEO]


def test_a_refusal_that_is_sent_back_leads_out_on_the_page_and_in_the_window(strict: OutlookStage) -> None:
    browser, link = Browser(), ask_link(strict, strict.cleo)
    state = query_of(go_on(browser, link))["state"]
    query = f"error=access_denied&error_description=AADSTS90094%3A+an+administrator&state={state}"
    page = browser.open(f"{strict.url}/oauth/microsoft/callback?{query}")
    strict.settle()
    assert page.name == "connect-admin-approval"
    assert "An administrator has to approve" in page.text
    assert "An administrator has to approve" in shown(strict.cleo)
    assert urlsplit(approval_link(page.text)).path == urlsplit(approval_link(shown(strict.cleo))).path
    strict.later(TWO_DAYS)
    assert len(messages(strict)) == 1
    strict.cleo.close()
    page = approve(strict, approval_link(page.text))
    assert page.name == "approval-approved"
    assert "approved Mailroom" in texts(list(messages(strict)[-1].blocks))


def test_a_sign_in_page_that_does_not_answer_uses_the_link_up_not_at_all(outlook: OutlookStage) -> None:
    browser, link = Browser(), ask_link(outlook, outlook.cleo)
    outlook.faults.add(Fault("microsoft", Kind.STATUS, "openid-configuration", times=None))
    page = browser.press(browser.open(link), decision="go_on")
    assert isinstance(page, Page)
    assert page.status == 503
    assert "Your link is still good" in page.text
    outlook.faults.clear("microsoft")
    assert sign_in(outlook, link, CLEO).name == "connect-finished"
