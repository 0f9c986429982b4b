from datetime import UTC, datetime, timedelta

import pytest

from sandbox.seed.cast import voice
from sandbox.seed.clients import CLIENTS
from sandbox.seed.machines import MACHINES
from sandbox.seed.script import LETTERS, Conversation, parse_span, read_letters, read_script

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

SCRIPT = """A comment.

=== Two \\u2014 letters
--- dana > ann, ben | 9d 09:12 | apple | cc=cleo; attach=Plan.pdf
Hello,

two paragraphs.
--- ann > dana | +1d2h | gmail | forward
See below.
~~~ ben > ann | The old one
Old words.
"""


def one() -> Conversation:
    (found,) = read_script(SCRIPT, "test")
    return found


def test_a_script_names_people_files_and_copies() -> None:
    first = one().letters[0]
    assert one().subject == "Two — letters"
    assert (first.sender, first.to, first.cc) == ("dana", ("ann", "ben"), ("cleo",))
    assert first.options["attach"] == "Plan.pdf"
    assert first.text == "Hello,\n\ntwo paragraphs."


def test_a_letter_counts_its_time_from_today_or_from_the_letter_before() -> None:
    first, second = one().letters
    at = first.at(NOW, None)
    assert (NOW.date() - at.date()).days == 9
    assert (at.hour, at.minute) == (9, 12)
    assert second.at(NOW, at) - at == timedelta(days=1, hours=2)


def test_what_is_forwarded_stands_apart_from_what_is_written() -> None:
    second = one().letters[1]
    assert second.text == "See below."
    assert second.forwarded is not None
    assert second.forwarded.text == "Old words."
    assert second.forwarded.options["subject"] == "The old one"


@pytest.mark.parametrize("text", ["", "soon", "1x", "+"])
def test_a_time_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        parse_span(text)


def test_a_conversation_without_letters_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="Lonely"):
        list(read_script("=== Lonely\n", "test"))


def test_every_letter_is_by_somebody_of_the_cast_in_a_manner_that_exists() -> None:
    for conversation in read_letters(LETTERS):
        for letter in conversation.letters:
            keys = (letter.sender, *letter.to, *letter.cc)
            assert all(voice(key).address.endswith(".example") for key in keys)
            assert letter.kind in CLIENTS or letter.kind in MACHINES, conversation.subject
