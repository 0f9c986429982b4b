"""The Block Kit validator on messages: each limit at its edge and one beyond, with Slack's pointer."""

from typing import Any

import pytest

from sandbox.slack.blocks.rules import text_characters
from sandbox.slack.blocks.validate import check_blocks, check_options, check_view
from tests.sandbox.slack.drawing import (
    Json,
    actions,
    button,
    confirm,
    element,
    groups,
    mrkdwn,
    option,
    options,
    plain,
    rich,
    section,
)

DIVIDER: Json = {"type": "divider"}


GOOD_BLOCKS: dict[str, Json] = {
    "section of 3000": section("x" * 3000),
    "section with fields": {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    "25 buttons": actions(*[button(f"b{n}") for n in range(25)]),
    "context of 10": {"type": "context", "elements": [plain("x")] * 10},
    "header of 150": {"type": "header", "text": plain("x" * 150)},
    "button text of 75": actions(button("a", "x" * 75, value="x" * 2000, accessibility_label="x" * 75)),
    "confirm at its limits": actions(button("a", confirm=confirm(100, 300, 30, 30))),
    "100 options": section("x", accessory=element("static_select", options=options(100))),
    "100 groups": section("x", accessory=element("static_select", option_groups=groups(100, 75))),
    "10 checkboxes": actions(element("checkboxes", options=options(10))),
    "5 in a menu": actions(element("overflow", options=options(5))),
    "image": {"type": "image", "image_url": "https://a.example/b.png", "alt_text": "x"},
    "rich text": rich({"type": "text", "text": "x", "style": {"bold": True}}),
    "preformatted": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}], "border": 1}
        ],
    },
    "nested list": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_list", "style": style, "indent": indent, "elements": rich(item)["elements"]}
            for style, indent, item in [
                ("bullet", 0, {"type": "text", "text": "x"}),
                ("ordered", 1, {"type": "link", "url": "https://a.example", "text": "y"}),
            ]
        ],
    },
    "quote": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "emoji", "name": "wave"}]}],
    },
    "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20] * 100},
    "date": rich({"type": "date", "timestamp": 1_790_000_000, "format": "{time}", "fallback": "x"}),
}


@pytest.mark.parametrize("name", GOOD_BLOCKS)
def test_what_slack_takes_is_taken(name: str) -> None:
    assert [str(problem) for problem in check_blocks([GOOD_BLOCKS[name]])] == []


def test_a_message_holds_fifty_blocks() -> None:
    assert check_blocks([DIVIDER] * 50) == []
    assert [p.message for p in check_blocks([DIVIDER] * 51)] == ["no more than 50 items allowed"]


def test_block_ids_are_unique_in_a_surface() -> None:
    blocks = [section("x", block_id="b"), section("x", block_id="b")]
    assert [str(p) for p in check_blocks(blocks)] == [
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]'
    ]


def test_an_action_id_may_come_again_in_another_block() -> None:
    assert check_blocks([actions(button("a")), actions(button("a"))]) == []


def test_markdown_blocks_share_twelve_thousand_characters() -> None:
    def blocks(size: int) -> list[Json]:
        return [{"type": "markdown", "text": "x" * size}] * 2

    assert check_blocks(blocks(6000)) == []
    assert len(check_blocks(blocks(6001))) == 1


def test_a_message_holds_one_table() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert [p.message for p in check_blocks([table, table])] == ["only one table is allowed in a message"]


@pytest.mark.parametrize(
    ("answer", "good"),
    [
        ({"options": []}, True),
        ({"options": options(100)}, True),
        ({"options": options(101)}, False),
        ({"option_groups": groups(3)[:1]}, True),
        ({}, False),
        ({"options": [], "option_groups": []}, False),
        ({"options": [option("1"), option("1")]}, False),
        ({"options": [{"text": mrkdwn("x"), "value": "1"}]}, False),
    ],
)
def test_answers_to_external_selects_have_their_limits(answer: Json, good: bool) -> None:
    assert (check_options(answer) == []) is good


def test_characters_are_counted_wherever_a_person_reads_them() -> None:
    blocks = [
        section("12345"),
        rich({"type": "text", "text": "123"}),
        {"type": "header", "text": plain("12")},
    ]
    assert text_characters(blocks) == 10


@pytest.mark.parametrize("given", [None, 3, "text", [None], [[]], {"type": "modal"}])
def test_nonsense_is_refused_and_never_raises(given: Any) -> None:
    assert check_view(given)
    assert check_blocks(given) or given == []
