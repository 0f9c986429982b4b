"""Connecting Outlook through the front door: at work, in private, and where an organisation decides."""

import pytest

from sandbox.microsoft.directory import Policy
from sandbox.microsoft.walk import StoppedByMicrosoft
from tests.browser_walk import Browser, go_on
from tests.flows.accounts.walking import connected, rows, shown
from tests.flows.inbox.reading import ask, subjects
from tests.flows.outlook.given import (
    ANN,
    CLEO,
    PRIVATE,
    OutlookStage,
    ask_link,
    connect,
    connect_gmail,
    sign_in,
)
from tests.stage import texts

HOUSE = "northwind.example"


def test_both_vendors_are_offered_and_cleo_connects_outlook(outlook: OutlookStage) -> None:
    outlook.cleo.command("general", "/inbox connect")
    outlook.settle()
    window = shown(outlook.cleo)
    assert "Connect Gmail" in window and "Connect Outlook" in window
    outlook.cleo.close()
    connect(outlook)
    (account,) = connected(outlook, "cleo")
    assert (account.provider, account.address) == ("microsoft", CLEO)
    assert set(account.granted) == {"read", "send"}


def test_a_personal_mailbox_is_connected_with_digits(outlook: OutlookStage) -> None:
    page = sign_in(outlook, ask_link(outlook, outlook.cleo), PRIVATE)
    assert len(page.digits) == 6
    outlook.cleo.close()
    connect(outlook, PRIVATE)
    assert [one.address for one in connected(outlook, "cleo")] == [PRIVATE]


def test_where_an_administrator_decides_nothing_is_connected(outlook: OutlookStage) -> None:
    outlook.microsoft.tenant(HOUSE).policy = Policy.APPROVAL
    with pytest.raises(StoppedByMicrosoft):
        sign_in(outlook, ask_link(outlook, outlook.cleo), CLEO)
    assert connected(outlook, "cleo") == ()
    assert "administrator" in shown(outlook.cleo).lower()


def test_coming_back_from_the_approval_page_leads_on(outlook: OutlookStage) -> None:
    outlook.microsoft.tenant(HOUSE).policy = Policy.APPROVAL
    page = sign_in(outlook, ask_link(outlook, outlook.cleo), CLEO, deny=True)
    assert "Nothing was connected or changed." in page.text and "Try again" in page.text
    assert connected(outlook, "cleo") == ()


def test_an_organisations_block_connects_nothing(outlook: OutlookStage) -> None:
    outlook.microsoft.tenant(HOUSE).policy = Policy.UNASSIGNED
    with pytest.raises(StoppedByMicrosoft):
        sign_in(outlook, ask_link(outlook, outlook.cleo), CLEO)
    assert connected(outlook, "cleo") == ()


def test_an_account_without_a_mailbox_is_not_connected(outlook: OutlookStage) -> None:
    outlook.microsoft.without_mailbox(CLEO)
    page = sign_in(outlook, ask_link(outlook, outlook.cleo), CLEO)
    assert "no mailbox" in page.text and connected(outlook, "cleo") == ()


def test_a_wrong_secret_of_ours_marks_nobody(outlook: OutlookStage) -> None:
    connect(outlook)
    outlook.secret = "not-ours"
    outlook.restart()
    outlook.microsoft.expire_access(CLEO)
    answer = ask(outlook, outlook.cleo, f"/inbox {ANN}")
    assert "not set up correctly for Outlook" in texts(answer.blocks)
    assert [row["state"] for row in rows(outlook, "account")] == ["active"]
    outlook.secret = ""
    outlook.restart()
    assert subjects(ask(outlook, outlook.cleo, f"/inbox {ANN}"))


def test_access_that_was_taken_back_is_said_once(outlook: OutlookStage) -> None:
    connect(outlook)
    outlook.microsoft.withdraw(CLEO)
    outlook.microsoft.expire_access(CLEO)
    for _ in range(2):
        outlook.type(outlook.cleo, f"/inbox {ANN}")
    (message,) = outlook.cleo.dm()
    assert "Microsoft has ended Mailroom's access" in message.text
    assert [row["state"] for row in rows(outlook, "account")] == ["reconnect"]


def test_new_demands_of_the_organisation_are_met_without_the_person(outlook: OutlookStage) -> None:
    connect(outlook)
    outlook.microsoft.challenge(CLEO)
    assert subjects(ask(outlook, outlook.cleo, f"/inbox {ANN}"))
    assert outlook.cleo.dm() == []


def test_the_wrong_browser_gets_nothing(outlook: OutlookStage) -> None:
    browser = Browser()
    back = outlook.microsoft.consent(go_on(browser, ask_link(outlook, outlook.cleo)), CLEO)
    page = Browser().open(back)
    assert connected(outlook, "cleo") == () and CLEO not in page.text


def test_one_person_reads_gmail_and_outlook_side_by_side(outlook: OutlookStage) -> None:
    connect_gmail(outlook)
    connect(outlook, PRIVATE, outlook.ann)
    assert {one.provider for one in connected(outlook)} == {"google", "microsoft"}
    assert subjects(ask(outlook, outlook.ann, "/inbox dana@northwind.example"))
