"""Reading and comparing addresses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.content.addresses import clean_name, normalise, parse_addresses, same_person_hint
from providers.mail import EmailAddress


def read(*values: str) -> list[tuple[str, str]]:
    return [(one.name, one.address) for one in parse_addresses(values)]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Dana@Northwind.EXAMPLE", "dana@northwind.example"),
        ("  dana@northwind.example\u200b ", "dana@northwind.example"),
        ("o'brien+news@x.com", "o'brien+news@x.com"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example"),
        ("a@host.test", "a@host.test"),
    ],
)
def test_an_address_is_written_in_one_way(typed: str, written: str) -> None:
    assert normalise(typed) == written


@pytest.mark.parametrize(
    "typed",
    ["", "bob", "bob@", "@x.com", "a b@x.com", "a@localhost", "a@x..com", "a@b@c.com", "a@[1.2.3.4]"],
)
def test_what_is_no_address_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(ValueError, match="complete email address") as refusal:
        normalise(typed)
    assert not typed or typed not in str(refusal.value)


@settings(deadline=None, max_examples=60)
@given(st.emails())
def test_writing_an_address_twice_changes_nothing(address: str) -> None:
    try:
        once = normalise(address)
    except ValueError:
        return
    assert normalise(once) == once == once.lower()


@pytest.mark.parametrize(
    ("value", "parties"),
    [
        ("Dana Smith <Dana@X.com>", [("Dana Smith", "dana@x.com")]),
        ('"Smith, Dana" <dana@x.com>', [("Smith, Dana", "dana@x.com")]),
        ("a@b.com; c@d.com", [("", "a@b.com"), ("", "c@d.com")]),
        ("Team: a@b.com, Bo <c@d.com>;", [("", "a@b.com"), ("Bo", "c@d.com")]),
        ("undisclosed-recipients:;", []),
        ("a@b.com (Ann Lee)", [("Ann Lee", "a@b.com")]),
        ("=?utf-8?q?Ren=C3=A9?= <r@x.com>", [("René", "r@x.com")]),
        ("=?utf-8?B?w4Q=?= =?utf-8?b?w5Y=?= <b@c.de>", [("ÄÖ", "b@c.de")]),
        ('"A \\"Q\\" B" <q@b.com>', [('A "Q" B', "q@b.com")]),
        ("<@relay.com:u@h.com>", [("", "u@h.com")]),
        ("dana@x.com <dana@x.com>", [("", "dana@x.com")]),
        ("Ann\u202e <a@b.com>", [("Ann", "a@b.com")]),
        ("", []),
        ("<>, ,", []),
    ],
)
def test_a_header_value_is_read(value: str, parties: list[tuple[str, str]]) -> None:
    assert read(value) == parties


def test_an_encoded_comma_or_bracket_makes_no_second_party() -> None:
    assert read("=?utf-8?q?Ann=2C_=3Cevil=40x.com=3E?= <ann@b.com>") == [("Ann, <evil@x.com>", "ann@b.com")]


def test_a_party_that_cannot_be_understood_is_not_lost() -> None:
    """Else a mail with a third reader would pass for one-to-one."""
    found = read("/O=EXCHANGELABS/OU=GROUP/CN=BOB, dana@x.com, boss@localhost")
    assert [address for _, address in found] == [
        "/o=exchangelabs/ou=group/cn=bob",
        "dana@x.com",
        "boss@localhost",
    ]


@pytest.mark.parametrize("value", ['"Dana <dana@x.com>, bob@y.com', "Dana (sales <dana@x.com>, bob@y.com"])
def test_an_open_quotation_or_comment_swallows_nobody(value: str) -> None:
    assert [address for _, address in read(value)] == ["dana@x.com", "bob@y.com"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(alphabet=st.characters(), max_size=60), max_size=3))
def test_reading_never_raises(values: list[str]) -> None:
    for one in parse_addresses(values):
        assert one.address and "\n" not in one.address and "\r" not in one.name


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet='ab@.,;:<>()"\\ =?qQ\n', max_size=80))
def test_reading_punctuation_in_any_order_never_raises(value: str) -> None:
    for one in parse_addresses([value]):
        assert one.address == one.address.strip()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.emails(), min_size=1, max_size=8))
def test_every_address_of_a_plain_list_is_found(addresses: list[str]) -> None:
    known = {one for one in addresses if '"' not in one}
    found = {one.address for one in parse_addresses([", ".join(known)])}
    assert len(found) <= len(known)
    for address in known:
        try:
            assert normalise(address) in found
        except ValueError:
            continue


def test_a_name_shows_nothing_hidden() -> None:
    assert clean_name(" Ann\u202e\u200b\x07 Lee\r\nBcc: x\u2028 ") == "Ann Lee Bcc: x"
    assert len(clean_name("x" * 5000)) <= 120


def test_tags_and_gmail_dots_are_only_a_hint() -> None:
    assert same_person_hint("dana+news@x.com", "dana@x.com")
    assert same_person_hint("d.ana@gmail.com", "dana@googlemail.com")
    assert not same_person_hint("d.ana@x.com", "dana@x.com")
    assert not same_person_hint("dana@x.com", "dana@x.com")
    assert EmailAddress(normalise("dana+news@x.com")) != EmailAddress(normalise("dana@x.com"))
