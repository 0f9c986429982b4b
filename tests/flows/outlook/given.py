"""The stage with Outlook offered as well: Cleo reads her mail there."""

from typing import Any

from sandbox.mail.people import Person as MailPerson
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.service import Microsoft
from sandbox.slack.person import Person
from tests.browser_walk import Browser, Page, go_on
from tests.browser_walk import sign_in as sign_in_with_google
from tests.flows.accounts.walking import link_of
from tests.stage import Stage, texts

CLEO, ANN = "cleo@northwind.example", "ann@northwind.example"
PRIVATE = MailPerson("Cleo Martin", ("cleo.martin@outlook.example",), "microsoft")
CLIENT = "6f1c2a44-0000-4000-8000-3d5b1c7e9a01"
SECRET = "outlook-secret"


class OutlookStage(Stage):
    """A deployment with settings for both vendors. `secret` is the one that Mailroom was given."""

    microsoft: Microsoft
    secret = SECRET

    def environment(self) -> dict[str, str]:
        if not hasattr(self, "microsoft"):
            self.microsoft = Microsoft(self.world, self.clock.now, self.faults)
            back = f"{self.url}/oauth/microsoft/callback"
            self.microsoft.register(App(CLIENT, (Secret(SECRET),), (back,)))
            self.microsoft.mount(self.sandbox)
            self.world.add(PRIVATE)
        return {
            **super().environment(),
            "MICROSOFT_CLIENT_ID": CLIENT,
            "MICROSOFT_CLIENT_SECRET": self.secret,
            "MICROSOFT_AUTHORITY_URL": f"{self.base}/microsoft",
            "GRAPH_API_URL": f"{self.base}/microsoft/graph/v1.0",
        }

    @property
    def cleo(self) -> Person:
        return self.person("cleo")

    def graph(self, path: str = "") -> list[str]:
        """What was asked of Graph since the record was begun anew."""
        return [f"{one.method} {one.path}" for one in self.faults.calls("graph", path)]


def ask_link(stage: OutlookStage, person: Person) -> str:
    """Type `/inbox connect`, choose Outlook, read the link of the window."""
    person.command("general", "/inbox connect")
    stage.settle()
    stage.press(person, person.window(), "accounts.connect_microsoft")
    return link_of(person)


def sign_in(stage: OutlookStage, link: str, address: str, **how: Any) -> Page:
    """Go through the page, Microsoft and back. `how` as in Microsoft.consent."""
    browser = Browser()
    return browser.open(stage.microsoft.consent(go_on(browser, link), address, **how))


def connect_gmail(stage: OutlookStage) -> None:
    """Connect Ann's Gmail, where both vendors are offered."""
    stage.ann.command("general", "/inbox connect")
    stage.settle()
    stage.press(stage.ann, stage.ann.window(), "accounts.connect_google")
    _settle_with_digits(stage, stage.ann, sign_in_with_google(Browser(), link_of(stage.ann), ANN), ANN)


def connect(stage: OutlookStage, address: str = CLEO, person: Person | None = None) -> None:
    """Connect a mailbox of Microsoft's, with the digits where they are asked for."""
    person = person or stage.cleo
    _settle_with_digits(stage, person, sign_in(stage, ask_link(stage, person), address), address)


def _settle_with_digits(stage: OutlookStage, person: Person, page: Page, address: str) -> None:
    stage.settle()
    if page.digits:
        person.fill(person.window(), "accounts.digits", page.digits)
        assert person.submit().accepted
        stage.settle()
    assert f"Connected: {address}" in texts(person.window().blocks)
    person.close()
