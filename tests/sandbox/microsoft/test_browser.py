"""The sign-in pages in a real browser, at a desk and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.microsoft.directory import Policy
from tests.chromium import SIZES, screen_of
from tests.sandbox.microsoft.stand import CLEO, Stand

pytestmark = pytest.mark.browser


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, browser: Browser, stand: Stand) -> Iterator[Page]:
    """A browser in which the app's own address answers with one word, wherever it is."""
    with screen_of(browser, request.param) as page:
        page.route("https://mailroom.example/**", lambda route: route.fulfill(body="Back at the app"))
        url, _ = stand.begin(stand.client())
        page.goto(url)
        yield page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_person_picks_an_account_and_accepts(screen: Page) -> None:
    assert fits(screen)
    screen.get_by_role("button", name=CLEO.address).click()
    expect(screen.get_by_role("heading", name="Permissions requested")).to_be_visible()
    assert fits(screen)
    screen.get_by_role("button", name="Accept").click()
    expect(screen.get_by_text("Back at the app")).to_be_visible()
    assert "code=" in screen.url


def test_a_person_who_may_not_consent_sends_a_request_and_is_left_there(screen: Page, stand: Stand) -> None:
    stand.microsoft.tenant("northwind.example").policy = Policy.APPROVAL
    screen.get_by_role("button", name=CLEO.address).click()
    expect(screen.get_by_role("heading", name="Approval required")).to_be_visible()
    assert fits(screen)
    screen.get_by_label("Why do you need this app?").fill("To read my mail")
    screen.get_by_role("button", name="Request approval").click()
    expect(screen.get_by_role("heading", name="Request sent")).to_be_visible()
    assert fits(screen)
    assert screen.get_by_role("button").count() == 0


def test_an_administrator_approves_for_everybody(screen: Page, stand: Stand) -> None:
    stand.microsoft.add_administrator("root@northwind.example", "Root")
    query = f"client_id={stand.app.id}&scope=Mail.Read&redirect_uri={stand.app.redirect_uris[0]}&state=s"
    screen.goto(f"{stand.base}/organizations/v2.0/adminconsent?{query}")
    assert fits(screen)
    form = screen.locator('form[data-account="root@northwind.example"]')
    form.get_by_role("button", name="Accept").click()
    expect(screen.get_by_text("Back at the app")).to_be_visible()
    assert "admin_consent=True" in screen.url
