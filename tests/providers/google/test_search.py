"""What is put into Gmail's search and into links."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.errors import Refused
from providers.google.search import draft_link, search_link, search_terms, thread_link


def test_all_addresses_stand_in_one_group() -> None:
    terms = search_terms(["dana@x.com", "d@y.com"], "annual report")
    assert terms == (
        '{from:dana@x.com to:dana@x.com cc:dana@x.com from:d@y.com to:d@y.com cc:d@y.com} "annual" "report"'
    )


def test_a_phrase_stays_a_phrase() -> None:
    assert search_terms(["a@b.com"], 'the "annual report" 2026').endswith('"the" "annual report" "2026"')


@settings(deadline=None)
@given(st.text(max_size=80) | st.text(alphabet='"{}()[]|\\:- ORin', max_size=40))
def test_words_are_quoted_whatever_they_are(words: str) -> None:
    group, quoted = search_terms(["a@b.com"], words).split("}", 1)
    assert group == "{from:a@b.com to:a@b.com cc:a@b.com"
    assert quoted.count('"') % 2 == 0
    outside = "".join(piece for n, piece in enumerate(quoted.split('"')) if n % 2 == 0)
    assert outside.strip() == ""


@pytest.mark.parametrize("address", ["o'brien@x.com", "dana+tag@x.com", "a.b-c_d@x.com"])
def test_usual_addresses_pass(address: str) -> None:
    assert f"from:{address} " in search_terms([address], "")


@pytest.mark.parametrize(
    "address", ["-a@b.com", "a|b@x.com", "{a}@x.com", "a b@x.com", '"a"@x.com', "a@b.com}"]
)
def test_addresses_with_a_second_meaning_are_refused(address: str) -> None:
    with pytest.raises(Refused) as refusal:
        search_terms([address], "")
    assert address not in str(refusal.value)


def test_no_address_at_all_is_refused() -> None:
    with pytest.raises(Refused):
        search_terms([], "pricing")


def test_links_open_the_right_account() -> None:
    start = "https://mail.google.com/mail/u/?authuser=ann+x@y.com#".replace("+", "%2B")
    assert thread_link("ann+x@y.com", "18c/../x") == f"{start}all/18c%2F..%2Fx"
    assert draft_link("ann+x@y.com", "18c") == f"{start}drafts?compose=18c"
    assert search_link("ann+x@y.com", ["dana@x.com"]).startswith(f"{start}search/%7Bfrom%3Adana%40x.com")
