"""Which messages stand open, as short text in a button."""

from hypothesis import given
from hypothesis import strategies as st

from bot.inbox.unfolding import AT_ONCE, Unfolded, name_of, read, with_open, without, write

NEWEST = name_of("newest")
NAMES = st.text(max_size=200).map(name_of)
HOW = st.builds(Unfolded, st.booleans(), st.booleans(), st.integers(0, 999_999))


@given(st.dictionaries(NAMES, HOW, max_size=AT_ONCE))
def test_what_is_written_is_read_again(open_: dict[str, Unfolded]) -> None:
    assert read(write(open_), newest=NEWEST) == open_


@given(st.text(max_size=40))
def test_any_other_text_opens_the_newest_or_something_that_could_be(text: str) -> None:
    assert read(text, newest=NEWEST)


def test_a_thread_opens_with_its_newest_message() -> None:
    assert read("", newest=NEWEST) == {NEWEST: Unfolded()}


def test_a_place_in_the_thread_names_nothing_it_may_be_another_message_now() -> None:
    assert read("3q,5+40", newest=NEWEST) == {NEWEST: Unfolded()}


def test_the_message_opened_first_is_folded_for_the_fourth() -> None:
    open_: dict[str, Unfolded] = {}
    nine, three, five, one = (name_of(each) for each in ("9", "3", "5", "1"))
    for name in (nine, three, five, one):
        open_ = with_open(open_, name, Unfolded())
    assert list(read(write(open_), newest=NEWEST)) == [three, five, one]
    assert read(write(without(without(without(open_, one), three), five)), NEWEST) == {nine: Unfolded()}
