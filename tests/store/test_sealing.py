"""A sealed value opens in its own place with a key of the ring, and nowhere else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.schema import SEALED
from store.sealing import Keyring, KeyringError, Unreadable, new_keyring_setting

PLACE = ("account", "tokens_sealed", "w1", "a1")
RING = Keyring.parse(new_keyring_setting())


@given(st.text(max_size=300))
def test_what_is_sealed_opens_again(plain: str) -> None:
    assert RING.open(RING.seal(plain, *PLACE), *PLACE) == plain


def test_the_same_value_never_looks_the_same_twice() -> None:
    assert RING.seal("x", *PLACE) != RING.seal("x", *PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("pending", "tokens_sealed", "w1", "a1"),
        ("account", "signature_sealed", "w1", "a1"),
        ("account", "tokens_sealed", "w2", "a1"),
        ("account", "tokens_sealed", "w1", "a2"),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: tuple[str, str, str, str]) -> None:
    with pytest.raises(Unreadable) as caught:
        RING.open(RING.seal("a secret", *PLACE), *elsewhere)
    assert "a secret" not in repr(caught.value)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_noticed(where: int, change: int) -> None:
    version, key_id, encoded = RING.seal("a secret", *PLACE).split(".")
    raw = bytearray(base64.b64decode(encoded))
    raw[where % len(raw)] ^= change
    with pytest.raises(Unreadable):
        RING.open(".".join((version, key_id, base64.b64encode(raw).decode())), *PLACE)


@given(st.text(max_size=60))
def test_no_text_that_is_not_an_envelope_opens_or_breaks(text: str) -> None:
    for envelope in (text, f"v1.{text}", f"v1.k1.{text}"):
        with pytest.raises(Unreadable):
            RING.open(envelope, *PLACE)


def test_the_first_key_seals_and_every_key_opens() -> None:
    old = new_keyring_setting("old")
    sealed = Keyring.parse(old).seal("x", *PLACE)
    both = Keyring.parse(f"{new_keyring_setting('new')}, {old}")
    assert both.open(sealed, *PLACE) == "x"
    assert both.seal("x", *PLACE).startswith("v1.new.")
    with pytest.raises(Unreadable, match="not in the keyring"):
        RING.open(sealed, *PLACE)


def test_a_column_that_is_not_sealed_cannot_be_used() -> None:
    with pytest.raises(ValueError, match="not a sealed column"):
        RING.seal("x", "account", "address", "w1", "a1")


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("", "no key"),
        ("k1", "begin with an id"),
        ("K1:AAAA", "begin with an id"),
        ("k1:%%%", "not base64"),
        ("k1:AAAA", "3 bytes long, not 32"),
        (f"{new_keyring_setting('a')},{new_keyring_setting('a')}", "twice"),
    ],
    ids=["nothing", "no key", "odd id", "no base64", "short", "twice"],  # the keys differ in every process
)
def test_a_keyring_that_cannot_be_used_says_why_and_shows_nothing(setting: str, says: str) -> None:
    with pytest.raises(KeyringError, match=says) as caught:
        Keyring.parse(setting)
    assert not setting or setting not in str(caught.value)


def test_a_keyring_does_not_show_its_keys() -> None:
    setting = new_keyring_setting()
    assert setting.partition(":")[2] not in repr(Keyring.parse(setting))


def test_every_sealed_column_is_known_by_its_name() -> None:
    assert {column.name for column in SEALED} == {
        column.name
        for table in {column.table for column in SEALED}
        for column in table.columns
        if column.name.endswith("_sealed")
    }
