"""The first scan from where a mailbox was just connected."""

import pytest

from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import ANN
from tests.flows.discovery.nights import night
from tests.flows.discovery.scanning import mailboxes, said, scans, suggested, trade
from tests.flows.outlook.given import CLEO
from tests.stage import Stage, ask_link, kind_of


@pytest.mark.parametrize(("handle", "address"), [("ann", ANN), ("cleo", CLEO)])
def test_the_window_that_connected_a_mailbox_scans_it_and_offers_the_nights(
    stage: Stage, handle: str, address: str
) -> None:
    trade(stage, "Kim Noor <kim@noor.example>", address)
    person = stage.person(handle)
    sign_in(Browser(), ask_link(stage, handle, kind_of(stage, address)), address)
    stage.settle()
    assert f"Connected: {address}" in said(person.window())
    assert scans(stage, handle) == [], "nothing is scanned before it is asked for"
    button = person.element(person.window(), "discovery.start_scan")
    assert button["text"]["text"] == "Scan the last two weeks"

    stage.press(person, person.window(), "discovery.start_scan")
    (window,) = person.windows()
    assert f"{address} is scanned" in said(window) or "messages looked at" in said(window)
    assert (scans(stage, handle), mailboxes(stage, handle)) == (["done"], ["done"])
    assert "kim@noor.example" in suggested(stage, handle)

    stage.press(person, window, "discovery.nightly_on")
    assert night(stage, handle)["is_on"]
