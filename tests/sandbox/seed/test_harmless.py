import re
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.mail.raw import RawMessage
from sandbox.people.harmless import harmless_html, text_of_html
from sandbox.people.reading import leaves, read

TAG = re.compile(r"</?[a-z0-9]+>|<span class=\"link\" title=\"[^\"<>]*\">")
PIECES = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<b",
            ">",
            "<script>",
            "</script>",
            "<img src=x onerror=y>",
            "<a href='javascript:x'>",
        ),
        *("</a>", "<!--", "-->", "<style>", "&lt;script&gt;", "<svg/onload=x>", "<table><tr><td>", "word"),
        *("\x00", "<br/>", "<div style='display:none'>", "</div>", "<![CDATA[", "<?php"),
        """<a href="https://x.example/?a=1&b='">""",
    )
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text())
def test_nothing_but_bare_allowed_tags_comes_out(html: str) -> None:
    made = harmless_html(html)
    assert "<" not in TAG.sub("", made)
    text_of_html(html)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_tag_that_is_opened_is_closed_in_order(html: str) -> None:
    standing: list[str] = []
    for found in re.finditer(r"<(/?)([a-z0-9]+)[^>]*>", harmless_html(html)):
        if found[2] in {"br", "hr"}:
            continue
        if found[1]:
            assert standing.pop() == found[2]
        else:
            standing.append(found[2])
    assert standing == []


def test_a_link_becomes_words_that_show_where_it_leads() -> None:
    made = harmless_html('<a href="https://evil.example/">https://bank.example/</a>')
    assert made == '<span class="link" title="https://evil.example/">https://bank.example/</span>'


def test_hidden_words_and_scripts_are_not_shown() -> None:
    html = '<div style="display: none">hidden</div><script>run()</script><p>seen</p>'
    assert text_of_html(html) == "seen"
    assert "hidden" not in harmless_html(html)


def test_deep_nesting_ends_somewhere() -> None:
    made = harmless_html("<div>" * 5000 + "deep")
    assert made.count("<div>") <= 200
    assert "deep" in made


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no headers at all",
        b"Content-Type: multipart/mixed\r\n\r\n--x\r\n",
        b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe\x00",
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nx",
        b'Content-Type: text/html; charset="=?"\r\n\r\n<p>\x80',
    ],
)
def test_broken_mail_is_read_without_complaint(raw: bytes) -> None:
    read(RawMessage(raw))


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(raw: bytes) -> None:
    reading = read(RawMessage(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + raw))
    assert isinstance(reading.text, str)


def test_an_attached_message_is_one_leaf() -> None:
    inner = b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nwords\r\n--b--\r\n"
    message = RawMessage(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + inner).parse()
    parts = list(leaves(message))
    assert [part.get_content_type() for part in parts] == ["message/rfc822"]
    assert isinstance(parts[0], Message)
