"""Windows in Chromium: what is put in arrives, and nothing that was typed is lost."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.page import gallery
from tests.sandbox.page.driving import open_form, submitted, type_command
from tests.sandbox.slack.town import Town

Json = dict[str, Any]
pytestmark = pytest.mark.browser


def test_everything_in_a_window_arrives_as_it_was_put_in(screen: Page, stage: Town) -> None:
    heard = submitted(stage)
    open_form(screen)
    dialog = screen.get_by_role("dialog", name="Everything")
    dialog.get_by_role("textbox", name="Name").fill("Ann")
    dialog.get_by_role("textbox", name="Notes").fill("two\nlines")
    dialog.get_by_label("Address").fill("ann@northwind.example")
    dialog.get_by_role("combobox", name="Colour (optional)").click()
    dialog.get_by_role("option", name="Blue").click()
    for colour in ("Green", "Red"):
        dialog.get_by_role("combobox", name="Colours").click()
        dialog.get_by_role("listbox", name="Colours").get_by_role("option", name=colour).click()
    dialog.get_by_role("combobox", name="Contact").fill("re")
    dialog.get_by_role("option", name="Dana re").click()
    dialog.get_by_role("combobox", name="Person").fill("ben")
    dialog.get_by_role("option", name="Ben Berg").click()
    dialog.get_by_label("Day").fill("2026-12-24")
    dialog.get_by_label("Time").fill("18:00")
    dialog.get_by_role("checkbox", name="Blue").check()
    dialog.get_by_role("radio", name="Red").check()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_have_count(0)
    (values,) = heard
    assert values["name"]["value"] == "Ann"
    assert values["notes"]["value"] == "two\nlines"
    assert values["address"]["value"] == "ann@northwind.example"
    assert values["colour"]["selected_option"]["value"] == "blue"
    assert [one["value"] for one in values["colours"]["selected_options"]] == ["green", "red"]
    assert values["contact"]["selected_option"]["value"] == "dana"
    assert values["person"]["selected_user"] == "U0BEN"
    assert values["day"]["selected_date"] == "2026-12-24"
    assert values["time"]["selected_time"] == "18:00"
    assert [one["value"] for one in values["boxes"]["selected_options"]] == ["blue"]
    assert values["one"]["selected_option"]["value"] == "red"


def test_formatted_text_arrives_as_rich_text(screen: Page, stage: Town) -> None:
    heard = submitted(stage)
    open_form(screen)
    dialog = screen.get_by_role("dialog", name="Everything")
    dialog.get_by_role("textbox", name="Name").fill("Ann")
    dialog.get_by_role("textbox", name="Message").click()
    keys = screen.keyboard
    keys.type("Hello ")
    dialog.get_by_role("button", name="Bold").click()
    keys.type("Dana")
    dialog.get_by_role("button", name="Bold").click()
    keys.press("Enter")
    dialog.get_by_role("button", name="Bulleted list").click()
    keys.type("one")
    keys.press("Enter")
    keys.press("Tab")
    keys.type("deeper")
    for _ in range(3):
        keys.press("Enter")
    dialog.get_by_role("button", name="Blockquote").click()
    keys.type("quoted")
    keys.press("Enter")
    keys.press("Enter")
    dialog.get_by_role("button", name="Code block").click()
    keys.type("x = 1")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("Thanks @be")
    dialog.get_by_role("option", name="Ben Berg").click()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_have_count(0)
    parts = heard[0]["message"]["rich_text_value"]["elements"]
    assert [part["type"].removeprefix("rich_text_") for part in parts] == [
        "section",
        "list",
        "list",
        "quote",
        "preformatted",
        "section",
    ]
    assert parts[0]["elements"] == [
        {"type": "text", "text": "Hello "},
        {"type": "text", "text": "Dana", "style": {"bold": True}},
    ]
    assert [part["indent"] for part in parts[1:3]] == [0, 1]
    assert parts[3]["elements"] == [{"type": "text", "text": "quoted"}]
    assert parts[4]["elements"] == [{"type": "text", "text": "x = 1"}]
    assert parts[5]["elements"][1] == {"type": "user", "user_id": "U0BEN"}


def test_preset_text_comes_back_as_it_was_but_for_what_was_added(screen: Page, stage: Town) -> None:
    heard = submitted(stage)
    preset = {"type": "rich_text_input", "initial_value": gallery.RICH}

    @stage.bolt.command("/escaped")
    def show(ack: Any, body: Json, client: Any) -> None:
        ack()
        view = {**gallery.FORM, "blocks": [gallery.field("Message", "message", preset)]}
        client.views_open(trigger_id=body["trigger_id"], view=view)

    type_command(screen, "/escaped now")
    dialog = screen.get_by_role("dialog", name="Everything")
    dialog.get_by_role("textbox", name="Message").locator("strong").click()
    screen.keyboard.press("Home")
    screen.keyboard.type("Now ")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_have_count(0)
    sent = heard[0]["message"]["rich_text_value"]["elements"]
    first, *others = gallery.RICH["elements"]
    assert sent[0]["elements"][0] == {"type": "text", "text": "Hello Ann,\nNow the "}
    assert [part for part in sent[0]["elements"][1:] if part["type"] != "emoji"] == [
        part for part in first["elements"][1:] if part["type"] != "emoji"
    ]
    assert sent[0]["elements"][-1]["name"] == "tada"
    assert [{"indent": 0, **part} if "style" in part else part for part in sent[1:]] == others


def test_windows_stand_on_one_another_and_keep_what_was_typed(screen: Page, stage: Town) -> None:
    @stage.bolt.action("deeper")
    def push(ack: Any, body: Json, client: Any) -> None:
        ack()
        view = {**gallery.FORM, "title": gallery.plain("On top"), "callback_id": "top"}
        client.views_push(trigger_id=body["trigger_id"], view={**view, "blocks": gallery.FORM["blocks"][1:2]})

    @stage.bolt.command("/escaped")
    def show(ack: Any, body: Json, client: Any) -> None:
        ack()
        row = {"type": "actions", "elements": [gallery.button("Deeper", "deeper")]}
        view = {**gallery.FORM, "blocks": [*gallery.FORM["blocks"][1:2], row]}
        client.views_open(trigger_id=body["trigger_id"], view=view)

    type_command(screen, "/escaped now")
    below = screen.get_by_role("dialog", name="Everything")
    below.get_by_role("textbox", name="Name").fill("typed below")
    below.get_by_role("button", name="Deeper").click()
    top = screen.get_by_role("dialog", name="On top")
    expect(top.get_by_role("textbox", name="Name")).to_be_focused()
    expect(below).to_be_hidden()
    top.get_by_role("button", name="Cancel").click()
    expect(below.get_by_role("textbox", name="Name")).to_have_value("typed below")
    screen.keyboard.press("Escape")
    expect(below).to_have_count(0)


def test_a_second_tab_leaves_the_window_of_the_first_open(screen: Page) -> None:
    open_form(screen)
    second = screen.context.new_page()
    second.goto(screen.url)
    expect(second.get_by_role("dialog", name="Everything")).to_be_visible()
    expect(screen.get_by_role("dialog", name="Everything")).to_be_visible()
    second.reload()
    expect(screen.get_by_role("dialog", name="Everything")).to_have_count(0)


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(screen: Page) -> None:
    open_form(screen)
    dialog = screen.get_by_role("dialog", name="Everything")
    dialog.get_by_role("textbox", name="Message").click()
    screen.keyboard.type("my words")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.locator("[data-block-id=name]").get_by_role("alert")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Message")).to_have_text("my words")


def test_a_window_that_is_redrawn_keeps_what_is_being_typed(screen: Page, stage: Town) -> None:
    open_form(screen)
    dialog = screen.get_by_role("dialog", name="Everything")
    name = dialog.get_by_role("textbox", name="Name")
    name.click()
    screen.keyboard.type("half a")
    redrawn = {**gallery.FORM, "blocks": [*gallery.FORM["blocks"][:2], gallery.MESSAGE[4]]}
    stage.client.views_update(view_id=stage.ann.window().id, view=redrawn)
    expect(dialog.get_by_role("textbox", name="Notes")).to_have_count(0)
    screen.keyboard.type(" name")
    expect(name).to_have_value("half a name")
    expect(name).to_be_focused()
