"""What was typed into Slack's editor as the text and the HTML of a mail."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.inbox.rich_text import MOST_CHARACTERS, Problem, as_typed, problem_of, written

Json = dict[str, Any]


def typed(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def section(*pieces: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(pieces)}


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


@pytest.mark.parametrize(
    ("piece", "problem"),
    [
        ({"type": "user", "user_id": "U1"}, Problem.MENTION),
        ({"type": "team", "team_id": "T1"}, Problem.MENTION),
        ({"type": "channel", "channel_id": "C1"}, Problem.CHANNEL),
        ({"type": "usergroup", "usergroup_id": "S1"}, Problem.GROUP),
        ({"type": "broadcast", "range": "here"}, Problem.BROADCAST),
        ({"type": "emoji", "name": "our-logo"}, Problem.EMOJI),
        ({"type": "canvas", "id": "F1"}, Problem.UNKNOWN),
    ],
)
@pytest.mark.parametrize("place", ["section", "list", "quote", "code"])
def test_what_exists_only_in_slack_is_found_wherever_it_stands(
    piece: Json, problem: Problem, place: str
) -> None:
    wrapped = {
        "section": section(text("a "), piece),
        "list": {"type": "rich_text_list", "style": "bullet", "elements": [section(piece)]},
        "quote": {"type": "rich_text_quote", "elements": [piece]},
        "code": {"type": "rich_text_preformatted", "elements": [piece]},
    }[place]
    assert problem_of(typed(section(text("before")), wrapped)) is problem


@pytest.mark.parametrize("nothing", [None, typed(), as_typed("  \n "), typed(section(text("\u200b")))])
def test_nothing_typed_is_nothing(nothing: Json | None) -> None:
    assert problem_of(nothing) is Problem.EMPTY


def test_a_text_may_have_so_many_characters_and_no_more() -> None:
    assert problem_of(as_typed("x" * MOST_CHARACTERS)) is None
    assert problem_of(as_typed("x" * (MOST_CHARACTERS + 1))) is Problem.TOO_LONG
    assert problem_of(as_typed("\N{GRINNING FACE}" * 12_000)) is Problem.TOO_LONG


def test_emoji_are_sent_as_characters() -> None:
    wave = {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd"}
    made = written(typed(section(text("Hi "), wave)))
    assert made.text == "Hi \N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"
    assert "\N{WAVING HAND SIGN}" in made.html


def test_lists_keep_their_numbers_and_their_depth() -> None:
    ordered = {
        "type": "rich_text_list",
        "style": "ordered",
        "offset": 2,
        "elements": [section(text("three")), section(text("four\nmore"))],
    }
    inner = {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(text("deep"))]}
    made = written(typed(ordered, inner))
    assert made.text == "3. three\n4. four\n   more\n  - deep"
    assert (
        made.html == '<ol start="3"><li>three</li><li>four<br>more</li></ol><ul><ul><li>deep</li></ul></ul>'
    )


def test_quotes_and_code_are_told_apart_in_both() -> None:
    quote = {"type": "rich_text_quote", "elements": [text("you said\nthis")]}
    code = {"type": "rich_text_preformatted", "elements": [text("if a < b:\n    go()")]}
    made = written(typed(quote, section(text("and")), code))
    assert made.text == "> you said\n> this\nand\nif a < b:\n    go()"
    assert "<pre>if a &lt; b:\n    go()</pre>" in made.html


def test_a_link_shows_where_it_leads_and_only_to_the_web_or_to_mail() -> None:
    good = {"type": "link", "url": "https://northwind.example/a?b=1&c=2", "text": "the list"}
    bare = {"type": "link", "url": "https://northwind.example"}
    mail = {"type": "link", "url": "mailto:dana@northwind.example", "text": "dana@northwind.example"}
    bad = {"type": "link", "url": "javascript:alert(1)", "text": "here"}
    made = written(typed(section(good, text(" "), bare, text(" "), mail, text(" "), bad)))
    assert "the list (https://northwind.example/a?b=1&c=2) https://northwind.example dana@" in made.text
    assert 'href="https://northwind.example/a?b=1&amp;c=2"' in made.html
    assert 'href="javascript' not in made.html


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=80))
def test_no_typed_words_become_markup(words: str) -> None:
    read = Tags()
    read.feed(written(typed(section(text(words, bold=True)))).html)
    read.close()
    assert read.names <= {"div", "b", "br"}
