"""Domains that are drawn like another one."""

import pytest

from providers.content.lookalikes import imitated, mixes_scripts

KNOWN = ("abel.example", "northwind.example", "gmail.com")


@pytest.mark.parametrize(
    ("domain", "like"),
    [
        ("abe1.example", "abel.example"),
        ("mail.abe1.example", "abel.example"),
        ("abei.example", "abel.example"),
        ("xn--bel-5cd.example", "abel.example"),  # its first letter is Cyrillic
        ("àbel.example", "abel.example"),
        ("northwlnd.example", "northwind.example"),
        ("north-wind.com", "northwind.example"),
        ("nortwhind.example", "northwind.example"),
        ("northwinds.example", "northwind.example"),
        ("nothwind.example", "northwind.example"),
        ("northvvind.example", "northwind.example"),
    ],
)
def test_a_domain_that_looks_like_a_known_one_is_named_with_it(domain: str, like: str) -> None:
    assert imitated(domain, KNOWN) == like


@pytest.mark.parametrize(
    "domain",
    [
        "abel.example",
        "mail.abel.example",
        "abel.com",  # the same name elsewhere
        "kabel.example",  # short names are often a letter apart
        "southwind.example",
        "gmall.com",  # where anybody may have a mailbox
        "",
        "localhost",
        "xn--.example",
    ],
)
def test_what_is_known_or_merely_similar_is_not(domain: str) -> None:
    assert imitated(domain, KNOWN) == ""


@pytest.mark.parametrize(
    ("domain", "mixed"),
    [
        ("xn--bel-5cd.example", True),
        ("abel.example", False),
        ("bücher.example", False),
        ("пример.example", False),
    ],
)
def test_letters_of_two_scripts_in_one_word_are_noticed(domain: str, mixed: bool) -> None:
    assert mixes_scripts(domain) is mixed
