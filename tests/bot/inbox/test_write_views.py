"""The Write window and the Sending window: within Slack's limits, and safe whatever others have written."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import VIEW_BYTES, weight
from bot.inbox import sending_views, write_views
from bot.inbox.letters import LOOKING, NEWER, Choice, Standing, WriteForm
from bot.inbox.people import Person
from bot.inbox.rich_text import MOST_CHARACTERS, as_typed
from bot.payloads import WriteRef
from bot.places import Notice
from bot.words import Reader, zone_named
from providers import errors
from providers.mail import EmailAddress
from sandbox.slack.blocks.validate import check_view
from sandbox.slack.control_text import controls
from store.contacts import Contact
from store.members import Member
from store.outgoing import Outgoing
from tests.bot.inbox.given import DANA, ME, NOW, message
from tests.stage import texts

HOSTILE = "<!channel> <@U0BEN> *x* <https://evil.example|https://bank.example> :tada: \u202e& \x00"
READER = Reader(zone=zone_named("Europe/Berlin"), now=NOW)
LONG = f"{'x' * 60}@{'y' * 60}.{'z' * 60}.example"


def form(**changes: Any) -> WriteForm:
    senders = tuple(Choice("a", one, HOSTILE) for one in (ME, LONG))
    values: dict[str, Any] = {
        "ref": WriteRef("n" * 26, "a" * 26, "t" * 200, "m" * 200, address=DANA, answers_to=LONG),
        "person": Person((DANA,)),
        "label": "Gmail",
        "answers": replace(
            message(3, text=f"{HOSTILE} " * 400, subject=HOSTILE), sender=EmailAddress(DANA, HOSTILE)
        ),
        "subject": HOSTILE,
        "senders": senders,
        "recipients": (Choice("", DANA), Choice("", LONG)),
        "sender": senders[0].key,
        "to": Choice("", DANA).key,
        "has_signature": True,
        "signature": True,
        "quote": True,
        "newer": True,
    }
    return WriteForm(**{**values, **changes})


@pytest.mark.parametrize("more", [False, True])
def test_whatever_others_wrote_the_window_is_drawn_and_says_nothing_to_slack(more: bool) -> None:
    made = form()
    view = write_views.write(replace(made, ref=replace(made.ref, more=more)), READER)
    assert check_view(view) == []
    assert [one for one in controls(view) if one.kind != "link"] == []
    assert len(view["blocks"]) <= 20


def test_the_longest_text_comes_back_into_its_window() -> None:
    view = write_views.write(form(typed=as_typed("\N{SNOWMAN}" * MOST_CHARACTERS)), READER)
    assert check_view(view) == []
    assert weight(view) < VIEW_BYTES


def test_a_new_message_has_a_subject_and_nothing_to_quote() -> None:
    ref = WriteRef("n", address=DANA)
    view = write_views.write(form(ref=ref, answers=None, subject="", newer=False), READER)
    assert check_view(view) == []
    assert "subject:n" in {block.get("block_id") for block in view["blocks"]}
    assert "Quote" not in str(view)


def test_a_new_message_says_once_to_whom_it_goes() -> None:
    ref, one = WriteRef("n", address=DANA, answers_to=""), (Choice("", DANA),)
    known = Contact("c", "Dana Fox", "", "", "", "", None, "form", None, NOW, NOW, 1, (DANA,))
    new = form(ref=ref, answers=None, subject="", newer=False, recipients=one)
    stranger = texts(write_views.write(new, READER)["blocks"])
    assert stranger.count(DANA) == 1 and "To: " in stranger
    blocks = write_views.write(replace(new, person=Person((DANA,), known)), READER)["blocks"]
    assert blocks[0]["text"]["text"] == "Dana Fox"
    assert texts(blocks).count("To") == 1


def test_a_note_is_replaced_by_the_next_and_nothing_else_is_touched() -> None:
    view = write_views.write(form(), READER)
    first = write_views.with_note(view, form().ref, Notice("One"))
    second = write_views.with_note(first, form().ref, Notice("Two"))
    assert check_view(second) == []
    assert [b for b in second["blocks"] if not str(b.get("block_id", "")).startswith("note")] == view[
        "blocks"
    ]
    assert "One" not in str(second["blocks"][0])


def standing(**changes: Any) -> Standing:
    values: dict[str, Any] = dict.fromkeys(Outgoing.__dataclass_fields__) | {
        "id": "o" * 26,
        "account_id": "a" * 26,
        "from_address": ME,
        "to_address": DANA,
        "person_address": DANA,
        "state": "failed",
        "body_sealed": "v1.",
        "created_at": NOW,
        "due_at": NOW + timedelta(minutes=5),
        "sent_at": NOW,
        "keep_until": NOW + timedelta(days=7),
        "thread_id": "t",
    }
    return Standing(Outgoing(**{**values, **changes}), HOSTILE, HOSTILE, "Gmail", NOW + timedelta(minutes=5))


def kinds() -> list[str]:
    found, waiting = [], [errors.ProviderError]
    while waiting:
        kind = waiting.pop()
        found.append(kind.__name__)
        waiting.extend(kind.__subclasses__())
    own = [NEWER, LOOKING, "NotVerified", "NotTheirs", "AccountGone", "AnsweredGone", "TextGone", "Killed"]
    return [*found, *own]


@pytest.mark.parametrize("state", ["queued", "drafting", "sending", "sent", "failed", "uncertain", "dropped"])
@pytest.mark.parametrize("kind", kinds())
def test_every_way_to_stand_has_its_words_and_is_drawn(state: str, kind: str) -> None:
    values: dict[str, Any] = dict.fromkeys(Member.__dataclass_fields__)
    member = Member(**values | {"names_in_notifications": True})
    shown = standing(state=state, error_kind=kind)
    view = sending_views.sending(shown, READER)
    assert check_view(view) == []
    assert 2 <= len(view["blocks"]) <= 6
    told = sending_views.trouble(shown, member, READER)
    rows = [*sending_views.needs_you([shown], READER), *sending_views.sending_and_sent([shown], READER)]
    drawn: list[dict[str, Any]] = [
        view,
        {"text": told.text, "blocks": told.blocks},
        {"blocks": rows, "text": ""},
    ]
    assert [controls(one) for one in drawn] == [[], [], []]
    assert not re.search(r"\{[a-z]+\}", f"{drawn}"), "a value was not put in"
    hidden = sending_views.trouble(shown, replace(member, names_in_notifications=False), READER)
    assert DANA not in hidden.text
