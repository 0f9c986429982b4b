"""What a scan keeps of an address grows by each stretch, counts nothing twice, reads back as evidence."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.discovery.evidence import Seen
from bot.discovery.rows import Window, answered, counted, evidence_of, grown
from bot.discovery.rules import Known, Outcome, decide
from providers.mail import Exchange, Sighting
from store.met import Met
from tests.bot.discovery.given import ME, NOW, OWN, TOM, sent, wrote

WINDOW = Window(NOW - timedelta(days=14), NOW)


def sighting(seen: Seen, **more: Any) -> Sighting:
    """A mail as a provider hands it to a scan."""
    return replace(Sighting(seen.message, seen.categories, answers_me=seen.answers_me), **more)


def row(*stretches: tuple[Sighting, ...], address: str = TOM) -> Met:
    """The row of an address after some stretches."""
    made = Met("m", "a", address, "s")
    for one in stretches:
        found = counted(one, OWN, WINDOW)
        made = grown(made, found[address]) if address in found else made
    return made


def test_a_stretch_after_the_other_counts_like_both_at_once() -> None:
    mails = [sighting(wrote(thread=f"t{number % 2}", subject=f"S{number}")) for number in range(4)]
    mails.append(sighting(sent()))
    apart = row(*((one,) for one in mails))
    assert apart == row(tuple(mails))
    assert (apart.mails, apart.human, apart.sent, apart.conversations) == (4, 4, 1, 2)


def test_mails_that_were_counted_and_not_read_are_a_persons_when_the_one_that_was_read_is() -> None:
    others = (("m2", "t2"), ("m3", "t1"))
    person = row((sighting(wrote(), others=others),))
    assert (person.mails, person.human, person.conversations) == (3, 3, 2)
    machine = row((sighting(wrote(headers={"precedence": "bulk", "list-id": "<x.y>"}), others=others),))
    assert (machine.mails, machine.human, machine.conversations) == (3, 0, 0)
    assert dict(pair.split(":") for pair in machine.marks.split())  # each reason with its number
    assert decide(evidence_of([machine]), Known(OWN)).outcome is Outcome.SKIP


def test_an_automatic_answer_says_nothing_about_the_same_persons_other_mails() -> None:
    away = wrote(headers={"auto-submitted": "auto-replied"})
    made = row((sighting(away, others=(("m2", "t2"),), sent=1),))
    assert (made.mails, made.human, made.sent) == (2, 1, 1)
    assert decide(evidence_of([made]), Known(OWN)).outcome is Outcome.SUGGEST


def test_what_is_known_of_sent_mail_is_not_added_up_with_what_is_met() -> None:
    assert row((sighting(wrote(), sent=3), sighting(sent()))).sent == 3
    assert row((sighting(sent()), sighting(sent(subject="More")))).sent == 2


def test_a_conversation_counts_only_where_they_wrote_in_it() -> None:
    made = row((sighting(wrote(thread="t1")), sighting(sent(thread="t9"))))
    assert (made.conversations, made.sent) == (1, 1)


def test_the_name_that_says_most_is_kept_as_it_was_written() -> None:
    short = sighting(wrote(f"tom <{TOM}>"))
    long = sighting(wrote(f'"Tom Abel (Abel Ltd)" <{TOM}>', subject="Other"))
    assert row((short,), (long,)).name == "Tom Abel (Abel Ltd)"
    assert row((long,), (short,)).name == "Tom Abel (Abel Ltd)"


def test_an_answer_of_the_mailbox_completes_a_row() -> None:
    met = row((sighting(wrote()),))
    asked = answered(met, Exchange(TOM, sent=4, last_sent=NOW), OWN, WINDOW, old=False)
    assert (asked.mails, asked.sent, asked.last_at) == (1, 4, NOW)
    assert decide(evidence_of([asked]), Known(OWN)).outcome is Outcome.SUGGEST
    never = answered(met, Exchange(TOM), OWN, WINDOW, old=False)
    assert decide(evidence_of([never]), Known(OWN)).reasons == ("one_way",)


def test_somebody_written_to_tonight_is_known_by_the_newest_of_what_they_wrote() -> None:
    met = row((sighting(sent()),))
    newest = sighting(wrote(days=6))
    asked = answered(met, Exchange(TOM, received=3, newest=newest), OWN, WINDOW, old=True)
    assert (asked.mails, asked.human, asked.sent) == (3, 3, 1)
    robot = sighting(wrote(days=6, headers={"auto-submitted": "auto-generated"}))
    machine = answered(met, Exchange(TOM, received=3, newest=robot), OWN, WINDOW, old=True)
    assert machine.human == 0


def test_a_row_that_counts_from_further_back_takes_over_what_the_mailbox_says() -> None:
    old = replace(row((sighting(wrote()),)), mails=40, human=40, threads="aa bb cc", conversations=3, sent=9)
    fresh = Exchange(TOM, received=2, threads=frozenset({"t1"}))
    asked = answered(old, fresh, OWN, WINDOW, old=True)
    assert (asked.mails, asked.human, asked.conversations, asked.sent) == (2, 2, 1, 9)


def test_two_accounts_together_make_a_two_way_exchange() -> None:
    here = row((sighting(wrote()),))
    there = replace(row((sighting(sent()),)), account_id="b")
    assert decide(evidence_of([here]), Known(OWN)).reasons == ("one_way",)
    assert decide(evidence_of([here, there]), Known(OWN)).outcome is Outcome.SUGGEST


def test_ones_own_mail_and_copies_of_it_make_no_row() -> None:
    assert counted((sighting(wrote(ME)),), OWN, WINDOW) == {}
