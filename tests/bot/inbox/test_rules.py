"""What counts as one-to-one, and who waits for whom."""

from dataclasses import replace

import pytest

from bot.inbox.rules import always_there, answerable, best_alias, company, judge, one_to_one, row
from providers.mail import ContentPart, EmailAddress
from tests.bot.inbox.given import BEN, DANA, ME, message, people, thread

OWN = frozenset({ME, "ann.lee@northwind.example"})
THEM = frozenset({DANA, "dana@home.example"})


@pytest.mark.parametrize(
    ("sender", "to", "cc", "expected"),
    [
        (DANA, (ME,), (), True),
        (ME, (DANA,), (), True),
        (DANA, (ME,), (DANA,), True),
        (DANA, (ME, "ann.lee@northwind.example"), (), True),
        (DANA, (ME,), ("dana@home.example",), True),
        (DANA, (ME,), (BEN,), False),
        (DANA, (ME, BEN), (), False),
        (ME, (ME,), (), False),
        (BEN, (ME,), (), False),
        (DANA, (), (), True),  # undisclosed recipients: nobody else is named
    ],
)
def test_one_to_one_is_what_remains_without_the_own_addresses(
    sender: str, to: tuple[str, ...], cc: tuple[str, ...], expected: bool
) -> None:
    assert one_to_one(message(1, sender, to, cc=people(*cc)), OWN, THEM) is expected


def test_blind_copies_and_reply_to_do_not_count() -> None:
    mail = message(1, ME, (DANA,), bcc=people(BEN), reply_to=people(BEN))
    assert one_to_one(mail, OWN, THEM)


def test_a_thread_without_a_one_to_one_message_is_no_conversation() -> None:
    assert judge("a", thread(message(1, DANA, (ME, BEN))), OWN, THEM) is None


def test_who_waits_is_decided_by_the_last_one_to_one_message_alone() -> None:
    mixed = thread(message(3, DANA), message(2, ME, (DANA,)), message(1, DANA, (ME, BEN)))
    found = judge("a", mixed, OWN, THEM)
    assert found
    assert found.mine
    assert row(found).messages == 2
    assert found.at == mixed.messages[1].date


@pytest.mark.parametrize(
    ("headers", "awaited"),
    [
        ({}, True),
        ({"auto-submitted": ("auto-replied",)}, False),
        ({"list-unsubscribe": ("<mailto:off@news.example>",), "precedence": ("bulk",)}, False),
        ({"content-type": ('text/calendar; method="REQUEST"',)}, True),
    ],
    ids=["a person", "an automatic reply", "a newsletter", "an invitation"],
)
def test_a_machine_waits_for_no_answer(headers: dict[str, tuple[str, ...]], awaited: bool) -> None:
    found = judge("a", thread(message(1, DANA, headers=headers)), OWN, THEM)
    assert found
    assert row(found).awaited is awaited


@pytest.mark.parametrize(("method", "awaited"), [("REQUEST", True), ("REPLY", False), ("CANCEL", False)])
@pytest.mark.parametrize("sender", [ME, DANA])
def test_an_answered_invitation_waits_for_nobody(sender: str, method: str, awaited: bool) -> None:
    event = ContentPart(f"text/calendar; method={method.lower()}", "")
    found = judge("a", thread(message(1, sender, (DANA if sender == ME else ME,), parts=(event,))), OWN, THEM)
    assert found
    assert row(found).awaited is awaited


def test_mail_sent_elsewhere_from_an_own_address_counts_as_mine() -> None:
    found = judge("a", thread(message(1, ME, (DANA,), outgoing=False)), OWN, THEM)
    assert found
    assert found.mine


def test_somebody_is_called_as_they_were_named_last_by_either_side() -> None:
    named, address = EmailAddress(DANA, "Dana Reyes"), EmailAddress("dana@home.example", "D.")
    mails = (message(3, sender=DANA), replace(message(2, ME), to=(named,)), message(1, ME, (DANA,)))
    found = judge("a", thread(*mails), OWN, THEM)
    assert found
    assert row(found).called == "Dana Reyes"
    later = judge("a", thread(*mails, replace(message(0), sender=address)), OWN, THEM)
    assert later
    assert row(later).called == "D."
    nameless = judge("a", thread(message(1, ME, (DANA,))), OWN, THEM)
    assert nameless
    assert row(nameless).called == ""


def test_an_answer_answers_the_newest_message_of_the_person() -> None:
    found = judge("a", thread(message(3, DANA), message(2, DANA), message(1, ME, (DANA,))), OWN, THEM)
    assert found
    assert answerable(found, OWN).id == "m2"


def test_the_one_address_that_is_always_there_is_found() -> None:
    def met(*others: tuple[str, ...]) -> list[tuple[frozenset[str], ...]]:
        mails = [message(n, DANA, (ME,), cc=people(*cc)) for n, cc in enumerate(others)]
        return [company(thread(mail), OWN, THEM) for mail in mails]

    assert always_there(met((BEN,), (BEN, "x@x.example"), (BEN,))) == BEN
    assert always_there(met((BEN,), ("x@x.example",))) == ""
    assert always_there(met((BEN, "x@x.example"), (BEN, "x@x.example"))) == ""
    assert always_there([]) == ""


def test_an_answer_leaves_from_the_address_that_was_written_to() -> None:
    own = tuple(OWN)
    assert (
        best_alias(message(1, DANA, ("ann.lee@northwind.example",)), own, ME) == "ann.lee@northwind.example"
    )
    assert best_alias(message(1, DANA, ("list@x.example",)), own, ME) == ME
