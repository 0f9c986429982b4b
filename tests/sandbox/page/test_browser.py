"""The page as a person uses it: in Chromium, at a desk's and a phone's width."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.page import gallery
from tests.sandbox.page.driving import open_form, to_list, type_command
from tests.sandbox.slack.town import Town

Json = dict[str, Any]
pytestmark = pytest.mark.browser


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


def test_a_message_of_somebody_else_appears_by_itself(screen: Page, stage: Town) -> None:
    field = screen.get_by_role("textbox", name="Message #general")
    field.fill("not yet sent")
    stage.ben.say("general", "hello from Ben")
    expect(screen.get_by_role("article").filter(has_text="hello from Ben")).to_be_visible()
    expect(field).to_have_value("not yet sent")
    screen.get_by_role("button", name="Send now").click()
    expect(screen.get_by_role("article").filter(has_text="not yet sent")).to_be_visible()
    expect(field).to_have_value("")


def test_a_place_is_opened_at_its_newest_message_and_an_answer_is_seen(screen: Page, stage: Town) -> None:
    for number in range(40):
        stage.ben.say("general", f"message {number} of Ben")
    to_list(screen)
    screen.get_by_role("link", name="Probe").click()
    expect(screen.get_by_role("heading", name="Today")).to_be_visible()
    to_list(screen)
    screen.get_by_role("link", name="general", exact=True).click()
    expect(screen.get_by_text("message 39 of Ben")).to_be_in_viewport()
    screen.get_by_text("message 0 of Ben").scroll_into_view_if_needed()
    type_command(screen, "/probe dana")
    expect(screen.get_by_role("button", name="Open Offer for the fair")).to_be_in_viewport()


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


def test_lines_inside_an_item_stay_lines(screen: Page, stage: Town) -> None:
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": "chairs\nred and blue"}]}
    item = {"type": "rich_text_list", "style": "bullet", "elements": [words]}
    stage.client.chat_postMessage(
        channel=stage.ann.channel("dm").id, text="x", blocks=[{"type": "rich_text", "elements": [item]}]
    )
    to_list(screen)
    screen.get_by_role("link", name="Probe").click()
    screen.get_by_role("tab", name="Messages").click()
    assert screen.get_by_role("listitem").filter(has_text="chairs").inner_text() == "chairs\nred and blue"


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
