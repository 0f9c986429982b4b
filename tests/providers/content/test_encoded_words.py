"""RFC 2047 in header values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.content.encoded_words import decode_words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("Re: =?iso-8859-1?Q?caf=E9?= today", "Re: café today"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?b?8J8=?= =?utf-8?b?mIA=?=", "😀"),
        ("=?utf-8?q?one_word?=", "one word"),
        ("=?utf-8*en?q?x?=", "x"),
        ("=?broken?q", "=?broken?q"),
        ("=?nonsense?q?abc?=", "abc"),
    ],
)
def test_a_value_is_read(value: str, text: str) -> None:
    assert decode_words(value) == text


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="=?utf-8qQbB_ \nZ0", max_size=120))
def test_nothing_raises(value: str) -> None:
    decode_words(value)
