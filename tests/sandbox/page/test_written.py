"""What was typed into the page's editor becomes what Slack's editor sends."""

from typing import Any

from sandbox.slack.blocks.validate import check_blocks
from sandbox.slack.page.written import as_sent

Json = dict[str, Any]


def sent(*elements: Json, kind: str = "rich_text_section") -> list[Json]:
    block = as_sent({"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]})
    assert block is not None
    assert check_blocks([block]) == []
    pieces: list[Json] = block["elements"][0]["elements"]
    return pieces


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def test_addresses_become_links_and_keep_their_style() -> None:
    assert sent(text("see https://a.example/x. or dana@northwind.example", bold=True)) == [
        text("see ", bold=True),
        {"type": "link", "url": "https://a.example/x", "style": {"bold": True}},
        text(". or ", bold=True),
        {
            "type": "link",
            "url": "mailto:dana@northwind.example",
            "text": "dana@northwind.example",
            "style": {"bold": True},
        },
    ]


def test_emoji_become_elements_however_they_were_typed() -> None:
    wave = {"type": "emoji", "name": "wave", "unicode": "1f44b"}
    assert sent(text("hi :wave:👋 at 10:30:00 :nothing:")) == [
        text("hi "),
        wave,
        wave,
        text(" at 10:30:00 :nothing:"),
    ]


def test_code_is_left_as_it_was_typed() -> None:
    code = text("https://a.example :wave:", code=True)
    assert sent(code) == [code]
    plain = text("https://a.example :wave:")
    assert sent(plain, kind="rich_text_preformatted") == [plain]


def test_lists_are_walked() -> None:
    item = {"type": "rich_text_section", "elements": [text(":tada:")]}
    block = as_sent(
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [item]}],
        }
    )
    assert block is not None
    assert block["elements"][0]["elements"][0]["elements"][0]["type"] == "emoji"


def test_nothing_typed_stays_nothing() -> None:
    assert as_sent(None) is None
