"""Reasons in plain words."""

from bot.discovery import evidence, rules
from bot.discovery.evidence import Evidence
from bot.discovery.strength import Group
from bot.discovery.words import GROUPS, SENTENCES, say_exchange, say_reason, say_reasons
from bot.words import Reader
from providers.content.automated import RULES, TEXT_RULES

READER = Reader()


def test_every_code_of_every_rule_has_a_sentence_and_no_sentence_is_left_over() -> None:
    marks = {rule.code for rule in (*RULES, *TEXT_RULES)}
    ladder = {rule.code for rule in rules.RULES} - {"machine", "automated", "shared"}  # these pass marks on
    assert set(SENTENCES) == marks | ladder | {"crowd", "two_way"}
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


def test_an_exchange_is_said_in_one_line() -> None:
    assert say_exchange(READER, 7, 5, 6) == "6 conversations, you wrote 5, they wrote 7"
    assert say_exchange(READER, 1, 1, 1) == "1 conversation, you wrote 1, they wrote 1"


def test_every_group_has_a_name() -> None:
    assert set(GROUPS) == set(Group)
