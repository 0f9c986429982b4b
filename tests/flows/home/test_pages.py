"""The public pages: there without signing in, true to the program, readable without a script."""

from urllib.request import urlopen

import pytest

from bot.home.homes import Surroundings
from bot.home.public import support_page
from bot.words import Reader
from tests.stage import Stage


def page(stage: Stage, path: str) -> str:
    with urlopen(f"{stage.url}{path}") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/html")
        return str(answer.read().decode())


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (
            "/help",
            [
                "/inbox dana@northwind.example pricing</code>: only",
                "/inbox scan</code>: see",
                "does not mark mail as read",
                'id="try"',
            ],
        ),
        ("/privacy", ["never written to a disk", "5 minutes", "7 days", "90 days", "Disconnect a mailbox"]),
        ("/support", ["Whom to ask", "person who installed Mailroom", "short reference"]),
    ],
)
def test_a_page_is_there_for_everybody_and_names_the_others(stage: Stage, path: str, says: list[str]) -> None:
    shown = page(stage, path)
    for words in says:
        assert words in shown
    assert "<script" not in shown
    assert "viewport" in shown
    for other in {"/help", "/privacy", "/support"} - {path}:
        assert f'href="{other}"' in shown


def test_home_leads_to_the_pages(stage: Stage) -> None:
    stage.ann.open_home()
    stage.settle()
    home = stage.ann.home()
    assert home is not None
    links = home.blocks[-1]["elements"][0]["text"]
    for path in ("/help", "/privacy", "/support"):
        assert f"<{stage.url}{path}|" in links
    assert stage.ann.element(home, "home.try")["url"] == f"{stage.url}/help#try"


def test_whoever_runs_it_is_named_where_the_settings_say_who() -> None:
    around = Surroundings("https://mailroom.example", "/inbox", "mailto:it@northwind.example")
    (asked, *_) = support_page(around, Reader()).parts
    assert asked.link == ("mailto:it@northwind.example", "it@northwind.example")
