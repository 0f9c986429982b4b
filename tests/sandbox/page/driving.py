"""What a person does on the page, in the words of the tests."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.sandbox.slack.town import Town

Json = dict[str, Any]


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
