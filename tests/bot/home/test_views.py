"""App Home drawn from data: its budgets, and that Slack takes it."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from bot.accounts.attempts import Attempt, Outcome
from bot.accounts.kept import Connected, SettingsPage
from bot.blocks import button, weight
from bot.home.homes import ACCOUNTS, TODAY, Home, Surroundings
from bot.home.views import home_view, refused_view
from bot.inbox.letters import Standing
from bot.places import Notice
from bot.words import Reader
from providers.oauth import Capability
from sandbox.slack.blocks.validate import check_view
from store.contacts import Contact
from store.outgoing import Outgoing
from tests.bot.inbox.given import NOW, account

AROUND = Surroundings("https://mailroom.example", "/inbox")
READER = Reader(now=NOW)
LONG = "Maximiliane Friederike " * 20


def contact(number: int) -> Contact:
    values: dict[str, Any] = dict.fromkeys(Contact.__dataclass_fields__, "")
    values |= {"id": f"c{number}", "name": LONG, "company": LONG, "created_at": NOW, "updated_at": NOW}
    return Contact(**values | {"addresses": (f"p{number}@example.com",)})


def standing(number: int, state: str) -> Standing:
    values: dict[str, Any] = {field.name: "x" for field in fields(Outgoing)}
    values |= dict.fromkeys(("due_at", "created_at", "sent_at", "keep_until"), NOW)
    values |= {"id": f"o{number}", "state": state, "error_kind": None, "attempt": 1}
    return Standing(Outgoing(**values), subject=LONG, name=LONG, label="Gmail", retry_at=None)


def full(page: str) -> Home:
    everything = frozenset(Capability)
    accounts = tuple(
        Connected(
            account(f"a{n}", f"ann{n}@northwind.example", state="reconnect", lost_at=NOW),
            "Gmail",
            "Google",
            everything,
        )
        for n in range(12)
    )
    return Home(
        version=7,
        published="1.a",
        page=page,
        settings=SettingsPage(accounts, preview_lines=True),
        attempt=Attempt(
            "s", "google", "Gmail", "Google", "Ann", "Northwind", Outcome.UNDER_WAY, everything, begun_at=NOW
        ),
        needs_you=tuple(standing(n, "uncertain") for n in range(5)),
        under_way=tuple(standing(n, "queued") for n in range(5)),
        recent=tuple(contact(n) for n in range(5)),
        people=5,
    )


TOLD = Notice("Something was done.", (button("Undo", "a.b", "x"),))


def test_a_full_today_stays_within_its_budget_and_slack_takes_it() -> None:
    view = home_view(full(TODAY), TOLD, AROUND, READER)
    assert check_view(view) == []
    assert len(view["blocks"]) <= 7 + 3 + 2 + 45  # frame, notices, what was told, the page (screens.md 2)
    assert weight(view) <= 200_000


def test_the_accounts_page_stays_within_its_budget_and_slack_takes_it() -> None:
    view = home_view(full(ACCOUNTS), TOLD, AROUND, READER)
    assert check_view(view) == []
    assert len(view["blocks"]) <= 7 + 3 + 2 + 60
    assert weight(view) <= 200_000


def test_the_page_shown_is_said_in_words_and_not_by_a_colour_alone() -> None:
    for page, chosen in ((TODAY, "Today, this page"), (ACCOUNTS, "Gmail & Outlook, this page")):
        tabs = home_view(full(page), None, AROUND, READER)["blocks"][2]["elements"]
        assert [tab["accessibility_label"] for tab in tabs if "this page" in tab["accessibility_label"]] == [
            chosen
        ]


def test_a_refused_person_sees_the_sentence_and_the_way_to_help_and_nothing_else() -> None:
    view = refused_view(Notice("Mailroom is for members."), AROUND, READER)
    assert check_view(view) == []
    assert len(view["blocks"]) == 4
    assert "https://mailroom.example/privacy" in str(view["blocks"][-1])


def test_the_commands_own_name_is_the_one_that_is_shown() -> None:
    home = replace(full(TODAY), settings=SettingsPage((), False), attempt=None, recent=(), people=0)
    around = Surroundings("https://mailroom.example", "/mail")
    shown = str(home_view(home, None, around, READER))
    assert "/mail" in shown
    assert "/inbox" not in shown


def test_every_drawing_empties_the_menu_of_people() -> None:
    first = home_view(full(TODAY), None, AROUND, READER)
    second = home_view(replace(full(TODAY), version=8), None, AROUND, Reader(now=NOW + timedelta(minutes=1)))

    def menu(view: dict[str, Any]) -> str:
        return str(next(b["block_id"] for b in view["blocks"] if "external_select" in str(b)))

    assert menu(first) != menu(second)
