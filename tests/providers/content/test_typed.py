"""Addresses in every shape in which they arrive with a command (reference/slack.md 2.7)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.content.typed import typed_addresses

DANA = "dana@northwind.example"


@pytest.mark.parametrize(
    "text",
    [
        DANA,
        "Dana@Northwind.Example",
        f"<{DANA}>",
        f"<mailto:{DANA}|{DANA}>",
        f"<mailto:{DANA}>",
        f"mailto:{DANA}",
        f"`{DANA}`",
        f"“{DANA}”,",
        f"({DANA}).",
        f"'{DANA}'",
        "\xa0dana\u200b@northwind.example\xa0",
        f"&lt;{DANA}&gt;",
        f"{DANA}, {DANA}",
    ],
)
def test_an_address_is_found_in_every_shape(text: str) -> None:
    found, rest = typed_addresses(text)
    assert [one.address for one in found] == [DANA]
    assert rest == ""


@pytest.mark.parametrize(
    "text",
    [
        f"Dana Smith <{DANA}>",
        f'"Dana Smith" <{DANA}>',
        f"Dana Smith &lt;<mailto:{DANA}|{DANA}>&gt;",
    ],
)
def test_a_name_before_an_address_is_its_name(text: str) -> None:
    found, rest = typed_addresses(text)
    assert [(one.name, one.address) for one in found] == [("Dana Smith", DANA)]
    assert rest == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{DANA} pricing", "pricing"),
        (f"<mailto:{DANA}|{DANA}> annual pricing", "annual pricing"),
        (f"pricing <mailto:{DANA}|{DANA}>", "pricing"),
        (f'{DANA} "annual report" 2026', '"annual report" 2026'),
        (f"Dana <{DANA}> pricing", "pricing"),
        (f"{DANA} AT&amp;T", "AT&T"),
    ],
)
def test_the_other_words_are_left(text: str, words: str) -> None:
    found, rest = typed_addresses(text)
    assert [one.address for one in found] == [DANA]
    assert rest == words


@pytest.mark.parametrize(
    "text", ["", "help", "dana", "<@U123>", "<@U123|dana>", "dana@northwind", "@dana", "https://x.com/@dana"]
)
def test_what_is_no_address_stays_a_word(text: str) -> None:
    assert typed_addresses(text) == ((), text)


def test_several_addresses_keep_their_order() -> None:
    found, rest = typed_addresses("b@x.com, a@x.com; b@x.com a@bücher.example")
    assert [one.address for one in found] == ["b@x.com", "a@x.com", "a@xn--bcher-kva.example"]
    assert rest == ""


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="ab@.<>|:;,&lt\"'` mailto()\u200b", max_size=120))
def test_nothing_raises(text: str) -> None:
    typed_addresses(text)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_without_an_at_sign_there_is_no_address(text: str) -> None:
    assert not typed_addresses(text.replace("@", ""))[0]
