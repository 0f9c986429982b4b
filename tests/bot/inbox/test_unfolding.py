"""Which messages stand open, as short text in a button."""

from hypothesis import given
from hypothesis import strategies as st

from bot.inbox.unfolding import AT_ONCE, Unfolded, read, with_open, without, write

HOW = st.builds(Unfolded, st.booleans(), st.booleans(), st.integers(0, 999_999))


@given(st.dictionaries(st.integers(0, 99_999), HOW, max_size=AT_ONCE))
def test_what_is_written_is_read_again(open_: dict[int, Unfolded]) -> None:
    assert read(write(open_), newest=7) == open_


@given(st.text(max_size=40))
def test_any_other_text_opens_the_newest_or_something_that_could_be(text: str) -> None:
    assert all(isinstance(place, int) for place in read(text, newest=7))


def test_a_thread_opens_with_its_newest_message() -> None:
    assert read("", newest=7) == {7: Unfolded()}


def test_the_message_opened_first_is_folded_for_the_fourth() -> None:
    open_: dict[int, Unfolded] = {}
    for place in (9, 3, 5, 1):
        open_ = with_open(open_, place, Unfolded())
    assert list(read(write(open_), newest=7)) == [3, 5, 1]
    assert read(write(without(without(without(open_, 1), 3), 5)), 7) == {9: Unfolded()}
