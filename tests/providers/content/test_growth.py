"""Reading costs in proportion to the mail, also where somebody wants it to cost more.

Counted is the work that Python does (calls), which is the same on every machine; what the parser does in C is
held down by `html_guard`, whose bounds are tested here too.
"""

import sys
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.inbox.body import draw_document
from providers.content.eml import parse_eml
from providers.content.html import read_html
from providers.content.html_guard import MAX_DEPTH, harmless
from providers.content.html_tokens import VOID, name_in, tokens_of
from providers.content.reading import read_message

PLAIN = b"From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = b"From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
MAILS: dict[str, Callable[[int], bytes]] = {
    "lines": lambda n: PLAIN + b"word and more words here\r\n" * n,
    "labels": lambda n: PLAIN + b"Key: value\r\n" * n,
    "header lines": lambda n: PLAIN + b"From: x\r\n" * n,
    "attributions": lambda n: PLAIN + b"On 2 Mar 2026 10:00 a@b.example wrote:\r\n" * n,
    "quotes": lambda n: PLAIN + b"> quoted\r\nown\r\n" * n,
    "initials": lambda n: PLAIN + b"On 2 Mar 2026 10:00 a@b.example wrote:\r\nTA> x\r\n" * n,
    "deep quotes": lambda n: PLAIN + b"> > > > > > > > > > > > x\r\n" * n,
    "signature marks": lambda n: PLAIN + b"--\r\n\r\nname\r\n\r\n" * n,
    "valedictions": lambda n: PLAIN + b"Best regards\r\n" * n,
    "addresses": lambda n: PLAIN + b"a@b.example http://c.example/(( " * n,
    "items": lambda n: PLAIN + b"- x\r\n" * n,
    "items with empty lines": lambda n: PLAIN + b"- x\r\n\r\n" * n,
    "items in items": lambda n: PLAIN + b"".join(b" " * (i % 40) + b"- x\r\n" for i in range(n)),
    "set-in lines": lambda n: PLAIN + b"x\r\n" + b"    word\r\n" * n,
    "set-in paragraphs": lambda n: PLAIN + b"x\r\n" + b"    a = b\r\n\r\n" * n,
    "tabs": lambda n: PLAIN + b"".join(b"x" + b"\ty" * (i % 2 + 1) + b"\r\n" for i in range(n)),
    "gaps": lambda n: PLAIN + b"".join(b"x" * (i % 9 + 1) + b"   y\r\n" for i in range(n)),
    "bars": lambda n: PLAIN + b"".join(b"x" * (i % 9 + 1) + b" | y\r\n" for i in range(n)),
    "cells down": lambda n: HTML + b"<table>" + b"<tr><td rowspan=9>a<td>b<tr><td>c" * n,
    "history in items": lambda n: HTML + b"<ul><li>x<div class=moz-cite-prefix>y</div>" * n,
    "divs": lambda n: HTML + b"<div>x</div>" * n,
    "nested divs": lambda n: HTML + b"<div>" * n + b"x",
    "tables in tables": lambda n: HTML + b"<table><tr><td>" * n + b"x",
    "rows": lambda n: HTML + b"<table>" + b"<tr><td>a</td><td>b</td></tr>" * n + b"</table>",
    "lists in lists": lambda n: HTML + b"<ul><li>x" * n,
    "quotes in quotes": lambda n: HTML + b"<blockquote>x" * n,
    "unclosed formatting": lambda n: HTML + b"".join(b"<p><font color=%d>x" % i for i in range(n)),
    "word lists": lambda n: (
        HTML + b"".join(b"<p style='mso-list:l0 level%d lfo1'>o x" % (i % 9 + 1) for i in range(n))
    ),
    "line breaks": lambda n: HTML + b"x<br>" * n,
    "parts": lambda n: b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * n,
    "headers": lambda n: b"X-A: b\r\n" * n + b"\r\nx",
}


def work(data: bytes) -> int:
    """Count the calls that reading and drawing the first page take."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        reading = read_message(parse_eml(data).message)
        draw_document(reading.visible)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", MAILS)
def test_twice_the_mail_is_at_most_about_twice_the_work(name: str) -> None:
    make = MAILS[name]
    work(make(50))
    assert work(make(4000)) <= 2.4 * work(make(2000))


@pytest.mark.parametrize("name", MAILS)
def test_a_large_mail_of_the_kind_is_read_at_all(name: str) -> None:
    reading = read_message(parse_eml(MAILS[name](3000)).message)
    assert "x" in reading.text or "a" in reading.text or "o" in reading.text


def test_markup_that_would_be_opened_again_and_again_is_taken_out_before_parsing() -> None:
    hostile = "".join(f"<p><font color={n}>x" for n in range(5000))
    assert harmless(hostile).count("<font") < 10
    assert harmless(hostile).count("x") == 5000


def test_ordinary_markup_passes_the_guard_untouched() -> None:
    page = "<div><b>bold</b> and <font color=red>red</font><p>text</div>" * 2000
    assert harmless(page) == page


def test_elements_deeper_than_any_mail_needs_lose_their_tags_and_keep_their_text() -> None:
    deep = "<div>" * 5000 + "still here" + "</div>" * 5000
    assert harmless(deep).count("<div>") == MAX_DEPTH
    assert "still here" in harmless(deep)


# Each makes a guard that counts tags believe that an element was closed, or hides tags from it.
TRICKS = {
    "an end of nothing": "<div></x>",
    "ends of other formatting": "<p><font color={}></i></i></i>x",
    "an end inside of a table": "<div><table></div></table>",
    "an end behind a block": "<x><div></x>",
    "an end behind a form": "<form><div></form>",
    "an end in a comment": "<div><!-- </div> -->",
    "an end in an attribute": '<div><p title="</div>">',
    "an end in a style": "<div><style></div></style>",
    "an end in a script that hides one": "<div><script><!--<script></script></div></script>",
    "a quote in the name of an attribute": '<p x"><div><div><p y">',
    "the sign of an end in an attribute": '<p><font title="a>{}">x',
    "rows in a drawing": "<svg><tr>",
    "blocks in a drawing": "<svg><foreignObject><div></svg>",
    "formatting in a table": "<table><font color={}></table>x<p>",
    "capitals": "<DIV></X>",
    "an end of a style that is none": "<div><style></style x></div></style>",
    "a comment that ends at once": "<div><!--></div>-->",
    "blocks that no tag closes": "<p><b id={}>x",
    "items of two kinds": "<li><dd>",
    "items in lists that an end closes": "<ul><li><dd></ul>",
    "an end behind an item": "<x><li></x>",
    "a comment that a sign ends": "<div><!-- --!></div><div>-->",
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_no_trick_makes_the_parser_pile_up_elements(trick: str) -> None:
    page = "".join(trick.replace("{}", str(number)) for number in range(5000)) + "still here"
    body = LexborHTMLParser(harmless(page)).body
    depth = deepest = elements = 0
    for tag in tokens_of((body.html if body else "") or "").tags:
        name = name_in(tag)
        if name and name not in VOID:
            depth += -1 if name[0] == "/" else 1
            elements += 1
        deepest = max(deepest, depth)
    assert deepest <= 4 * MAX_DEPTH
    assert elements <= 20 * page.count("<")
    assert body is None or "still here" in body.text(deep=True)


def test_ends_of_nothing_do_not_reach_the_parser() -> None:
    """For each of them it would go through all that is open."""
    assert harmless("<span>" * 3900 + "</x>" * 50_000 + "still here").count("</x>") == 0


def test_a_page_of_comments_that_never_end_is_looked_through_once() -> None:
    assert read_html("<!--" * 500_000) == []  # hours, where each looks for its end again


def test_attributes_of_further_bodies_are_left_out() -> None:
    page = "".join(f"<body a{number}>" for number in range(10_000)) + "still here"
    assert harmless(page).count("<body") <= 5
    assert harmless(page).endswith("still here")


@pytest.mark.parametrize("hidden", ['title="<"', 'title=">"', "<", 'x="1"y=">"'])
def test_a_tag_that_hides_its_end_cannot_bring_thousands_of_attributes(hidden: str) -> None:
    page = f"<p {hidden} " + " ".join(f"a{number}" for number in range(10_000)) + ">still here"
    body = LexborHTMLParser(harmless(page)).body
    found = body.css_first("p") if body else None
    assert found is None or len(found.attributes) < 500
    assert body is None or "still here" in body.text(deep=True)
