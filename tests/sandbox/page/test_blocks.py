"""Block Kit as HTML: every block and element has its hooks, its role and its name, and nothing escapes."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sandbox.slack.blocks.validate import check_blocks, check_view
from sandbox.slack.complete import completed
from sandbox.slack.page.draw import blocks_html
from sandbox.slack.page.values import State, Surface
from sandbox.slack.page.viewer import Viewer
from tests.sandbox.page import gallery

Json = dict[str, Any]
ANN = Viewer(
    "U0ANN",
    "Europe/Berlin",
    datetime(2026, 11, 22, 11, 0, tzinfo=UTC),
    people={"U0ANN": "Ann Lee", "U0BEN": "Ben Okafor"},
    channels={"C0SALES": "sales"},
)
HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>"


def drawn(blocks: list[Json], state: State | None = None, errors: dict[str, str] | None = None) -> LexborNode:
    surface = Surface("modal", "V1", state or {}, errors or {})
    tree = LexborHTMLParser(f"<main>{blocks_html(completed(blocks), surface, ANN)}</main>")
    found = tree.css_first("main")
    assert found is not None
    return found


def one(tree: LexborNode, selector: str) -> LexborNode:
    found = tree.css(selector)
    assert len(found) == 1, f"{len(found)} × {selector}"
    return found[0]


def named(element: Json, label: str = "Label") -> LexborNode:
    return drawn([gallery.field(label, "b", element)])


def test_the_gallery_is_what_slack_takes() -> None:
    assert check_blocks(gallery.MESSAGE) == []
    assert check_view(gallery.FORM) == []
    assert check_view(gallery.HOME) == []


def test_every_block_and_element_of_the_gallery_has_its_hooks() -> None:
    for blocks in (gallery.MESSAGE, gallery.FORM["blocks"], gallery.HOME["blocks"]):
        tree = drawn(blocks)
        assert len(tree.css("[data-block-id]")) == len(blocks)
        assert tree.css_first(".undrawn") is None
        for control in tree.css("[data-element]"):
            assert control.attributes.get("data-action-id")


def test_every_control_of_the_gallery_has_a_name() -> None:
    for blocks in (gallery.MESSAGE, gallery.FORM["blocks"], gallery.HOME["blocks"]):
        tree = drawn(blocks)
        for control in tree.css("button, input, textarea, [contenteditable], [role=listbox], [role=menu]"):
            assert _name(tree, control), control.html


def _name(tree: LexborNode, control: LexborNode) -> str:
    own = control.attributes.get("aria-label")
    by = control.attributes.get("aria-labelledby")
    if by:
        return one(tree, f"[id='{by}']").text(strip=True)
    label = tree.css_first(f"label[for='{control.attributes.get('id')}']")
    return own or (label.text(strip=True) if label else "") or control.text(strip=True)


@pytest.mark.parametrize("blocks", [gallery.MESSAGE, gallery.FORM["blocks"], gallery.HOME["blocks"]])
def test_hostile_text_in_every_field_stays_text(blocks: list[Json]) -> None:
    tree = drawn(_poisoned(copy.deepcopy(blocks)))
    assert tree.css_first("script") is None
    for image in tree.css("img"):
        assert image.attributes.get("src") != "x"
    for node in tree.css("*"):
        assert not any(name.startswith("on") for name in node.attributes)
        assert not (node.attributes.get("href") or "").startswith("javascript:")


def _poisoned(thing: Any, key: str = "") -> Any:
    if isinstance(thing, dict):
        return {name: _poisoned(part, name) for name, part in thing.items()}
    if isinstance(thing, list):
        return [_poisoned(part, key) for part in thing]
    if key in ("url", "image_url"):
        return "javascript:alert(1)"
    if isinstance(thing, str) and key in ("text", "value", "action_id", "block_id", "accessibility_label"):
        return thing + HOSTILE
    return thing


def test_a_button_carries_style_value_label_and_question() -> None:
    confirm = {"title": gallery.plain("Sure?"), "text": gallery.plain("Really")}
    made = gallery.button("Add", "add", style="primary", accessibility_label="Add Tom", confirm=confirm)
    button = one(drawn([{"type": "actions", "elements": [made]}]), "button")
    assert button.attributes["aria-label"] == "Add Tom"
    assert button.attributes["data-value"] == "v"
    assert "btn-primary" in (button.attributes["class"] or "")
    assert "Sure?" in (button.attributes["data-confirm"] or "")
    assert button.text(strip=True) == "Add"


def test_a_button_with_an_address_is_a_link_that_is_pressed_too() -> None:
    tree = drawn([{"type": "actions", "elements": [gallery.button("Go", "go", url="https://a.example/")]}])
    link = one(tree, "a[data-element=button]")
    assert link.attributes["href"] == "https://a.example/"
    assert link.attributes["rel"] == "noopener noreferrer"


def test_an_overflow_is_a_menu() -> None:
    options = [gallery.option("Open", "open"), gallery.option("Leave", "leave")]
    element = {"type": "overflow", "action_id": "more", "options": options}
    tree = drawn([{"type": "actions", "elements": [element]}])
    assert [item.text(strip=True) for item in tree.css("[role=menu] [role=menuitem]")] == ["Open", "Leave"]
    assert one(tree, "button[aria-haspopup=menu]").attributes["aria-label"] == "More actions"


@pytest.mark.parametrize(
    ("element", "kind", "value"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, "text", "x"),
        ({"type": "email_text_input", "initial_value": "a@b.example"}, "email", "a@b.example"),
        ({"type": "url_text_input", "initial_value": "https://a.example"}, "url", "https://a.example"),
        ({"type": "number_input", "is_decimal_allowed": True, "initial_value": "1.5"}, "text", "1.5"),
        ({"type": "datepicker", "initial_date": "2026-11-23"}, "date", "2026-11-23"),
        ({"type": "timepicker", "initial_time": "08:30"}, "time", "08:30"),
        ({"type": "datetimepicker", "initial_date_time": 1795340400}, "datetime-local", "2026-11-22T10:40"),
    ],
)
def test_a_field_holds_its_preset(element: Json, kind: str, value: str) -> None:
    field = one(named(element), "input")
    assert (field.attributes["type"], field.attributes["value"]) == (kind, value)


def test_what_was_typed_stands_in_place_of_the_preset() -> None:
    element = {"type": "plain_text_input", "initial_value": "preset"}
    state = {"b": {"a": {"type": "plain_text_input", "value": None}}}
    assert one(drawn([gallery.field("L", "b", element)], state), "input").attributes["value"] == ""


def test_a_multiline_field_keeps_its_first_empty_line() -> None:
    element = {"type": "plain_text_input", "multiline": True, "initial_value": "\nsecond"}
    assert one(named(element), "textarea").text() == "\nsecond"


def test_a_static_select_is_a_combobox_with_a_listbox() -> None:
    chosen = gallery.COLOURS[1]
    tree = named({"type": "static_select", "options": gallery.COLOURS, "initial_option": chosen}, "Colour")
    box = one(tree, "[role=combobox]")
    assert box.attributes["value"] == "Blue"
    assert one(tree, "[role=listbox]").attributes["aria-label"] == "Colour"
    chosen_ones = [o for o in tree.css("[role=option]") if o.attributes["aria-selected"] == "true"]
    assert [o.attributes["data-value"] for o in chosen_ones] == ["blue"]


def test_groups_of_options_have_their_names() -> None:
    groups = [{"label": gallery.plain("Warm"), "options": [gallery.option("Red", "red")]}]
    tree = named({"type": "static_select", "option_groups": groups})
    assert one(tree, "[role=group]").attributes["aria-label"] == "Warm"


def test_a_multi_select_shows_chips_that_can_be_taken_away() -> None:
    preset = gallery.COLOURS[:2]
    tree = named({"type": "multi_static_select", "options": gallery.COLOURS, "initial_options": preset})
    labels = [chip.attributes["aria-label"] for chip in tree.css(".chip button")]
    assert labels == ["Remove Green", "Remove Blue"]


def test_people_are_offered_by_name() -> None:
    tree = named({"type": "users_select", "initial_user": "U0BEN"})
    assert [option.text(strip=True) for option in tree.css("[role=option]")] == ["Ann Lee", "Ben Okafor"]
    assert one(tree, "[role=combobox]").attributes["value"] == "Ben Okafor"


def test_boxes_and_radio_buttons_hold_their_presets() -> None:
    boxes = {"type": "checkboxes", "options": gallery.COLOURS, "initial_options": gallery.COLOURS[:2]}
    radio = {"type": "radio_buttons", "options": gallery.COLOURS, "initial_option": gallery.COLOURS[2]}
    assert len(named(boxes).css("input[type=checkbox][checked]")) == 2
    assert len(named(radio).css("input[type=radio][checked]")) == 1
    assert one(named(radio), "[role=radiogroup]").attributes["aria-labelledby"]


def test_an_editor_shows_its_preset_formatted() -> None:
    tree = named({"type": "rich_text_input", "initial_value": gallery.RICH})
    editor = one(tree, "[contenteditable]")
    assert editor.attributes["role"] == "textbox"
    assert one(editor, "strong").text() == "offer"
    assert one(editor, "ul > li > ol > li").text() == "deeper"
    assert one(editor, "blockquote").text() == "What you wrote\nin two lines"
    assert one(editor, "pre").text() == "x = <b>1</b>"


def test_a_refused_field_says_why() -> None:
    tree = drawn([gallery.field("Text", "b", {"type": "plain_text_input"})], errors={"b": "Empty <b>."})
    sentence = one(tree, ".field-error[role=alert]")
    assert sentence.text() == "Empty <b>."
    assert "hidden" not in sentence.attributes
    assert "refused" in (one(tree, ".block-input").attributes["class"] or "")


def test_a_field_without_an_error_shows_none() -> None:
    assert "hidden" in one(named({"type": "plain_text_input"}), ".field-error").attributes


def test_a_file_field_says_that_nothing_can_be_added_here() -> None:
    tree = named({"type": "file_input"}, "Files")
    assert "disabled" in one(tree, "input[type=file]").attributes
    assert "cannot be added" in one(tree, ".hint").text()


def test_an_unknown_block_says_that_it_cannot_be_shown() -> None:
    assert one(drawn([{"type": "video"}]), ".undrawn").text()


def test_a_picture_from_elsewhere_keeps_its_words() -> None:
    block = {"type": "image", "image_url": "https://a.example/x.png", "alt_text": 'A "map"'}
    assert one(drawn([block]), "img").attributes["alt"] == 'A "map"'
