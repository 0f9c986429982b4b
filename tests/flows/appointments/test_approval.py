"""Calendar Sync where an administrator has to allow calendars first: the way out of it, and back in."""

import pytest

from sandbox.microsoft.directory import Policy
from sandbox.microsoft.walk import StoppedByMicrosoft
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import connected, link_of, query_of, shown
from tests.flows.appointments.dates import add_contact, make
from tests.flows.appointments.syncing import Syncing
from tests.stage import Stage, texts

HOUSE, ADMIN, CLEO = "northwind.example", "admin@northwind.example", "cleo@northwind.example"


@pytest.fixture
def strict(stage: Stage) -> Syncing:
    """Cleo, whose organisation let her connect her mail and now lets nobody allow more by themselves."""
    made = Syncing(stage, "cleo", CLEO)
    made.connect()
    add_contact(stage, handle="cleo")
    stage.microsoft.tenant(HOUSE).policy = Policy.APPROVAL
    stage.microsoft.add_administrator(ADMIN)
    return made


def test_an_administrator_approves_and_the_calendar_is_chosen_in_the_same_window(strict: Syncing) -> None:
    stage, cleo = strict.stage, strict.person
    make(stage, handle="cleo", day="2026-12-24")
    cleo.close()
    stage.press(cleo, strict.open(), "accounts.allow")
    with pytest.raises(StoppedByMicrosoft) as stop:
        sign_in(Browser(), link_of(cleo), CLEO)
    assert stop.value.code == "approval"
    stage.settle()
    stage.press(cleo, cleo.window(), "accounts.did_it_not_work")
    link = next(word for word in shown(cleo).split() if "/adminconsent?" in word)
    assert "Calendars.ReadWrite" in query_of(link)["scope"]
    (account,) = connected(stage, "cleo")
    assert account.state == "active", "mail goes on without the calendar"

    Browser().open(stage.microsoft.admin_consent(link, ADMIN))
    stage.settle()
    stage.press(cleo, cleo.window(), "accounts.new_link")
    sign_in(Browser(), link_of(cleo), CLEO)
    stage.settle()
    stage.press(cleo, cleo.window(), "appointments.calendar")
    assert "1 appointment stands in your calendar" in texts(strict.choose().blocks)
    assert len(strict.entries()) == 1
