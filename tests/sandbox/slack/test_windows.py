"""Windows and Home: triggers, the stack of three, hashes, what survives a redraw."""

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError

from tests.sandbox.slack.drawing import (
    Json,
    actions,
    button,
    field,
    form,
    home,
    modal,
    option,
    plain,
    rich,
    section,
    text_field,
)
from tests.sandbox.slack.town import Town


def open_window(town: Town, view: Json) -> None:
    town.client.views_open(trigger_id=town.trigger(), view=view)


def test_a_trigger_works_once(town: Town) -> None:
    trigger = town.trigger()
    town.client.views_open(trigger_id=trigger, view=modal())
    assert town.refused("views.open", trigger_id=trigger, view=modal())["error"] == "exchanged_trigger_id"


def test_a_trigger_dies_after_three_seconds(town: Town) -> None:
    trigger = town.trigger()
    town.sandbox.clock.advance(timedelta(seconds=3.1))
    assert town.refused("views.open", trigger_id=trigger, view=modal())["error"] == "expired_trigger_id"


def test_a_trigger_that_slack_never_gave_is_refused(town: Town) -> None:
    assert town.refused("views.open", trigger_id="12.34.ab", view=modal())["error"] == "invalid_trigger_id"
    answer = town.refused("views.open", view=modal())
    assert answer["error"] == "invalid_arguments"
    assert "json-pointer:/trigger_id" in answer["response_metadata"]["messages"][0]


def push_from(town: Town, action: str = "next") -> None:
    @town.bolt.action(action)
    def push(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        town.client.views_push(trigger_id=body["trigger_id"], view=modal(actions(button(action))))


def test_windows_stack_three_deep_and_no_deeper(town: Town) -> None:
    push_from(town)
    open_window(town, modal(actions(button("next"))))
    town.ann.press(town.ann.window(), "next")
    town.ann.press(town.ann.window(), "next")
    first, second, third = town.ann.windows()
    assert (third.previous_view_id, third.root_view_id) == (second.id, first.id)

    refusals: list[str] = []

    @town.bolt.error
    def keep(error: Exception) -> None:
        if isinstance(error, SlackApiError):
            refusals.append(error.response["error"])

    town.ann.press(town.ann.window(), "next")
    assert refusals == ["push_limit_reached"]
    assert len(town.ann.windows()) == 3


def test_nothing_is_pushed_onto_home(town: Town) -> None:
    town.client.views_publish(user_id="U0ANN", view=home())
    view = town.ann.home()
    assert view is not None
    trigger = town.slack.triggers.issue("T0NORTHWIND", "U0ANN", view.id)
    answer = town.refused("views.push", trigger_id=trigger, view=modal())
    assert answer["error"] == "invalid_arguments"
    assert "root view" in answer["response_metadata"]["messages"][0]


def test_an_update_with_an_old_hash_conflicts(town: Town) -> None:
    open_window(town, modal())
    view = town.ann.window()
    old = view.hash
    town.client.views_update(view_id=view.id, hash=old, view=modal(section("second")))
    answer = town.refused("views.update", view_id=view.id, hash=old, view=modal(section("third")))
    assert answer["error"] == "hash_conflict"
    assert view.blocks[0]["text"]["text"] == "second"


def test_home_conflicts_on_an_old_hash_too(town: Town) -> None:
    first = town.client.views_publish(user_id="U0ANN", view=home())["view"]["hash"]
    town.client.views_publish(user_id="U0ANN", view=home(), hash=first)
    assert town.refused("views.publish", user_id="U0ANN", view=home(), hash=first)["error"] == "hash_conflict"


def test_a_closed_window_cannot_be_redrawn(town: Town) -> None:
    open_window(town, modal())
    view_id = town.ann.window().id
    town.ann.close()
    assert town.refused("views.update", view_id=view_id, view=modal())["error"] == "not_found"


def test_a_window_is_found_by_its_own_external_id(town: Town) -> None:
    open_window(town, modal(external_id="mine"))
    town.client.views_update(external_id="mine", view=modal(section("new"), external_id="mine"))
    assert town.ann.window().blocks[0]["text"]["text"] == "new"
    both = town.refused("views.update", external_id="mine", view_id=town.ann.window().id, view=modal())
    assert both["error"] == "invalid_arguments"
    assert town.refused("views.update", view=modal())["error"] == "invalid_arguments"


def test_an_external_id_is_used_once_in_a_workspace(town: Town) -> None:
    open_window(town, modal(external_id="mine"))
    trigger = town.trigger("U0BEN")
    answer = town.refused("views.open", trigger_id=trigger, view=modal(external_id="mine"))
    assert answer["error"] == "duplicate_external_id"


def test_home_is_not_a_window(town: Town) -> None:
    assert town.refused("views.open", trigger_id=town.trigger(), view=home())["error"] == "invalid_arguments"
    assert town.refused("views.publish", user_id="U0ANN", view=modal())["error"] == "invalid_arguments"


def test_home_is_published_for_people_of_the_workspace_alone(town: Town) -> None:
    answer = town.refused("views.publish", user_id="U0NOBODY", view=home())
    assert answer["error"] == "invalid_arguments"


def test_a_view_beyond_250_kilobytes_is_too_large(town: Town) -> None:
    big = modal(*[section("ü" * 2900) for _ in range(16)])
    assert town.refused("views.open", trigger_id=town.trigger(), view=big)["error"] == "view_too_large"
    smaller = modal(*[section("u" * 2450) for _ in range(99)])
    open_window(town, smaller)


def test_typed_text_survives_a_redraw_with_the_same_ids(town: Town) -> None:
    open_window(town, form(text_field("words", "typed"), callback_id="form"))
    view = town.ann.window()
    town.ann.fill(view, "typed", "half a thought")
    town.client.views_update(view_id=view.id, view=form(section("news"), text_field("words", "typed")))
    assert view.typed["words"]["typed"]["value"] == "half a thought"


def test_typed_text_is_gone_under_a_new_block_id(town: Town) -> None:
    open_window(town, form(text_field("words", "typed")))
    view = town.ann.window()
    town.ann.fill(view, "typed", "half a thought")
    town.client.views_update(view_id=view.id, view=form(text_field("words2", "typed")))
    assert view.typed == {}


def test_a_changed_preset_does_not_show_under_the_same_ids(town: Town) -> None:
    open_window(town, form(text_field("words", "typed", initial_value="first")))
    view = town.ann.window()
    town.client.views_update(view_id=view.id, view=form(text_field("words", "typed", initial_value="second")))
    assert view.typed["words"]["typed"]["value"] == "first"


def test_a_choice_that_is_no_longer_offered_is_dropped(town: Town) -> None:
    def pick(*values: str) -> Json:
        options = [option(value) for value in values]
        return form(field("who", {"type": "static_select", "action_id": "to", "options": options}))

    open_window(town, pick("a", "b"))
    view = town.ann.window()
    town.ann.fill(view, "to", "b")
    town.client.views_update(view_id=view.id, view=pick("a", "c"))
    assert view.typed == {}


def test_a_window_opened_from_a_window_lies_on_top_of_it(town: Town) -> None:
    open_window(town, modal())
    trigger = town.slack.triggers.issue("T0NORTHWIND", "U0ANN", town.ann.window().id)
    town.client.views_open(trigger_id=trigger, view=modal())
    assert len(town.ann.windows()) == 2


def test_closing_shows_the_window_below_and_tells_who_asked(town: Town) -> None:
    closed: list[Json] = []

    @town.bolt.view_closed("top")
    def hear(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        closed.append(body)

    push = modal(callback_id="top", notify_on_close=True)
    open_window(town, modal())
    trigger = town.slack.triggers.issue("T0NORTHWIND", "U0ANN", town.ann.window().id)
    town.client.views_push(trigger_id=trigger, view=push)
    town.ann.close()
    assert len(town.ann.windows()) == 1
    assert closed[0]["is_cleared"] is False
    town.ann.close()
    assert town.ann.windows() == []
    assert len(closed) == 1


def test_a_closed_window_does_not_tell_what_was_typed(town: Town) -> None:
    closed: list[Json] = []

    @town.bolt.view_closed("form")
    def hear(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        closed.append(body)

    open_window(town, form(notify_on_close=True))
    town.ann.fill(town.ann.window(), "typed", "half a thought")
    town.ann.close()
    assert closed[0]["view"]["state"]["values"] == {}


def test_clear_on_close_empties_the_stack(town: Town) -> None:
    closed: list[bool] = []

    @town.bolt.view_closed("top")
    def hear(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        closed.append(body["is_cleared"])

    open_window(town, modal())
    trigger = town.slack.triggers.issue("T0NORTHWIND", "U0ANN", town.ann.window().id)
    view = modal(callback_id="top", clear_on_close=True, notify_on_close=True)
    town.client.views_push(trigger_id=trigger, view=view)
    town.ann.close()
    assert town.ann.windows() == []
    assert closed == [True]


def test_a_reload_closes_windows_without_a_word(town: Town) -> None:
    open_window(town, modal(notify_on_close=True))
    town.ann.reload()
    assert town.ann.windows() == []
    assert town.sandbox.faults.calls("bot") == []


def test_slack_completes_ids_and_text_flags(town: Town) -> None:
    open_window(town, modal(actions({"type": "button", "text": plain("Go")})))
    (block,) = town.ann.window().blocks
    assert block["block_id"]
    assert block["elements"][0]["action_id"]
    assert block["elements"][0]["text"]["emoji"] is True


@pytest.mark.parametrize(
    ("element", "value", "entry"),
    [
        ({"type": "plain_text_input"}, "a", {"value": "a"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "datepicker"}, "2026-11-22", {"selected_date": "2026-11-22"}),
        ({"type": "datetimepicker"}, 1_790_000_000, {"selected_date_time": 1_790_000_000}),
        ({"type": "users_select"}, "U0BEN", {"selected_user": "U0BEN"}),
        ({"type": "multi_users_select"}, ["U0BEN"], {"selected_users": ["U0BEN"]}),
        (
            {"type": "timepicker", "timezone": "Europe/Amsterdam"},
            "10:30",
            {"selected_time": "10:30", "timezone": "Europe/Amsterdam"},
        ),
        (
            {"type": "rich_text_input"},
            rich({"type": "text", "text": "a"}),
            {"rich_text_value": rich({"type": "text", "text": "a"})},
        ),
    ],
)
def test_state_values_have_slacks_names(town: Town, element: Json, value: Any, entry: Json) -> None:
    seen: list[Json] = []

    @town.bolt.view("form")
    def take(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        seen.append(body["view"]["state"]["values"])

    open_window(town, form(field("b", {"action_id": "a", **element}, optional=True)))
    town.ann.fill(town.ann.window(), "a", value)
    assert town.ann.submit().accepted
    assert seen == [{"b": {"a": {"type": element["type"], **entry}}}]
