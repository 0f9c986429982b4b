"""The page as a person uses it: in Chromium, at a desk's and a phone's width."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.sandbox.page import gallery
from tests.sandbox.slack.town import Town

Json = dict[str, Any]
pytestmark = pytest.mark.browser

SIZES = {"desk": (1280, 860), "phone": (390, 844)}


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, browser: Browser, stage: Town) -> Iterator[Page]:
    """Ann's screen, in #general; whatever the page's scripts complain about fails the test."""
    width, height = SIZES[request.param]
    page = browser.new_page(viewport={"width": width, "height": height})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{stage.sandbox.base_url}/client/ann/{stage.ann.channel('general').id}")
    expect(page.locator("body[data-live]")).to_be_attached()
    yield page
    page.close()
    assert complaints == []


def type_command(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Message #general").fill(words)
    page.keyboard.press("Enter")


def to_list(page: Page) -> None:
    """On a phone, go back to the list of places; at a desk it is always there."""
    back = page.get_by_role("link", name="Back to Northwind")
    if back.is_visible():
        back.click()


def open_form(page: Page) -> None:
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_role("menuitem", name="Find").click()
    expect(page.get_by_role("dialog", name="Everything")).to_be_visible()


def submitted(stage: Town) -> list[Json]:
    """Take what is submitted, as the app hears it."""
    heard: list[Json] = []

    @stage.bolt.view("everything")
    def took(ack: Any, view: Json) -> None:
        heard.append({block: inputs["a"] for block, inputs in view["state"]["values"].items()})
        ack()

    return heard


def test_a_command_is_offered_and_its_answer_is_gone_after_a_reload(screen: Page) -> None:
    field = screen.get_by_role("textbox", name="Message #general")
    field.fill("/")
    expect(screen.get_by_role("option", name="/probe")).to_be_visible()
    type_command(screen, "/probe dana@northwind.example")
    answer = screen.get_by_role("article").filter(has_text="Only visible to you")
    expect(answer).to_be_visible()
    expect(answer.get_by_role("button", name="Open Offer for the fair")).to_be_visible()
    screen.reload()
    expect(screen.locator("body[data-live]")).to_be_attached()
    expect(answer).to_have_count(0)


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


def test_a_message_of_somebody_else_appears_by_itself(screen: Page, stage: Town) -> None:
    field = screen.get_by_role("textbox", name="Message #general")
    field.fill("not yet sent")
    stage.ben.say("general", "hello from Ben")
    expect(screen.get_by_role("article").filter(has_text="hello from Ben")).to_be_visible()
    expect(field).to_have_value("not yet sent")
    screen.get_by_role("button", name="Send now").click()
    expect(screen.get_by_role("article").filter(has_text="not yet sent")).to_be_visible()
    expect(field).to_have_value("")


def test_an_app_that_does_not_answer_is_said_and_the_button_marked(screen: Page, stage: Town) -> None:
    type_command(screen, "/probe dana")
    button = screen.get_by_role("button", name="Open Offer for the fair")
    expect(button).to_be_visible()
    stage.slack.request_url = "http://127.0.0.1:9/nobody"
    button.click()
    expect(screen.get_by_role("status").filter(has_text="did not answer")).to_be_visible()
    expect(button).to_have_class("btn btn-primary failed")


def test_a_question_is_asked_before_the_app_hears_of_the_press(screen: Page, stage: Town) -> None:
    heard: list[str] = []

    @stage.bolt.action("delete")
    def took(ack: Any) -> None:
        heard.append("delete")
        ack()

    stage.client.chat_postMessage(
        channel=stage.ann.channel("dm").id,
        text="x",
        blocks=[block for block in gallery.MESSAGE if block["type"] == "actions"][-1:],
    )
    to_list(screen)
    screen.get_by_role("link", name="Probe").click()
    screen.get_by_role("tab", name="Messages").click()
    screen.get_by_role("button", name="Delete").click()
    screen.get_by_role("dialog", name="Delete it?").get_by_role("button", name="Keep").click()
    assert heard == []
    screen.get_by_role("button", name="Delete").click()
    screen.get_by_role("dialog", name="Delete it?").get_by_role("button", name="Delete").click()
    expect(screen.locator("[aria-busy]")).to_have_count(0)
    assert heard == ["delete"]


def test_the_apps_home_is_drawn_when_it_is_opened(screen: Page) -> None:
    to_list(screen)
    screen.get_by_role("link", name="Probe").click()
    expect(screen.get_by_role("heading", name="Today")).to_be_visible()
    screen.get_by_role("combobox", name="Name or address").click()
    expect(screen.get_by_role("option", name="Tom Abel")).to_be_visible()


def test_a_link_into_the_app_opens_its_home_here(screen: Page, stage: Town) -> None:
    address = f"slack://app?team=T0NORTHWIND&id={stage.slack.app.app_id}&tab=home"
    opener = gallery.button("Open Home", "home.link", url=address)

    @stage.bolt.action("home.link")
    def took(ack: Any) -> None:
        ack()

    stage.client.chat_postMessage(
        channel="U0ANN", text="x", blocks=[{"type": "actions", "elements": [opener]}]
    )
    to_list(screen)
    screen.get_by_role("link", name="Probe").click()
    screen.get_by_role("tab", name="Messages").click()
    screen.get_by_role("link", name="Open Home").click()
    expect(screen.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(screen.get_by_role("heading", name="Today")).to_be_visible()


def test_a_menu_at_the_left_edge_stays_on_the_screen(screen: Page, stage: Town) -> None:
    options = [gallery.option("Administration :gear:", "admin"), gallery.option("Leave", "leave")]
    menu = {"type": "overflow", "action_id": "more", "options": options}
    heard: list[str] = []

    @stage.bolt.action("more")
    def took(ack: Any, action: Json) -> None:
        heard.append(action["selected_option"]["value"])
        ack()

    stage.client.chat_postMessage(channel="U0ANN", text="x", blocks=[{"type": "actions", "elements": [menu]}])
    to_list(screen)
    screen.get_by_role("link", name="Probe").click()
    screen.get_by_role("tab", name="Messages").click()
    screen.get_by_role("button", name="More actions").click()
    item = screen.get_by_role("menuitem", name="Administration")
    box = item.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    item.click()
    expect(screen.locator("[aria-busy]")).to_have_count(0)
    assert heard == ["admin"]


def test_the_member_can_be_switched(screen: Page) -> None:
    to_list(screen)
    screen.get_by_role("button", name="Switch member").click()
    screen.get_by_role("menuitem", name="Gus Guest").click()
    expect(screen.locator("body[data-member=U0GUS]")).to_be_attached()


def test_nothing_is_wider_than_the_screen(screen: Page) -> None:
    type_command(screen, "/probe dana")
    expect(screen.get_by_role("article").filter(has_text="Only visible to you")).to_be_visible()
    open_form(screen)
    wider = screen.evaluate(
        "[...document.querySelectorAll('.client *, .window *')]"
        ".filter((e) => e.offsetParent && e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wider == 0
