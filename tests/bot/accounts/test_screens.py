"""Every state of connecting as a window, a message and a sentence; Slack's own rules hold for each."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.accounts import connect_views, endings, keeping_views, sentences, views
from bot.accounts.attempts import FAILURES, Attempt, Cause, Link, Outcome, Wish
from bot.accounts.kept import Addresses, Connected, Parting, Receipt, SettingsPage, Withdrawn, Writing
from bot.blocks import View, home_tab
from bot.payloads import ListRef
from bot.places import Answer
from bot.words import Reader
from providers.google.endpoints import Endpoints
from providers.google.oauth import GoogleOAuth
from providers.oauth import Capability
from sandbox.slack.blocks.validate import check_blocks, check_view
from store.accounts import Account
from store.own_addresses import OwnAddress
from tests.stage import texts

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
READER = Reader(now=NOW)
ASKED = frozenset({Capability.READ, Capability.SEND, Capability.DRAFT})
LONG = "a" * 60 + "@" + "b" * 60 + ".example"


def attempt(outcome: Outcome, **how: Any) -> Attempt:
    return replace(
        Attempt(
            "s" * 26,
            "google",
            "Gmail",
            "Google",
            "ann",
            "Northwind",
            outcome,
            ASKED,
            granted=frozenset({Capability.READ}),
            address=LONG,
            account_id="a" * 26,
            wish=Wish(ListRef(address=LONG, words="w" * 200), "*Dana* <!channel> Reyes"),
            begun_at=NOW,
        ),
        **how,
    )


def account(**how: Any) -> Account:
    made = Account(
        id="a" * 26,
        workspace_id="w" * 26,
        member_id="m" * 26,
        provider="google",
        subject="1",
        address=LONG,
        name="Ann",
        state="active",
        is_default=False,
        granted=frozenset({"read"}),
        quote_last=True,
        connected_at=NOW,
        lost_at=NOW,
        told_lost_at=None,
        last_read_at=None,
        has_signature=True,
    )
    return replace(made, **how)


def kept(**how: Any) -> Connected:
    return Connected(account(**how), "Gmail", "Google", ASKED)


def accepted(view: View, most: int) -> str:
    """Slack takes it, within the budget of screens.md; returns what is read there."""
    assert check_view(view) == []
    assert len(view["blocks"]) <= most
    return texts(view["blocks"])


def accepted_message(answer: Answer, most: int) -> str:
    assert check_blocks(list(answer.blocks)) == []
    assert len(answer.blocks) <= most
    assert answer.text
    return texts(list(answer.blocks))


@pytest.mark.parametrize("unfolded", [False, True])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_state_has_a_window(outcome: Outcome, unfolded: bool) -> None:
    shown = attempt(outcome, expected=LONG)
    told = accepted(connect_views.connect_window(shown, READER, url="", unfolded=unfolded), 14)
    if outcome in FAILURES:
        assert "Nothing was connected or changed." in told
        assert "New link" in told


@pytest.mark.parametrize("unfolded", [False, True])
def test_a_window_with_a_link_keeps_it(unfolded: bool) -> None:
    link = Link(attempt(Outcome.LINK), "https://mailroom.example/connect/x")
    window = connect_views.link_window(link, READER, unfolded=unfolded)
    accepted(window, 14)
    assert connect_views.link_in(window) == link.url


def test_every_ending_has_its_own_words() -> None:
    told = [endings.ending(attempt(outcome), READER) for outcome in sorted(FAILURES)]
    assert len({one.title for one in told}) == len(told)
    assert len({one.happened for one in told}) == len(told)
    for one in told:
        assert "Nothing was connected or changed." in one.happened
        assert one.what_next
        assert "{" not in one.title + one.happened + one.what_next + one.forward
        assert "!" not in one.title + one.happened + one.what_next
    causes = [endings.cause_ending(cause, READER) for cause in Cause]
    assert len({one.title for one in causes}) == len(causes)


def test_each_capability_is_named_where_it_is_asked_missing_or_allowed() -> None:
    every = frozenset(Capability)
    assert len(set(sentences.asked_lines(every, READER))) == len(every) + 2  # the calendar needs two
    assert len({sentences.missing_line(one, READER) for one in every}) == len(every)
    assert sentences.allowed_line(every, READER) == "reading, sending, drafts and calendar"


@pytest.mark.parametrize("capability", list(Capability))
def test_the_page_has_a_line_for_each_scope_that_google_asks_about(capability: Capability) -> None:
    google = GoogleOAuth("id", "secret", Endpoints(*["https://g.example/x"] * 4), lambda: NOW)
    scopes = {}
    for asked in (frozenset[Capability](), frozenset({capability})):
        begun = google.begin("state", "https://mailroom.example/back", asked, "")
        scopes[asked] = set(parse_qs(urlsplit(begun.url).query)["scope"][0].split())
    more = scopes[frozenset({capability})] - scopes[frozenset()]
    assert len(sentences.asked_lines(frozenset({capability}), READER)) == 1 + len(more) > 1


CALENDAR = frozenset({Capability.CALENDAR})


def test_a_calendar_permission_says_what_the_calendar_is_for_and_leads_back() -> None:
    how: dict[str, Any] = {"adds": CALENDAR, "asked": ASKED | CALENDAR, "expected": "ann@x.example"}
    link = Link(attempt(Outcome.LINK, **how), "https://mailroom.example/connect/x")
    said = accepted(connect_views.link_window(link, READER, unfolded=True), 14)
    assert "Allow the calendar of ann@x.example" in said
    for part in ("your appointments into the one calendar", "list of your calendars", "invites anybody"):
        assert part in said
    done = attempt(Outcome.CONNECTED, **how, granted=ASKED | CALENDAR, wish=None)
    window = connect_views.connect_window(done, READER)
    accepted(window, 14)
    assert "appointments.calendar" in str(window) and "discovery." not in str(window)
    refused = connect_views.connect_window(replace(done, granted=ASKED), READER)
    assert "The calendar was not allowed" in accepted(refused, 14)
    assert "appointments.calendar" not in str(refused)
    assert "accounts.allow" in str(refused) and "accounts.reconnect" not in str(refused)


def test_connecting_again_with_the_calendar_names_mail_and_calendar() -> None:
    again = Link(attempt(Outcome.LINK, asked=ASKED | CALENDAR, expected=LONG), "https://mailroom.example/x")
    said = accepted(connect_views.link_window(again, READER, unfolded=True), 14)
    assert "your mail, when you ask" in said and "list of your calendars" in said


@pytest.mark.parametrize("is_on", [True, False])
def test_scanning_every_night_is_offered_only_while_it_is_off(is_on: bool) -> None:
    window = connect_views.connect_window(attempt(Outcome.CONNECTED, scans_nightly=is_on), READER)
    assert "discovery.start_scan" in str(window)
    assert ("discovery.nightly_on" in str(window)) is not is_on


def test_messages_name_the_mailbox_and_nobodys_markup_is_read() -> None:
    told = accepted_message(connect_views.connected_message(attempt(Outcome.CONNECTED), READER), 6)
    assert LONG in told
    accepted_message(connect_views.code_message(attempt(Outcome.CODE), READER), 4)
    lost = keeping_views.lost_message(kept(state="reconnect"), READER)
    assert "Nothing is lost" in accepted_message(lost, 3)


def test_windows_of_an_account_fit() -> None:
    own = tuple(OwnAddress(f"{n}{LONG}", "", source, "") for n in range(30) for source in ("alias", "member"))
    accepted(keeping_views.addresses_window(Addresses(kept(), own), READER), 60)
    accepted(keeping_views.writing_window(Writing(kept(), "s" * 2000, quote_last=True), READER), 5)
    accepted(keeping_views.leaving_window(READER), 2)
    for lives_on in (True, False):
        accepted(keeping_views.disconnect_window(Parting(kept(), lives_on), READER), 7)
    for withdrawn in Withdrawn:
        receipt = Receipt(withdrawn, LONG, "Google")
        assert "Disconnected" in accepted(keeping_views.receipt_window(receipt, READER), 7)


@pytest.mark.parametrize("number", [0, 1, 5, 30])
def test_the_settings_page_fits_however_many_accounts_there_are(number: int) -> None:
    page = SettingsPage(tuple(kept(state=("active", "reconnect")[n % 2]) for n in range(number)), True)
    blocks = views.settings_page(page, READER)
    assert check_view(home_tab(blocks)) == []
    assert len(blocks) <= 60
    assert len(views.account_rows(page.connected[:5], READER)) == 2 * min(number, 5)


@pytest.mark.parametrize(("number", "styles"), [(0, ["primary", ""]), (1, ["", ""])])
def test_connecting_is_what_the_settings_page_is_about_only_before_there_is_a_mailbox(
    number: int, styles: list[str]
) -> None:
    page = SettingsPage(tuple(kept() for _ in range(number)), True, offers=("google", "microsoft"))
    buttons = [one for block in views.settings_page(page, READER) for one in block.get("elements", [])]
    shown = {one["action_id"]: one.get("style", "") for one in buttons if "action_id" in one}
    assert [shown["accounts.connect_google"], shown["accounts.connect_microsoft"]] == styles


def test_a_sign_in_under_way_can_be_helped_or_cancelled() -> None:
    blocks = views.connecting_state(attempt(Outcome.UNDER_WAY), READER)
    assert check_view(home_tab(blocks)) == []
    assert "since 09:00" in texts(blocks)
    assert "Cancel" in texts(blocks)
