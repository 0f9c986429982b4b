"""A browser without a screen: opens Mailroom's pages, reads their forms, presses their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from sandbox.forms import Form, PageReader
from sandbox.google.walk import walk_consent
from sandbox.microsoft.walk import walk_consent as walk_microsoft


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.page = self.digits = ""
        self._in_digits = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.page = given.get("data-page") or self.page
        self._in_digits = "data-digits" in given

    def handle_data(self, data: str) -> None:
        self.words += data.split()
        if self._in_digits:
            self.digits += "".join(one for one in data if one.isdigit())


@dataclass(slots=True)
class Page:
    """One page as it came."""

    address: str
    status: int
    headers: dict[str, str]
    html: str
    name: str
    text: str
    digits: str
    forms: list[Form]

    def hidden(self) -> dict[str, str]:
        """What the page's form carries unseen."""
        return dict(self.forms[0].fields) if self.forms else {}


@dataclass(slots=True)
class Browser:
    """Keeps its cookies, and never goes to a provider by itself: `press` returns where it would go."""

    session: requests.Session = field(default_factory=requests.Session)

    def open(self, address: str) -> Page:
        """Open one of Mailroom's pages."""
        return self._page(self.session.get(address, timeout=30))

    def press(self, page: Page, **pressed: str) -> Page | str:
        """Press a button of the page's form. A str is the address outside that it leads to."""
        return self.send(page.address, {**page.hidden(), **pressed})

    def send(self, address: str, form: dict[str, str], **how: Any) -> Page | str:
        """Send a form."""
        answer = self.session.post(address, data=form, allow_redirects=False, timeout=30, **how)
        onwards = answer.headers.get("Location", "")
        if not onwards:
            return self._page(answer)
        onwards = urljoin(address, onwards)
        return onwards if urlsplit(onwards).netloc != urlsplit(address).netloc else self.open(onwards)

    def _page(self, answer: requests.Response) -> Page:
        forms, text = PageReader(), _Text()
        forms.feed(answer.text)
        text.feed(answer.text)
        return Page(
            answer.url,
            answer.status_code,
            dict(answer.headers),
            answer.text,
            text.page,
            " ".join(text.words),
            text.digits,
            forms.forms,
        )


def go_on(browser: Browser, link: str) -> str:
    """Open the consent page and go on; returns the provider's address."""
    onwards = browser.press(browser.open(link), decision="go_on")
    assert isinstance(onwards, str), onwards.text
    return onwards


def sign_in(browser: Browser, link: str, address: str, **how: Any) -> Page:
    """Go through the page, the provider and back; returns the page after. `how` as in walk_consent."""
    onwards = go_on(browser, link)
    walk = walk_microsoft if "/oauth2/v2.0/authorize" in onwards else walk_consent
    return browser.open(walk(onwards, address, **how))
