"""Accounts that are connected: how they stand on Home, their addresses, their signature."""

import pytest

from sandbox.slack.state import View
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import ANN, PRIVATE, ask_link, connected, rows, settings, shown
from tests.flows.accounts.walking import press_for as press
from tests.stage import Stage, connect, texts

ALIAS = "ann.lee@northwind.example"


def test_home_shows_each_account_with_its_state_in_words(stage: Stage) -> None:
    told = texts(settings(stage).blocks)
    assert "No mailbox is connected. Connect one to read and answer your mail in Slack." in told
    connect(stage)
    connect(stage, address=PRIVATE)
    home = settings(stage)
    told = texts(home.blocks)
    assert f"{ANN}\n · Gmail · for new messages" in told
    assert f"{PRIVATE}\n · Gmail" in told
    assert told.count("Works. Allowed: reading, sending and drafts.") == 2
    assert len(home.blocks) <= 60


def test_home_follows_by_itself(stage: Stage) -> None:
    settings(stage)
    link = ask_link(stage)
    sign_in(Browser(), link, ANN)
    stage.settle()
    home = stage.ann.home()
    assert home is not None
    assert f"{ANN}\n · Gmail · for new messages" in texts(home.blocks)


def test_home_says_what_is_not_allowed_and_offers_to_allow_it(stage: Stage) -> None:
    sign_in(Browser(), ask_link(stage), ANN, untick=["gmail.compose"])
    stage.settle()
    stage.ann.close()
    home = settings(stage)
    assert "Sending was not allowed: replies cannot leave from this mailbox." in texts(home.blocks)
    press(stage, home, "accounts.reconnect", f"Allow the rest for {ANN}")
    assert f"Connect {ANN} again" in shown(stage.ann)


def test_home_shows_that_a_browser_is_under_way_and_cancel_ends_it(stage: Stage) -> None:
    browser = Browser()
    link = ask_link(stage)
    page = browser.open(link)
    stage.ann.close()
    browser.press(page, decision="go_on")
    stage.settle()
    home = settings(stage)
    assert "Connecting Gmail: waiting for the page in your browser, since 10:00." in texts(home.blocks)
    stage.press(stage.ann, home, "accounts.did_it_not_work")
    assert "Please allow the app Mailroom" in shown(stage.ann)
    stage.ann.close()
    stage.press(stage.ann, settings(stage), "accounts.cancel")
    assert "waiting for the page" not in texts(settings(stage).blocks)
    (attempt,) = rows(stage, "signin")
    assert attempt["outcome"] == "ended"


def test_another_account_can_be_made_the_default(stage: Stage) -> None:
    connect(stage)
    connect(stage, address=PRIVATE)
    private = connected(stage)[1]
    choose(stage, settings(stage), private.id, "make_default")
    assert f"{PRIVATE}\n · Gmail · for new messages" in texts(settings(stage).blocks)
    assert [one.address for one in connected(stage)] == [PRIVATE, ANN]


def choose(stage: Stage, home: View, account_id: str, act: str) -> None:
    """Choose an entry of an account's menu."""
    for block in home.blocks:
        for menu in block.get("elements", ()):
            for entry in menu.get("options", ()):
                if account_id in entry["value"] and act in entry["value"]:
                    stage.ann.press(home, "accounts.more", block["block_id"], entry["value"])
                    stage.settle()
                    return
    raise LookupError(act)


def test_own_addresses_are_listed_added_and_removed(stage: Stage) -> None:
    connect(stage)
    press(stage, settings(stage), "accounts.addresses", f"Addresses of {ANN}")
    told = shown(stage.ann)
    assert f"{ANN}: the mailbox itself" in told
    assert f"{ALIAS}: Google says that you send from it" in told
    stage.ann.fill(stage.ann.window(), "accounts.address", "not an address")
    assert "Type one e-mail address" in next(iter(stage.ann.submit().errors.values()))
    stage.ann.fill(stage.ann.window(), "accounts.address", "Sales <SALES@northwind.example>")
    assert stage.ann.submit().accepted
    assert "sales@northwind.example: you said so" in shown(stage.ann)
    stage.press(stage.ann, stage.ann.window(), "accounts.remove_address")
    assert "sales@northwind.example" not in shown(stage.ann)
    assert {row["address"] for row in rows(stage, "own_address")} == {ANN, ALIAS}


def test_a_signature_is_kept_sealed_and_comes_back(stage: Stage) -> None:
    connect(stage)
    press(stage, settings(stage), "accounts.writing", f"Edit signature and quoting of {ANN}")
    stage.ann.fill(stage.ann.window(), "accounts.signature", "Ann Lee\nNorthwind MARKER")
    stage.ann.fill(stage.ann.window(), "accounts.quote", [])
    assert stage.ann.submit().accepted
    stage.settle()
    assert stage.ann.windows() == []
    home = settings(stage)
    assert f"{ANN}: with a signature, quotes nothing" in texts(home.blocks)
    (row,) = rows(stage, "account")
    assert "MARKER" not in str(row)
    assert row["quote_last"] is False
    connect(stage)
    press(stage, settings(stage), "accounts.writing", f"Edit signature and quoting of {ANN}")
    element = stage.ann.element(stage.ann.window(), "accounts.signature")
    assert element["initial_value"] == "Ann Lee\nNorthwind MARKER", "connecting again keeps it"


@pytest.mark.parametrize("wanted", [True, False])
def test_preview_lines_can_be_switched(stage: Stage, wanted: bool) -> None:
    home = settings(stage)
    for on in (True, wanted):
        stage.ann.press(home, "accounts.previews", value=["shown"] if on else [])
        stage.settle()
    (row,) = [r for r in rows(stage, "member") if r["slack_user_id"] == stage.ann.id]
    assert row["preview_lines"] is wanted


def test_somebody_elses_account_cannot_be_touched(stage: Stage) -> None:
    connect(stage)
    connect(stage, "ben", "ben@northwind.example")
    (hers,), home = connected(stage), settings(stage, "ben")
    (his,) = connected(stage, "ben")
    for block in home.blocks:  # Ben's Home, tampered with to name Ann's account
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if his.id in str(element.get("value", "")):
                element["value"] = element["value"].replace(his.id, hers.id)
    ben = stage.person("ben")
    for action in ("accounts.addresses", "accounts.disconnect", "accounts.writing"):
        stage.press(ben, home, action)
        assert "This is not there any more, or it belongs to somebody else." in shown(ben)
        ben.close()
    assert len(connected(stage)) == 1
