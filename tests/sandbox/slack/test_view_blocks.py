"""The Block Kit validator on windows and Home."""

from typing import Any

import pytest

from sandbox.slack.blocks.validate import check_view
from tests.sandbox.slack.drawing import (
    Json,
    actions,
    button,
    element,
    field,
    form,
    home,
    modal,
    option,
    options,
    plain,
    rich,
    section,
    text_field,
)

DIVIDER: Json = {"type": "divider"}


@pytest.mark.parametrize("surface", [form, home])
def test_windows_and_home_hold_a_hundred_blocks(surface: Any) -> None:
    assert check_view(surface(*[DIVIDER] * 100)) == []
    assert [str(p) for p in check_view(surface(*[DIVIDER] * 101))] == [
        "no more than 100 items allowed [json-pointer:/view/blocks]"
    ]


BAD_VIEWS: list[tuple[Json, str]] = [
    (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    (form(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
    (form(close=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
    (
        modal(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
    (modal(external_id="x" * 256), "must be less than 256 characters [json-pointer:/view/external_id]"),
    (modal(submit_disabled=True), "invalid additional property: submit_disabled [json-pointer:/view]"),
    (
        modal(text_field()),
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
    ),
    ({"type": "modal", "blocks": [DIVIDER]}, "missing required field: title [json-pointer:/view]"),
    ({"type": "modal", "title": plain("x")}, "missing required field: blocks [json-pointer:/view]"),
    ({"type": "panel", "blocks": [DIVIDER]}, "unsupported type: panel [json-pointer:/view/type]"),
    (home(title=plain("x")), "invalid additional property: title [json-pointer:/view]"),
    (
        home(actions(element("datetimepicker"))),
        "unsupported type: datetimepicker [json-pointer:/view/blocks/0/elements/0/type]",
    ),
    (
        home({"type": "alert", "text": plain("x")}),
        "unsupported type: alert [json-pointer:/view/blocks/0/type]",
    ),
    (
        form({"type": "markdown", "text": "x"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    (
        form({"type": "alert", "text": plain("x" * 201)}),
        "must be less than 201 characters [json-pointer:/view/blocks/0/text/text]",
    ),
    (
        form(text_field("b", focus_on_load=True), text_field("c", focus_on_load=True)),
        "only one element may have `focus_on_load` [json-pointer:/view/blocks/1/element/focus_on_load]",
    ),
    (
        form(text_field(max_length=3001)),
        "must be less than or equal to 3000 [json-pointer:/view/blocks/0/element/max_length]",
    ),
    (
        form(text_field(min_length=5, max_length=4)),
        "`min_length` must not exceed `max_length` [json-pointer:/view/blocks/0/element/min_length]",
    ),
    (
        form(text_field(initial_value="12345", max_length=4)),
        "must be less than 5 characters [json-pointer:/view/blocks/0/element/initial_value]",
    ),
    (
        form(text_field(initial_value="")),
        "must be more than 0 characters [json-pointer:/view/blocks/0/element/initial_value]",
    ),
    (
        form(field("b", element("number_input"))),
        "missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]",
    ),
    (
        form(field("b", element("file_input", max_files=11))),
        "must be less than or equal to 10 [json-pointer:/view/blocks/0/element/max_files]",
    ),
    (
        form(field("b", element("rich_text_input", min_lines=9, max_lines=8))),
        "`min_lines` must not exceed `max_lines` [json-pointer:/view/blocks/0/element/min_lines]",
    ),
    (
        form(field("b", element("rich_text_input", initial_value=section("x")))),
        "unsupported type: section [json-pointer:/view/blocks/0/element/initial_value/type]",
    ),
    (
        form(field("b", element("datepicker", initial_date="22.11.2026"))),
        "must be a valid date [json-pointer:/view/blocks/0/element/initial_date]",
    ),
    (
        form(field("b", element("multi_users_select", max_selected_items=1, initial_users=["U1", "U2"]))),
        "no more than 1 items allowed [json-pointer:/view/blocks/0/element/initial_users]",
    ),
    (
        form({"type": "input", "label": plain("x" * 2001), "element": element("plain_text_input")}),
        "must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]",
    ),
]


@pytest.mark.parametrize(("view", "words"), BAD_VIEWS, ids=[words for _, words in BAD_VIEWS])
def test_what_slack_refuses_in_a_view_is_refused(view: Json, words: str) -> None:
    assert [str(problem) for problem in check_view(view)] == [words]


def test_a_window_with_everything_a_reply_needs_is_taken() -> None:
    preset = rich({"type": "text", "text": "Dear Dana"})
    select = element("static_select", options=options(3), initial_option=option("1"))
    boxes = element("checkboxes", options=[option("sig"), option("quote")], initial_options=[option("sig")])
    view = form(
        {"type": "alert", "text": plain("Answers go elsewhere"), "level": "warning"},
        field("to", select),
        field("text", {**element("rich_text_input"), "initial_value": preset, "focus_on_load": True}),
        field("boxes", boxes, optional=True),
        actions(button("save"), button("continue", url="https://mail.example/drafts")),
        private_metadata="x" * 3000,
        notify_on_close=True,
    )
    assert [str(problem) for problem in check_view(view)] == []
