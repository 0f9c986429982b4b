"""Submitting a window: what the client refuses, what the app may answer."""

from typing import Any

import pytest
from slack_bolt import Ack

from tests.sandbox.slack.drawing import Json, field, form, modal, option, plain, rich, section, text_field
from tests.sandbox.slack.town import Town


def answer_with(town: Town, **answer: Any) -> list[Json]:
    seen: list[Json] = []

    @town.bolt.view("form")
    def take(ack: Ack, body: dict[str, Any]) -> None:
        seen.append(body)
        ack(**answer)

    return seen


def open_form(town: Town, *blocks: Json) -> None:
    town.client.views_open(trigger_id=town.trigger(), view=form(*blocks))


def test_a_submission_carries_view_and_trigger_and_no_response_url(town: Town) -> None:
    seen = answer_with(town)
    open_form(town)
    town.ann.fill(town.ann.window(), "typed", "words")
    assert town.ann.submit().accepted
    (body,) = seen
    assert body["type"] == "view_submission"
    assert body["view"]["callback_id"] == "form"
    assert body["trigger_id"]
    assert body["response_urls"] == []
    assert "response_url" not in body
    assert town.ann.windows() == []


def test_a_required_input_keeps_the_window_from_being_sent(town: Town) -> None:
    seen = answer_with(town)
    open_form(town)
    assert set(town.ann.submit().errors) == {"words"}
    assert seen == []
    assert town.ann.window().errors


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd"),
        ({"type": "email_text_input"}, "nobody"),
        ({"type": "url_text_input"}, "nowhere"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "3"}, "3.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "3"}, "2"),
        ({"type": "rich_text_input"}, rich({"type": "text", "text": " "})),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U0ANN", "U0BEN"]),
    ],
)
def test_the_client_checks_inputs_before_it_sends(town: Town, element: Json, value: Any) -> None:
    seen = answer_with(town)
    open_form(town, field("b", {"action_id": "a", **element}))
    town.ann.fill(town.ann.window(), "a", value)
    assert set(town.ann.submit().errors) == {"b"}
    assert seen == []


def test_rich_text_preset_with_a_mention_cannot_be_submitted(town: Town) -> None:
    seen = answer_with(town)
    preset = rich({"type": "user", "user_id": "U0BEN"})
    open_form(town, field("b", {"type": "rich_text_input", "action_id": "a", "initial_value": preset}))
    assert town.ann.submit().refused == "rich_text_preset_with_mention"
    assert seen == []


def test_a_mention_that_somebody_types_is_sent(town: Town) -> None:
    seen = answer_with(town)
    open_form(town, field("b", {"type": "rich_text_input", "action_id": "a"}))
    typed = rich({"type": "user", "user_id": "U0BEN"})
    town.ann.fill(town.ann.window(), "a", typed)
    town.ann.submit()
    assert seen[0]["view"]["state"]["values"]["b"]["a"]["rich_text_value"] == typed


def test_errors_stand_beside_their_inputs(town: Town) -> None:
    answer_with(town, response_action="errors", errors={"words": "Too short"})
    open_form(town)
    town.ann.fill(town.ann.window(), "typed", "words")
    assert town.ann.submit().errors == {"words": "Too short"}
    assert town.ann.window().errors == {"words": "Too short"}
    town.ann.fill(town.ann.window(), "typed", "more words")
    assert town.ann.window().errors == {}


@pytest.mark.parametrize("errors", [{"nowhere": "Too short"}, {"text": "Too short"}, {"words": ""}, {}])
def test_errors_for_what_is_no_input_are_a_trouble(town: Town, errors: Json) -> None:
    answer_with(town, response_action="errors", errors=errors)
    open_form(town, section("hello", block_id="text"), text_field())
    town.ann.fill(town.ann.window(), "typed", "words")
    submission = town.ann.submit()
    assert submission.refused
    assert town.ann.window().trouble


def test_an_update_redraws_the_same_window(town: Town) -> None:
    answer_with(town, response_action="update", view=modal(section("Sending")))
    open_form(town)
    view = town.ann.window()
    before = view.hash
    town.ann.fill(view, "typed", "words")
    town.ann.submit()
    assert town.ann.window() is view
    assert view.blocks[0]["text"]["text"] == "Sending"
    assert view.hash != before


def test_a_push_lays_a_window_on_top(town: Town) -> None:
    answer_with(town, response_action="push", view=modal(section("Second")))
    open_form(town)
    town.ann.fill(town.ann.window(), "typed", "words")
    town.ann.submit()
    assert [len(town.ann.windows()), town.ann.window().blocks[0]["text"]["text"]] == [2, "Second"]


def test_clear_closes_everything(town: Town) -> None:
    answer_with(town, response_action="clear")
    town.client.views_open(trigger_id=town.trigger(), view=modal())
    trigger = town.slack.triggers.issue("T0NORTHWIND", "U0ANN", town.ann.window().id)
    town.client.views_push(trigger_id=trigger, view=form())
    town.ann.fill(town.ann.window(), "typed", "words")
    town.ann.submit()
    assert town.ann.windows() == []


def test_a_broken_view_in_an_answer_is_a_trouble_and_keeps_what_was_typed(town: Town) -> None:
    answer_with(town, response_action="update", view=modal(section("x" * 3001)))
    open_form(town)
    town.ann.fill(town.ann.window(), "typed", "words")
    assert "json-pointer:/view/blocks/0/text/text" in town.ann.submit().refused
    assert town.ann.window().typed["words"]["typed"]["value"] == "words"


def test_a_stray_body_breaks_the_close(town: Town) -> None:
    @town.bolt.view("form")
    def take(ack: Ack) -> None:
        ack("closed, thank you")

    open_form(town)
    town.ann.fill(town.ann.window(), "typed", "words")
    assert town.ann.submit().refused
    assert town.ann.windows() != []


def test_a_window_that_nobody_handles_stays_open(town: Town) -> None:
    open_form(town)
    town.ann.fill(town.ann.window(), "typed", "words")
    assert town.ann.submit().refused == "dispatch_failed"
    assert town.ann.window().trouble


def test_presets_and_choices_are_submitted_together(town: Town) -> None:
    seen = answer_with(town)
    boxes = {
        "type": "checkboxes",
        "action_id": "c",
        "options": [option("sig", "Signature"), option("quote", "Quote")],
        "initial_options": [option("sig", "Signature")],
    }
    open_form(
        town, text_field("s", "subject", initial_value="Re: Offer"), field("boxes", boxes, optional=True)
    )
    town.ann.submit()
    values = seen[0]["view"]["state"]["values"]
    assert values["s"]["subject"]["value"] == "Re: Offer"
    assert [o["value"] for o in values["boxes"]["c"]["selected_options"]] == ["sig"]


def test_a_window_without_submit_cannot_be_submitted(town: Town) -> None:
    town.client.views_open(trigger_id=town.trigger(), view=modal(close=plain("Close")))
    with pytest.raises(LookupError):
        town.ann.submit()
