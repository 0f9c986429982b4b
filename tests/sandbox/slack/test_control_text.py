"""The oracle that finds links and mentions in what the app wrote."""

import pytest

from sandbox.slack.control_text import Control, controls, controls_in_text
from tests.sandbox.slack.drawing import plain, rich, section


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nothing here, a@b.example &amp; 3", []),
        ("<https://a.example|a>", [Control("link", "https://a.example", "a")]),
        ("<mailto:a@b.example>", [Control("link", "mailto:a@b.example", "")]),
        (
            "<@U0ANN> <#C0GENERAL|general>",
            [Control("user", "U0ANN", ""), Control("channel", "C0GENERAL", "general")],
        ),
        ("<!channel>", [Control("broadcast", "channel", "")]),
        ("<!subteam^S1|team>", [Control("usergroup", "S1", "team")]),
        ("<!date^1790000000^{time}|at ten>", [Control("date", "1790000000^{time}", "at ten")]),
        ("&lt;!channel&gt;", []),
    ],
)
def test_what_slack_acts_on_is_found_in_mrkdwn(text: str, found: list[Control]) -> None:
    assert controls_in_text(text) == found


def test_plain_text_is_only_words() -> None:
    assert controls({"text": "ok", "blocks": [{"type": "header", "text": plain("<!channel>")}]}) == []


def test_everything_in_a_message_is_searched() -> None:
    blocks = [section("<@U0ANN>"), rich({"type": "link", "url": "https://a.example", "text": "a"})]
    found = controls({"text": "<!here>", "blocks": blocks})
    assert [one.kind for one in found] == ["broadcast", "user", "link"]


def test_mentions_in_rich_text_are_found() -> None:
    found = controls([rich({"type": "user", "user_id": "U0ANN"}, {"type": "broadcast", "range": "everyone"})])
    assert found == [Control("user", "U0ANN", ""), Control("broadcast", "everyone", "")]
