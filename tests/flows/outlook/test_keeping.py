"""Accounts of Microsoft's that are there: own addresses, and disconnecting without a way to revoke."""

from datetime import timedelta

from tests.flows.accounts.walking import press_for, rows, settings, shown
from tests.flows.outlook.given import CLEO, PRIVATE, OutlookStage, connect, sign_in
from tests.stage import texts


def disconnect(stage: OutlookStage, address: str) -> str:
    """Go all the way; returns what was said before."""
    press_for(stage, settings(stage, "cleo"), "accounts.disconnect", f"Disconnect {address}", "cleo")
    said = shown(stage.cleo)
    assert stage.cleo.submit().accepted
    stage.later(timedelta(seconds=1))
    return said


def page_of_access(stage: OutlookStage) -> str:
    return str(stage.cleo.element(stage.cleo.window(), "accounts.access_page")["url"])


def test_disconnecting_says_honestly_that_microsoft_takes_nothing_back(outlook: OutlookStage) -> None:
    connect(outlook)
    before = disconnect(outlook, CLEO)
    assert "Microsoft lets no app give its access back." in before
    assert f"Disconnected: {CLEO}" in shown(outlook.cleo)
    assert "has ended Mailroom's access" not in shown(outlook.cleo)
    assert page_of_access(outlook) == "https://myapps.microsoft.com"
    assert rows(outlook, "account") == []
    assert rows(outlook, "own_address") == []


def test_a_private_account_is_led_to_its_own_page(outlook: OutlookStage) -> None:
    connect(outlook, PRIVATE)
    disconnect(outlook, PRIVATE)
    assert page_of_access(outlook) == "https://account.live.com/consent/Manage"


def test_another_mailbox_than_the_one_to_reconnect_is_deleted_and_said_to_be(outlook: OutlookStage) -> None:
    connect(outlook)
    outlook.microsoft.withdraw(CLEO)
    outlook.microsoft.expire_access(CLEO)
    outlook.type(outlook.cleo, "/inbox ann@northwind.example")
    (message,) = outlook.cleo.dm()
    outlook.press(outlook.cleo, message, "accounts.reconnect")
    link = str(outlook.cleo.element(outlook.cleo.window(), "accounts.open_page")["url"])
    page = sign_in(outlook, link, PRIVATE)
    outlook.settle()
    assert "Mailroom has deleted the access here" in page.text
    assert "given back" not in page.text
    assert rows(outlook, "pending") == []


def test_login_and_proxy_addresses_count_as_ones_own_and_so_does_what_is_typed(outlook: OutlookStage) -> None:
    connect(outlook)
    kept = {(row["address"], row["source"]) for row in rows(outlook, "own_address")}
    assert (CLEO, "login") in kept
    press_for(outlook, settings(outlook, "cleo"), "accounts.addresses", f"Addresses of {CLEO}", "cleo")
    window = outlook.cleo.window()
    outlook.cleo.fill(window, "accounts.address", "cleo.m@northwind.example")
    assert outlook.cleo.submit().accepted
    assert "cleo.m@northwind.example: you said so" in texts(outlook.cleo.window().blocks)


def test_a_private_mailbox_without_a_mail_property_is_known_by_its_login(outlook: OutlookStage) -> None:
    outlook.microsoft.without_mail_property(PRIVATE)
    connect(outlook, PRIVATE)
    assert (PRIVATE, "login") in {(row["address"], row["source"]) for row in rows(outlook, "own_address")}


def test_where_outlook_is_offered_no_more_its_mailboxes_can_be_let_go(outlook: OutlookStage) -> None:
    connect(outlook)
    outlook.offered = False
    outlook.restart()
    answer = outlook.type(outlook.cleo, "/inbox ann@northwind.example")
    assert answer is not None
    assert "not set up correctly for Microsoft" in texts(answer.blocks)
    home = settings(outlook, "cleo")
    assert CLEO in texts(home.blocks)
    assert "Connect Outlook" not in texts(home.blocks)
    disconnect(outlook, CLEO)
    assert rows(outlook, "account") == []
    assert "Nothing is kept here to use it with" in shown(outlook.cleo)
