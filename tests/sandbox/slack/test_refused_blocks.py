"""What Slack refuses in the blocks of a message, one step beyond each limit, with its pointer."""

import pytest

from sandbox.slack.blocks.validate import check_blocks
from tests.sandbox.slack.drawing import (
    Json,
    actions,
    button,
    confirm,
    element,
    field,
    groups,
    mrkdwn,
    option,
    options,
    plain,
    rich,
    section,
)

BAD_BLOCKS: list[tuple[Json, str]] = [
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0/type]"),
    (
        {"type": "section", "fields": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        actions(*[button(f"b{n}") for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(), "must provide at least 1 items [json-pointer:/blocks/0/elements]"),
    (
        {"type": "context", "elements": [plain("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    ({"type": "header", "text": mrkdwn("x")}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    ({"type": "carousel", "elements": []}, "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    ({"elements": []}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": "alert", "text": plain("x")}, "unsupported type: alert [json-pointer:/blocks/0/type]"),
    (
        {**section("x"), "colour": "red"},
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
    (section("x", block_id="x" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    (
        actions(button("x" * 256)),
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        actions(button("a", "x" * 76)),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        actions(button("a", value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(button("a", url="https://a.example/" + "x" * 3000)),
        "must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]",
    ),
    (
        actions(button("a", url="javascript:alert(1)")),
        "must be a valid URL [json-pointer:/blocks/0/elements/0/url]",
    ),
    (
        actions(button("a", accessibility_label="x" * 76)),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]",
    ),
    (
        actions(button("a", style="warning")),
        "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(button("a", disabled=True)),
        "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(button("a", value=None)),
        "must not be null [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(button("a"), button("a")),
        '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    (
        actions(button("a", confirm=confirm(title=101))),
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        actions(button("a", confirm=confirm(text=301))),
        "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
    ),
    (
        actions(button("a", confirm=confirm(yes=31))),
        "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]",
    ),
    (
        section("x", accessory=element("static_select", options=options(101))),
        "no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    (
        section("x", accessory=element("static_select", option_groups=groups(101))),
        "no more than 100 items allowed [json-pointer:/blocks/0/accessory/option_groups]",
    ),
    (
        section("x", accessory=element("static_select", option_groups=groups(1, 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/accessory/option_groups/0/label/text]",
    ),
    (
        section("x", accessory=element("static_select")),
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/accessory]",
    ),
    (
        section("x", accessory=element("static_select", options=options(1), placeholder=plain("x" * 151))),
        "must be less than 151 characters [json-pointer:/blocks/0/accessory/placeholder/text]",
    ),
    (
        section(
            "x", accessory=element("static_select", options=options(2), initial_option=option("0", "other"))
        ),
        "`initial_option` must match one of the options [json-pointer:/blocks/0/accessory/initial_option]",
    ),
    (
        actions(element("checkboxes", options=options(2), initial_options=[option("7")])),
        "`initial_options` must match one of the options "
        "[json-pointer:/blocks/0/elements/0/initial_options/0]",
    ),
    (
        section("x", accessory=element("static_select", options=[option("1"), option("1", "other")])),
        "options must have different values [json-pointer:/blocks/0/accessory/options]",
    ),
    (
        actions(element("checkboxes", options=options(11))),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(element("radio_buttons", options=options(11))),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(element("overflow", options=options(6))),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        section("x", accessory=element("static_select", options=[option("1", "x" * 76)])),
        "must be less than 76 characters [json-pointer:/blocks/0/accessory/options/0/text/text]",
    ),
    (
        section("x", accessory=element("static_select", options=[option("x" * 151, "x")])),
        "must be less than 151 characters [json-pointer:/blocks/0/accessory/options/0/value]",
    ),
    (
        actions(element("plain_text_input")),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        field("b", element("rich_text_input")),
        "unsupported type: rich_text_input [json-pointer:/blocks/0/element/type]",
    ),
    (
        field("b", element("email_text_input")),
        "unsupported type: email_text_input [json-pointer:/blocks/0/element/type]",
    ),
    (
        {"type": "image", "image_url": "https://a.example/b.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        {"type": "image", "image_url": "http://127.0.0.1:8000/b.png", "alt_text": "x"},
        "downloading image failed [json-pointer:/blocks/0/image_url]",
    ),
    (
        {"type": "image", "alt_text": "x"},
        "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]",
    ),
    (
        rich({"type": "text", "text": ""}),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    (
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]},
        "must provide at least 1 items [json-pointer:/blocks/0/elements/0/elements]",
    ),
    (
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "x"}]}
            ],
        },
        "unsupported type: text [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "wave"}]}],
        },
        "unsupported type: emoji [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    (
        rich({"type": "text", "text": "x", "style": {"blink": True}}),
        "invalid additional property: blink [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
    (
        rich({"type": "link", "url": "nowhere"}),
        "must be a valid URL [json-pointer:/blocks/0/elements/0/elements/0/url]",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]},
        "tables hold no more than 10000 characters together [json-pointer:/blocks]",
    ),
]


@pytest.mark.parametrize(("block", "words"), BAD_BLOCKS, ids=[words for _, words in BAD_BLOCKS])
def test_what_slack_refuses_is_refused_with_its_pointer(block: Json, words: str) -> None:
    assert [str(problem) for problem in check_blocks([block])] == [words]
