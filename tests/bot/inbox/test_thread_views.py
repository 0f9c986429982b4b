"""Whatever mail holds: the thread window stays within what Slack takes and says what it must."""

import json
import re
from dataclasses import replace

import pytest

from bot.blocks import weight
from bot.inbox.people import Person
from bot.inbox.rules import answerable, judge
from bot.inbox.thread_views import PAGE, place_of, thread_window
from bot.inbox.threads import OpenThread
from bot.inbox.unfolding import name_of
from bot.payloads import ThreadRef
from bot.words import Reader
from providers.mail import Attachment, EmailAddress, Message
from sandbox.slack.blocks.validate import check_view
from tests.bot.inbox.given import BEN, DANA, ME, NOW, account, message, people, thread
from tests.stage import texts

READER = Reader(now=NOW)
PLACE = place_of(ThreadRef("a", "t", address=DANA))
EVIL = "\U0001f600<!channel>\u202e*_`~&amp; " * 40


def opened(*messages: Message, subject: str = "Hello") -> OpenThread:
    held, own, them = thread(*messages, subject=subject), frozenset({ME}), frozenset({DANA})
    found = judge("a", held, own, them)
    assert found
    return OpenThread(held, NOW, account(), False, Person((DANA,)), own, found, answerable(found, own))


def standing(one: Message, how: str = "") -> str:
    """How a message is named that stands open."""
    return f".{name_of(one.id)}{how}"


def hostile(number: int) -> Message:
    files = tuple(Attachment(str(n), EVIL + f"{n}.pdf", EVIL, 10**9, n % 3 == 0) for n in range(300))
    crowd = people(ME, *(f"{n}@crowd.example" for n in range(400)))
    return replace(
        message(number),
        sender=EmailAddress(DANA, EVIL),
        to=crowd if number % 2 else people(ME),
        html=f"<p>{EVIL}</p>" * 300 + f"<blockquote>{EVIL * 50}</blockquote>",
        subject=EVIL,
        attachments=files,
        preview=EVIL,
    )


@pytest.mark.parametrize("state", ["", "-", "9,8,7", "9qf,8qf,7qf", "9qf+400,8qf+12,7f+999999", "1,2,3"])
def test_a_page_of_the_worst_mail_stays_within_what_slack_takes(state: str) -> None:
    state = re.sub(r"\b[0-9](?=[,qf]|$)", lambda place: standing(hostile(int(place[0]))), state)
    window = thread_window(opened(*map(hostile, range(12)), subject=EVIL), replace(PLACE, open=state), READER)
    assert check_view(window) == []
    assert len(window["blocks"]) <= 4 + 80 + 2
    assert weight(window) <= 200_000


def test_the_metadata_holds_ids_alone() -> None:
    window = thread_window(opened(message(1), subject="Secret plans"), PLACE, READER)
    assert "Secret" not in window["private_metadata"]
    assert "Words" not in window["private_metadata"]


def test_a_message_whose_body_was_left_out_shows_its_beginning_and_says_so() -> None:
    window = thread_window(opened(message(1, text=None, preview="Dear Ann, it begins")), PLACE, READER)
    shown = texts(window["blocks"])
    assert "Dear Ann, it begins" in shown
    assert "Only the beginning of this message can be shown here." in shown


def test_a_message_without_a_word_says_so() -> None:
    shown = texts(thread_window(opened(message(1, text="")), PLACE, READER)["blocks"])
    assert "This message has no text." in shown


def test_a_folded_message_says_how_many_files_it_has() -> None:
    files = (
        Attachment("2", "plan.pdf", "application/pdf", 9, inline=False),
        Attachment("3", "logo.png", "image/png", 9, inline=True),
    )
    shown = texts(thread_window(opened(message(1), message(2, attachments=files)), PLACE, READER)["blocks"])
    assert "dana@northwind.example, today 08:00 · 1 file" in shown


def test_history_that_is_a_quote_already_is_not_quoted_twice() -> None:
    words = "<p>Yes.</p><blockquote type=cite>On 2 Mar 2026, Ann wrote:<br><br>Thursday?</blockquote>"
    sent = message(1, text=None, html=words)
    shown = texts(thread_window(opened(sent), replace(PLACE, open=standing(sent, "q")), READER)["blocks"])
    assert "Thursday?" in shown
    assert ">" not in shown


def test_history_in_several_quotes_stands_in_one() -> None:
    words = "<p>Yes.</p><blockquote type=cite>On 2 Mar 2026, Ann wrote:</blockquote>"
    sent = message(1, text=None, html=f"{words}<blockquote type=cite>Thursday?</blockquote>")
    window = thread_window(opened(sent), replace(PLACE, open=standing(sent, "q")), READER)
    assert "Thursday?" in texts(window["blocks"])
    assert json.dumps(window).count("rich_text_quote") == 1


@pytest.mark.parametrize(
    ("name", "type_", "said"),
    [
        ("", "message/rfc822", "attached message\nMessage"),
        ("Offer of 2.50", "message/rfc822", "Offer of 2.50\nMessage"),
        ("", "application/pdf", "file without a name\nPDF file"),
        ("plan v1.final version", "application/pdf", "plan v1.final version\nPDF file"),
        ("plan.docx", "application/octet-stream", "plan.docx\nDOCX file"),
        ("plan", "application/octet-stream", "plan\nFile"),
        ("plan", "application/vnd.mailroom.cloud-link", "plan\nFile"),
        ("notes", "text/plain", "notes\nText"),
        ("kiln.png", "image/png", "kiln.png\nPicture"),
    ],
)
def test_a_file_is_named_and_its_kind_is_told_in_words(name: str, type_: str, said: str) -> None:
    sent = message(1, attachments=(Attachment("2", name, type_, 9, inline=False),))
    assert f"{said} · 9 bytes" in texts(thread_window(opened(sent), PLACE, READER)["blocks"])


def test_a_name_from_the_right_does_not_turn_the_date_beside_it() -> None:
    sent = replace(message(30 * 24), sender=EmailAddress(DANA, "ليلى منصور"))
    shown = texts(thread_window(opened(sent, message(1)), PLACE, READER)["blocks"])
    assert "\u2068ليلى منصور\u2069, 21 October" in shown


PLAIN = "Yes.\n\nOn 2 Mar 2026, Ann wrote:\n> Thursday?\n>\n> On 1 Mar 2026, Tom wrote:\n>> When?"
HTML = """<p>Yes.</p><div class=gmail_quote><div class=gmail_attr>On 2 Mar 2026, Ann wrote:</div><blockquote>
Thursday?<br><br>On 1 Mar 2026, Tom wrote:<blockquote>When?</blockquote></blockquote></div>"""


@pytest.mark.parametrize(
    "sent", [message(1, text=PLAIN), message(1, text=None, html=HTML)], ids=["plain", "html"]
)
def test_only_what_is_quoted_in_the_quote_keeps_its_mark(sent: Message) -> None:
    shown = texts(thread_window(opened(sent), replace(PLACE, open=standing(sent, "q")), READER)["blocks"])
    once, twice = shown.split("On 2 Mar 2026, Ann wrote:")[1].split("On 1 Mar 2026, Tom wrote:")
    assert "Thursday?" in once
    assert ">" not in once
    assert twice.split()[:2] == [">", "When?"]


def test_a_page_that_is_no_longer_there_becomes_the_last_one() -> None:
    window = thread_window(opened(*map(message, range(12))), replace(PLACE, page=7), READER)
    assert "Messages 1 to 2 of 12" in texts(window["blocks"])


@pytest.mark.parametrize("count", [1, 2, PAGE, PAGE + 1])
def test_controls_are_there_when_they_lead_somewhere(count: int) -> None:
    drawn = thread_window(opened(*map(message, range(count))), PLACE, READER)
    ids = {e.get("action_id") for b in drawn["blocks"] for e in b.get("elements", [])}
    assert ("inbox.order" in ids) is (count > 1)
    assert ("inbox.hide" in ids) is (count > 1)
    assert ("inbox.older_messages" in ids) is (count > PAGE)
    assert "inbox.newer_messages" not in ids


def test_a_message_with_others_says_how_many_and_none_of_its_words() -> None:
    drawn = thread_window(opened(message(2), message(1, to=(ME, BEN))), replace(PLACE, open="-"), READER)
    shown = texts(drawn["blocks"])
    assert "with 1 other person" in shown
    assert "Words of 1." not in shown
    assert "Words of 2." in shown


def test_the_newest_message_of_the_two_stands_open_even_when_a_group_has_gone_on() -> None:
    drawn = thread_window(opened(message(2), message(1, to=(ME, BEN))), PLACE, READER)
    shown = texts(drawn["blocks"])
    assert f"From {DANA}\nTo {ME}" in shown
    assert "Words of 1." not in shown


def test_the_dates_of_a_thread_are_named_in_one_way() -> None:
    both = texts(thread_window(opened(message(30 * 24), message(1)), PLACE, READER)["blocks"])
    assert "2 messages, 21 October to 20 November" in both
    one = texts(thread_window(opened(message(2), message(1)), PLACE, READER)["blocks"])
    assert "2 messages, today" in one
