"""What a person sees when Gmail or Slack fails: a sentence and a way on, and nothing is lost."""

import json
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.blocks import plain, section
from bot.places import Answer, CommandPlace, Notice, WindowPlace
from bot.slack import ask as ask_slack
from bot.words import Reader
from sandbox.faults import Fault, Kind
from sandbox.slack.payloads import Sender, actions_payload, in_message
from sandbox.slack.state import Message, View
from sandbox.slack.surfaces import find_element
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import ANN, ask_link, shown
from tests.flows.inbox.reading import ask, open_thread, row_of, subjects
from tests.flows.writing.post import DANA, SOON, arrived, open_reply, screen, send
from tests.stage import Stage, connect, texts

LUNCH = "Lunch when you are in town?"
GMAIL = "/gmail/v1|POST /batch"
FAILURES = [  # how Gmail fails, and what the person reads
    (Kind.STATUS, 500, "does not answer properly at the moment"),
    (Kind.STATUS, 503, "does not answer properly at the moment"),
    (Kind.RESET_BEFORE, 0, "does not answer properly at the moment"),
    (Kind.RESET_AFTER, 0, "does not answer properly at the moment"),
    (Kind.STATUS, 429, "allows no more until"),
    (Kind.STATUS, 401, "has ended Mailroom's access"),
    (Kind.STATUS, 404, "no longer in Gmail"),
    (Kind.STATUS, 400, "did not accept this"),
]


def break_gmail(stage: Stage, kind: Kind, status: int, path: str = GMAIL) -> None:
    stage.faults.add(Fault("google", kind, path, times=None, status=status or 503, retry_after=120))


@pytest.mark.parametrize(("kind", "status", "_sentence"), FAILURES)
def test_a_list_that_cannot_be_read_says_so_with_a_way_on(
    stage: Stage, kind: Kind, status: int, _sentence: str
) -> None:
    connect(stage)
    break_gmail(stage, kind, status)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    assert "ann@northwind.example could not be read." in texts(answer.blocks)
    assert {"Try again", "Reconnect"} & set(texts(answer.blocks).split("\n"))
    assert "ann@northwind.example could not be read." in answer.text


@pytest.mark.parametrize(("kind", "status", "sentence"), FAILURES)
def test_a_conversation_that_cannot_be_opened_says_why_and_can_be_tried_again(
    stage: Stage, kind: Kind, status: int, sentence: str
) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.restart()  # what was listed is forgotten: opening asks Gmail
    break_gmail(stage, kind, status)
    window = open_thread(stage, stage.ann, answer, LUNCH)
    assert sentence in screen(window)
    assert "Try again" in screen(window)
    stage.faults.clear("google")
    if status == 401:
        assert stage.ann.element(window, "accounts.reconnect")
    else:
        stage.press(stage.ann, window, "inbox.open_thread")
        assert "When are you in town" in screen(window) or LUNCH in screen(window)


def test_a_command_while_slack_does_not_say_who_that_is_is_answered(stage: Stage) -> None:
    stage.faults.add(Fault("slack", Kind.STATUS, "users.info", times=1, status=500))
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    assert "try again in a minute" in answer.text
    assert ask(stage, stage.ann, f"/inbox {DANA}").text != answer.text


def late_press(stage: Stage, where: Message, action_id: str, block_id: str, trigger: str) -> None:
    """Deliver a press whose trigger is no longer good."""
    person = stage.ann
    sender = Sender(stage.slack.app, stage.workspace, person.user)
    block, element = find_element(where.blocks, action_id, block_id)
    action: dict[str, Any] = {"type": "button", "action_id": action_id, "block_id": block["block_id"]}
    action |= {"value": element["value"], "action_ts": stage.slack.state.new_ts()}
    place = in_message(sender, stage.workspace.channels[where.channel_id], where)
    payload = actions_payload(sender, place, action, trigger)
    url = stage.slack.triggers.issue_url(stage.workspace.id, where.channel_id, person.id, where.ts)
    payload["response_url"] = stage.slack.base_url + url
    answer = stage.slack.delivery.interaction(payload)
    assert answer.status == 200
    stage.settle()


@pytest.mark.parametrize("how", ["expired", "exchanged"])
def test_a_press_that_slack_took_too_long_over_says_to_press_again(stage: Stage, how: str) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    trigger = stage.slack.triggers.issue(stage.workspace.id, stage.ann.id)
    if how == "expired":
        stage.clock.advance(timedelta(seconds=4))
    else:
        stage.slack.triggers.take(trigger, stage.workspace.id)
    late_press(stage, answer, "inbox.open_thread", row_of(answer, LUNCH), trigger)
    assert stage.ann.windows() == []
    assert "press again" in stage.ann.messages("general")[-1].text
    assert subjects(answer), "the list stands as it was"


@pytest.mark.parametrize("status", [429, 500])
def test_a_window_that_slack_does_not_open_is_said_where_the_button_is(stage: Stage, status: int) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.faults.add(Fault("slack", Kind.STATUS, "views.open", status=status, retry_after=5))
    stage.press(stage.ann, answer, "inbox.open_thread", block_id=row_of(answer, LUNCH))
    assert "again" in stage.ann.messages("general")[-1].text
    assert LUNCH in screen(open_thread(stage, stage.ann, answer, LUNCH))


def test_a_window_that_slack_does_not_fill_can_still_be_filled_or_tried_again(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.faults.add(Fault("slack", Kind.STATUS, "views.update", times=1, status=429, retry_after=5))
    window = open_thread(stage, stage.ann, answer, LUNCH)
    assert "try again in a minute" in screen(window)
    stage.press(stage.ann, window, "inbox.open_thread")
    assert LUNCH in screen(window)


@pytest.mark.parametrize("kind", [Kind.STATUS, Kind.RESET_BEFORE])
def test_an_answer_that_slack_does_not_take_loses_nothing(stage: Stage, kind: Kind) -> None:
    connect(stage)
    stage.faults.add(Fault("slack", kind, "/commands/", times=1, status=500))
    stage.type(stage.ann, f"/inbox {DANA}")
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    assert LUNCH in subjects(answer)


def test_an_answer_to_a_press_that_is_half_an_hour_old_harms_nothing(stage: Stage) -> None:
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {DANA}")
    stage.faults.add(Fault("slack", Kind.STATUS, "/actions/", times=None, status=404))
    stage.press(stage.ann, answer, "inbox.older")
    stage.faults.clear("slack")
    stage.press(stage.ann, answer, "inbox.older")
    assert subjects(answer)


def test_a_reply_goes_out_although_slack_cannot_show_it(stage: Stage) -> None:
    connect(stage)
    open_reply(stage)
    stage.faults.add(Fault("slack", Kind.STATUS, "/api/views", times=None, status=500))
    window: View = send(stage, "Friday is fine.")
    assert len(arrived(stage, DANA)) == 1
    stage.faults.clear("slack")
    stage.later(timedelta(minutes=5))
    home = stage.ann.open_home()
    stage.settle()
    assert home is None or "Sent " in json.dumps((stage.ann.home() or home).blocks)
    assert len(arrived(stage, DANA)) == 1
    assert window.blocks


def test_home_that_changed_meanwhile_is_drawn_again(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("slack", Kind.STATUS, "views.publish", times=1, status=503))
    stage.ann.open_home()
    stage.settle()
    stage.ann.open_home()
    stage.settle()
    home = stage.ann.home()
    assert home is not None
    assert "ann@northwind.example" in texts(home.blocks)


def test_connecting_while_google_does_not_answer_is_said_in_the_window(stage: Stage) -> None:
    stage.faults.add(Fault("google", Kind.STATUS, "POST .*/token", times=None, status=503))
    page = sign_in(Browser(), ask_link(stage), ANN)
    stage.settle()
    assert page.status == 400
    assert "Google did not answer properly just now. Nothing was connected or changed." in shown(stage.ann)
    assert "Try again in a minute." in shown(stage.ann)


def test_an_operators_mistake_is_never_called_the_members(stage: Stage) -> None:
    object.__setattr__(stage.client, "secret", "changed since")
    page = sign_in(Browser(), ask_link(stage), ANN)
    stage.later(SOON)
    assert "does not accept how Mailroom was set up here. This is not your doing." in page.text
    assert "Tell whoever runs Mailroom" in shown(stage.ann)


def place_of(stage: Stage, window: View) -> WindowPlace:
    """The window as work behind holds it."""
    environment = stage.environment()
    client = WebClient(
        environment["SLACK_BOT_TOKEN"], base_url=environment["SLACK_API_URL"], retry_handlers=[], timeout=30
    )
    return WindowPlace(client, window.id, Reader())


def opened(stage: Stage) -> View:
    stage.ann.command("general", "/inbox")
    return stage.ann.window()


@pytest.mark.parametrize(("blocks", "length"), [(101, 5), (100, 2900)])
def test_more_than_slack_shows_in_one_window_is_said_in_that_window(
    stage: Stage, blocks: int, length: int
) -> None:
    window = opened(stage)
    place = place_of(stage, window)
    too_much = {
        "type": "modal",
        "title": plain("Thread"),
        "blocks": [section(plain("x" * length)) for _ in range(blocks)],
    }
    assert stage.mailroom.engine.quick(place, lambda: place.show(too_much))
    stage.settle()
    assert "more than Slack can show in one place" in screen(window)


def test_a_window_that_changed_meanwhile_is_not_overwritten_and_says_so(stage: Stage) -> None:
    window = opened(stage)
    place = place_of(stage, window)
    old = {"type": "modal", "title": plain("Old"), "blocks": [section(plain("An older drawing"))]}

    def show() -> None:
        ask_slack(place.client.views_update, view_id=window.id, view=old, hash="1.stale")

    assert stage.mailroom.engine.quick(place, show)
    stage.settle()
    assert "The window was changed in the meantime" in screen(window)
    assert "An older drawing" not in screen(window)


def test_a_window_that_was_closed_meanwhile_harms_nothing(stage: Stage) -> None:
    window = opened(stage)
    place = place_of(stage, window)
    stage.ann.close()
    said = len(stage.ann.messages("general"))
    assert stage.mailroom.engine.quick(place, lambda: place.tell(Notice("Too late.")))
    stage.settle()
    assert stage.ann.windows() == []
    assert len(stage.ann.messages("general")) == said
    assert opened(stage).callback_id == "inbox.find"


def test_an_answer_of_more_than_slack_takes_is_replaced_by_a_sentence(stage: Stage) -> None:
    stage.type(stage.ann, f"/inbox {DANA}")
    channel = stage.ann.channel("general")
    url = stage.slack.triggers.issue_url(stage.workspace.id, channel.id, stage.ann.id, None)
    place = CommandPlace(stage.slack.base_url + url, Reader())
    huge = Answer("Many", [section(plain("x" * 2900)) for _ in range(40)])
    assert stage.mailroom.engine.quick(place, lambda: place.show(huge))
    stage.settle()
    assert "try again in a minute" in stage.ann.messages("general")[-1].text


@pytest.mark.parametrize(
    ("untick", "typed", "sentence"),
    [("gmail.readonly", f"/inbox {DANA}", "could not be read"), ("gmail.compose", "", "not allowed to")],
)
def test_what_was_not_allowed_is_said_with_the_way_to_allow_it(
    stage: Stage, untick: str, typed: str, sentence: str
) -> None:
    sign_in(Browser(), ask_link(stage), ANN, untick=[untick])
    stage.settle()
    stage.ann.close()
    if typed:
        answer = ask(stage, stage.ann, typed)
        assert sentence in texts(answer.blocks)
        assert "Reconnect" in texts(answer.blocks) or "Allow" in texts(answer.blocks)
    else:
        window = open_reply(stage)
        assert sentence in screen(window) or "Sending was not allowed" in screen(window)
