"""Reasons in plain words."""

from datetime import UTC, datetime, timedelta

from bot.discovery import evidence, rules
from bot.discovery.evidence import WINDOW, Evidence
from bot.discovery.strength import Group
from bot.discovery.words import GROUPS, SENTENCES, say_conversations, say_reason, say_reasons
from bot.words import Reader
from providers.content.automated import RULES, TEXT_RULES

READER = Reader()


def test_every_code_of_every_rule_has_a_sentence_and_no_sentence_is_left_over() -> None:
    marks = {rule.code for rule in (*RULES, *TEXT_RULES)}
    ladder = {rule.code for rule in rules.RULES} - {"machine", "automated", "shared"}  # these pass marks on
    assert set(SENTENCES) == marks | ladder | {"crowd", "two_way", "anyway"}
    assert evidence.CROWD == 20  # the sentence names the figure


def test_sentences_are_plain() -> None:
    for sentence in SENTENCES.values():
        assert sentence.endswith(".")
        assert "!" not in sentence
        assert not {"header", "smtp", "verp", "esp"} & set(sentence.casefold().rstrip(".").split())


def test_numbers_are_said_where_there_are_several_mails() -> None:
    away = Evidence("a@b.example", mails=6, marks=(("auto_reply", 4), ("list", 1)))
    assert say_reasons(READER, ["auto_reply", "one_way"], away) == (
        "An automatic answer (4 of 6 mails). Wrote to you, and you never wrote to them."
    )
    assert say_reasons(READER, ["auto_reply"]) == "An automatic answer."


def test_a_code_of_another_version_still_gets_a_sentence() -> None:
    assert say_reason(READER, "from_the_future") == "Left out by a rule that this version does not know."


def test_conversations_are_said_with_their_time_in_a_line_that_fits_a_phone() -> None:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    reader = Reader(now=now)
    last = now - timedelta(days=2)
    assert say_conversations(reader, 6, last) == "6 conversations in two weeks, last mail Wednesday"
    assert say_conversations(reader, 1, None) == "1 conversation in two weeks"
    longest = say_conversations(reader, 14, datetime(2026, 9, 30, tzinfo=UTC))
    assert len(longest) <= 55
    assert timedelta(days=14) == WINDOW  # the sentence names it


def test_every_group_has_a_name() -> None:
    assert set(GROUPS) == set(Group)
