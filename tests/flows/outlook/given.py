"""Steps with Outlook: Cleo reads her mail there, at work and in private."""

from typing import Any

from sandbox.slack.person import Person
from tests.browser_walk import Browser, Page, go_on
from tests.stage import Stage
from tests.stage import ask_link as ask_link_of
from tests.stage import connect as connect_any

CLEO, ANN = "cleo@northwind.example", "ann@northwind.example"
PRIVATE = "cleo.martin@outlook.example"


class OutlookStage(Stage):
    """The stage, with Outlook as it may be set up. `secret`: a wrong one that Mailroom was given."""

    secret = ""
    offered = True  # False: as if nobody had ever set Outlook up

    def environment(self) -> dict[str, str]:
        given = super().environment()
        if not self.offered:
            return {name: value for name, value in given.items() if not name.startswith("MICROSOFT_")}
        return given | ({"MICROSOFT_CLIENT_SECRET": self.secret} if self.secret else {})

    @property
    def cleo(self) -> Person:
        return self.person("cleo")

    def graph(self, path: str = "") -> list[str]:
        """What was asked of Graph since the record was begun anew."""
        return [f"{one.method} {one.path}" for one in self.faults.calls("graph", path)]


def ask_link(stage: OutlookStage, person: Person) -> str:
    """Type `/inbox connect`, choose Outlook, read the link of the window."""
    return ask_link_of(stage, person.user.name, "microsoft")


def sign_in(stage: OutlookStage, link: str, address: str, **how: Any) -> Page:
    """Go through the page, Microsoft and back. `how` as in Microsoft.consent."""
    browser = Browser()
    return browser.open(stage.microsoft.consent(go_on(browser, link), address, **how))


def connect_gmail(stage: OutlookStage) -> None:
    """Connect Ann's Gmail."""
    connect_any(stage)


def connect(stage: OutlookStage, address: str = CLEO, person: Person | None = None) -> None:
    """Connect a mailbox of Microsoft's, with the digits where they are asked for."""
    connect_any(stage, (person or stage.cleo).user.name, address)
