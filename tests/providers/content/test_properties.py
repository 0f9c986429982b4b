"""What holds for every mail whatever it holds."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from providers.content.clean import clean
from providers.content.eml import parse_eml
from providers.content.plain import as_text
from providers.content.reading import Reading, read_message
from providers.mail import Message
from tests.bot.inbox.rich_text import drawn_pages
from tests.providers.content.holding import hold
from tests.providers.content.mails import HTMLS, MIME, TEXT

EMPTY = parse_eml(b"From: dana@brightfield.example\r\nSubject: Thursday\r\n\r\n").message


def message(*, html: str | None = None, text: str | None = None, subject: str = "Re: Thursday") -> Message:
    """A message with this body."""
    return Message(
        "1", "1", EMPTY.sender, (), (), (), (), subject, EMPTY.date, False, html=html, text=text
    )  # fmt: skip


def letters(text: str) -> Counter[str]:
    """The letters and digits in a text, however they are cut into words."""
    return Counter(char for char in text if char.isalnum())


def body_text(html: str) -> str:
    """All text of a page, as the parser alone gives it."""
    body = LexborHTMLParser(html).body
    return body.text(deep=True) if body else ""


def everything(reading: Reading) -> str:
    return "\n".join((reading.text, reading.signature_text, reading.quoted_text))


@given(st.one_of(MIME, st.binary(max_size=400)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_reading_and_blocks_that_slack_takes(data: bytes) -> None:
    hold(data)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_no_letter_of_a_plain_text_mail_is_lost_or_added(text: str) -> None:
    # Letters that a screen cannot show (fillers that count as letters) are the only ones left out.
    shown = re.sub("[\u115f\u1160\u3164\uffa0\u17b4\u17b5]", "", text)
    assert letters(everything(read_message(message(text=text)))) == letters(shown)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_a_plain_text_mail_with_a_word_never_reads_empty(text: str) -> None:
    reading = read_message(message(text=text))
    shown = re.sub("[\u115f\u1160\u3164\uffa0\u17b4\u17b5]", "", text)
    if any(char.isalnum() for char in shown):
        assert any(char.isalnum() for char in reading.text)


@given(HTMLS)
@settings(max_examples=400, deadline=None)
def test_no_letter_of_an_html_mail_is_lost_and_none_is_invented(html: str) -> None:
    source = body_text(html)
    reading = read_message(message(html=html))
    seen = everything(reading)
    missing = letters(source) - letters(seen)
    assert not missing
    added = letters(seen) - letters(source)
    assert set(added) <= set("0123456789")  # numbers of ordered lists


@given(HTMLS)
@settings(max_examples=200, deadline=None)
def test_every_word_that_is_shown_stands_in_the_source(html: str) -> None:
    source = "".join(clean(body_text(html)).split())
    source = re.sub("[\u200c\u200d]", "", source)  # joiners stay only inside of words
    shown = re.sub("[\u200c\u200d]", "", read_message(message(html=html)).text)
    for word in re.findall(r"[^\W\d_]{3,}", shown):
        assert word in source


@given(HTMLS, TEXT)
@settings(max_examples=100, deadline=None)
def test_reading_twice_is_the_same(html: str, text: str) -> None:
    assert read_message(message(html=html, text=text)) == read_message(message(html=html, text=text))


@given(HTMLS)
@settings(max_examples=150, deadline=None)
def test_pages_put_together_show_every_letter_of_the_document(html: str) -> None:
    document = read_message(message(html=html)).visible
    pages = list(drawn_pages(document, budget_blocks=1, budget_chars=3600))
    drawn = "".join(str(value) for page in pages for value in texts_in(page))
    assert not letters(as_text(document)) - letters(drawn) - Counter("0123456789" * 400)


def texts_in(value: object) -> list[object]:
    """All texts of a payload."""
    if isinstance(value, dict):
        return [
            *([value["text"]] if isinstance(value.get("text"), str) else []),
            *texts_in(list(value.values())),
        ]
    if isinstance(value, list):
        return [text for inner in value if isinstance(inner, dict | list) for text in texts_in(inner)]
    return []
