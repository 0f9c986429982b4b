"""The first words of a message: its sender's own, where it has any."""

from typing import Any

import pytest

from bot.inbox.previews import beginning
from tests.bot.inbox.given import message

FORWARD = """Ann, talk to her, please.

---------- Forwarded message ---------
From: Hannah Cole <hannah@coleevents.example>
Date: 7 Nov 2026 08:50
Subject: Stand
To: Ben Ortiz <ben@northwind.example>

We spoke last year about a stand."""

OUTLOOK = """<p class=MsoNormal>Can you see to this one?</p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt">
<p class=MsoNormal><b>From:</b> Arthur Penn &lt;arthur@penn.example&gt;<br><b>Sent:</b> 10 Nov 2026 13:05<br>
<b>To:</b> Northwind<br><b>Subject:</b> broken link</p></div><p class=MsoNormal>The link is broken.</p>"""

NEWS = """<div style="display:none">What rain does to beans</div><h1>Rain</h1><p>A wet October.</p>"""

RECEIPT = """<p>Thank you.</p><table border=1><tr><td>What</td><td>Amount</td></tr><tr><td>Server</td>
<td>11.90</td></tr></table><p>You find it online.</p>"""


WARNED = """<div><b>CAUTION:</b> This email originated from outside of the organization.</div><p>Paid.</p>"""
OWN = """<p>Attention: the external audit is on Monday.</p><p>Paid.</p>"""


@pytest.mark.parametrize(
    ("sent", "first"),
    [
        ({"text": "Hi Ann,\n\n> Thursday?\n\nYes.\n\n> The price?\n\nAs before."}, "Hi Ann, Yes. As before."),
        ({"text": FORWARD, "subject": "Fwd: Stand"}, "Ann, talk to her, please."),
        ({"text": None, "html": OUTLOOK, "subject": "Fwd: broken link"}, "Can you see to this one?"),
        ({"text": FORWARD.partition("\n\n")[2], "subject": "Fwd: Stand"}, "---------- Forwarded message"),
        ({"text": "> Thursday?\n> Yes."}, "> Thursday?"),
        ({"text": None, "html": NEWS}, "Rain A wet October."),
        ({"text": None, "html": RECEIPT}, "Thank you. You find it online."),
        ({"text": None, "html": WARNED.replace("</div>", "</div><br>")}, "Paid."),
        ({"text": None, "html": OWN}, "Attention: the external audit"),
        ({"text": "Caution: this email comes from outside."}, "Caution"),
    ],
    ids=[
        "answers between quotes",
        "forwarded",
        "forwarded by Outlook",
        "only handed on",
        "only a quote",
        "news",
        "receipt",
        "warned of by the company",
        "a warning of the sender's own",
        "nothing but a warning",
    ],
)
def test_a_message_begins_with_its_senders_own_words(sent: dict[str, Any], first: str) -> None:
    assert beginning(message(1, preview="What the provider saw", **sent), 140).startswith(first)


LETTER = "The rain has not stopped for a week. " * 1_500


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (LETTER, "The rain has not stopped for a week. The rain…"),
        (f"On Mon, Mar 2, 2026 Ann wrote:\n\n> {LETTER[:20_000]}\n\nNot here.\n", "Not here."),
        (f"Hi Ann,\n\n> {LETTER[:20_000]}\n\nNot here.\n", "Hi Ann, Not here."),
        (f"Fine.\n\n-- \nDana\n\n> {LETTER[:20_000]}\n", "Fine."),
    ],
    ids=("letter", "answer-below", "answer-between", "answer-above"),
)
def test_a_long_text_begins_with_its_senders_own_words_as_well(text: str, first: str) -> None:
    assert beginning(message(1, text=text), 50) == first


STYLE = f"<head><style>.x {{ display: none }} {'p { color: red } ' * 600}</style></head>"


@pytest.mark.parametrize(
    ("page", "first"),
    [
        (f"<p>{LETTER}</p>", "The rain has not stopped for a week. The rain…"),
        (
            f"{STYLE}<body><p class=x>Look</p><p>{LETTER}</p>",
            "The rain has not stopped for a week. The rain…",
        ),
        (f"<blockquote>{LETTER[:20_000]}</blockquote><p>Not here.</p>", "Not here."),
        (f"{OUTLOOK}<p>{LETTER[:20_000]}</p>", "Can you see to this one?"),
    ],
    ids=("letter", "preheader", "answer-below", "answer-above"),
)
def test_a_long_page_begins_with_its_senders_own_words_as_well(page: str, first: str) -> None:
    assert beginning(message(1, text=None, html=page), 50) == first


def test_where_the_text_is_not_at_hand_the_providers_words_stand() -> None:
    assert beginning(message(1, text=None, preview="What the provider saw"), 140) == "What the provider saw"
