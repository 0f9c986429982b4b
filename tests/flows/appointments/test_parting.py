"""Disconnecting a mailbox asks first what becomes of what stands in its calendar."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import connected, link_of
from tests.flows.appointments.dates import make, the_one
from tests.flows.appointments.syncing import NIGHT, Syncing
from tests.flows.home.looking import look, shown, words
from tests.stage import texts

SECOND = timedelta(seconds=1)


def synced(syncing: Syncing) -> None:
    """One appointment that stands in the calendar."""
    syncing.switch_on()
    make(syncing.stage, handle=syncing.handle, day="2026-12-24")
    syncing.person.close()
    assert len(syncing.entries()) == 1


def ask(syncing: Syncing) -> str:
    """Press Disconnect, and return what the window says."""
    look(syncing.stage, syncing.handle)
    syncing.stage.press(syncing.person, shown(syncing.stage, syncing.handle), "home.accounts")
    syncing.stage.press(syncing.person, shown(syncing.stage, syncing.handle), "accounts.disconnect")
    return texts(syncing.person.window().blocks)


def disconnect(syncing: Syncing, events: str) -> str:
    """Disconnect, and return the receipt."""
    assert "1 appointment stands in its calendar" in ask(syncing)
    assert len(syncing.person.window().blocks) <= 7
    syncing.person.fill(syncing.person.window(), "accounts.events", events)
    assert syncing.person.submit().accepted
    syncing.stage.later(SECOND)
    said = texts(syncing.person.window().blocks)
    syncing.person.close()
    return said


def test_events_can_stay_and_are_not_doubled_after_connecting_again(syncing: Syncing) -> None:
    synced(syncing)
    before = syncing.only().id
    assert "stays in your calendar" in disconnect(syncing, "kept")
    assert syncing.only().id == before
    assert connected(syncing.stage, syncing.handle) == ()
    assert "Calendar Sync is off" in page(syncing)
    syncing.connect()
    syncing.switch_on()
    assert syncing.only().id == before


def test_events_can_go_first(syncing: Syncing) -> None:
    synced(syncing)
    assert "is taken out of your calendar" in disconnect(syncing, "out")
    assert syncing.entries() == []
    assert the_one(syncing.stage).is_planned
    syncing.stage.later(NIGHT)
    assert syncing.entries() == []


def test_a_calendar_that_cannot_be_reached_holds_nothing_up(syncing: Syncing) -> None:
    synced(syncing)
    service = "google" if syncing.handle == "ann" else "graph"
    syncing.stage.faults.add(Fault(service, Kind.STATUS, "^(DELETE|GET) .*events", times=None, status=503))
    ask(syncing)
    syncing.person.fill(syncing.person.window(), "accounts.events", "out")
    assert syncing.person.submit().accepted
    for _ in range(8):
        syncing.stage.later(timedelta(minutes=6))
    assert "could not be taken out" in texts(syncing.person.window().blocks)
    assert connected(syncing.stage, syncing.handle) == ()


def test_a_calendar_that_only_asks_for_patience_holds_it_up_no_longer_than_hours(syncing: Syncing) -> None:
    synced(syncing)
    service = "google" if syncing.handle == "ann" else "graph"
    syncing.stage.faults.add(
        Fault(service, Kind.STATUS, "^(DELETE|GET) .*events", times=None, status=429, retry_after=600)
    )
    ask(syncing)
    syncing.person.fill(syncing.person.window(), "accounts.events", "out")
    assert syncing.person.submit().accepted
    for _ in range(12):
        syncing.stage.later(timedelta(minutes=11))
    assert "could not be taken out" in texts(syncing.person.window().blocks)
    assert connected(syncing.stage, syncing.handle) == ()


def test_without_calendar_sync_nothing_is_asked(syncing: Syncing) -> None:
    said = ask(syncing)
    assert "in its calendar" not in said
    assert syncing.person.submit().accepted
    syncing.stage.later(SECOND)
    assert "Disconnected" in texts(syncing.person.window().blocks)


def page(syncing: Syncing) -> str:
    """Home's page Appointments."""
    look(syncing.stage, syncing.handle)
    syncing.stage.press(syncing.person, shown(syncing.stage, syncing.handle), "home.appointments")
    return words(shown(syncing.stage, syncing.handle))


def test_lost_access_waits_and_goes_on_after_connecting_again(syncing: Syncing) -> None:
    synced(syncing)
    if syncing.handle == "ann":
        syncing.stage.google.revoke(syncing.address)
    else:
        syncing.stage.microsoft.withdraw(syncing.address)
    syncing.stage.later(timedelta(hours=2))  # until the access token has ended too
    make(syncing.stage, handle=syncing.handle, title="Later", day="2026-12-25")
    syncing.person.close()
    assert len(syncing.entries()) == 1
    assert "waits until the account is connected again" in page(syncing)
    message = next(one for one in syncing.person.dm() if "accounts.reconnect" in str(one.blocks))
    syncing.stage.press(syncing.person, message, "accounts.reconnect")
    sign_in(Browser(), link_of(syncing.person), syncing.address)
    syncing.stage.settle()
    syncing.person.close()
    syncing.stage.later(timedelta(hours=2))
    assert len(syncing.entries()) == 2
