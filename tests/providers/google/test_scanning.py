"""What a scan of Gmail costs, and how far it trusts what lists say."""

from collections.abc import Iterable

import pytest

from providers.errors import CursorExpired, RateLimited
from sandbox.faults import Fault, Kind
from sandbox.mail.mailbox import INBOX
from sandbox.mail.raw import RawMessage
from tests.providers.contract import ANN, DANA, EVE
from tests.providers.google.stage import SERVICE, GoogleStage
from tests.providers.scanning import DAY, SINCE, met, scan, writers
from tests.sandbox.google.stand import letter

HEADER, LIST, HISTORY, PROFILE = 20, 5, 2, 1  # units
SHORT, LONG = "reyes@partner.example", "dana.reyes@partner.example"


def spent(stage: GoogleStage) -> int:
    return stage.stand.google.quota(ANN).total


def file_under(stage: GoogleStage, category: str, subjects: Iterable[str]) -> None:
    wanted = set(subjects)
    for one in stage.kept.messages():
        if one.raw.subject in wanted:
            stage.kept.relabel(one.id, add={f"CATEGORY_{category}"})


def talk(stage: GoogleStage, people: int, letters: int) -> None:
    """Let people write letters to Ann, the first of which she answers."""
    for n in range(people):
        who = f"person.{n}@firm.example"
        first = stage.mail(f"Person {n} <{who}>", ANN, f"Letter {n}", minutes_ago=DAY + n)
        stage.mail(ANN, who, f"Re: Letter {n}", minutes_ago=DAY - 1, answers=first)
        for more in range(1, letters):
            stage.mail(f"Person {n} <{who}>", ANN, f"Letter {n} again {more}", minutes_ago=n + 1)


def raw_letter(sender: str, to: str, subject: str) -> RawMessage:
    return RawMessage(letter(sender, to, subject).as_bytes())


def strangers(stage: GoogleStage, count: int, minutes_ago: int) -> None:
    """Let as many people write once, so that lists pay."""
    for n in range(count):
        stage.mail(f"Stranger {n} <s.{n}@firm.example>", ANN, f"Once {n}", minutes_ago=minutes_ago + n)


def test_a_person_of_many_letters_costs_one_header_and_two_lists(stage: GoogleStage) -> None:
    talk(stage, people=20, letters=6)
    (only,) = scan(stage)
    assert writers(only.sightings) == {f"person.{n}@firm.example": 6 for n in range(20)}
    assert {one.sent for one in only.sightings} == {1}
    assert spent(stage) == PROFILE + 3 * LIST + 20 * (HEADER + 2 * LIST)


def test_the_people_of_the_first_stretch_are_those_that_were_answered(stage: GoogleStage) -> None:
    strangers(stage, 40, minutes_ago=1)
    talk(stage, people=10, letters=1)
    first = stage.open().correspondents(SINCE, None)
    assert [one.message.sender.address for one in first.sightings[:10]] == [
        f"person.{n}@firm.example" for n in range(10)
    ]
    assert not first.done


def test_what_gmail_files_as_bulk_is_counted_and_not_read(stage: GoogleStage) -> None:
    kinds = ("PROMOTIONS", "SOCIAL", "UPDATES", "FORUMS")
    for n in range(12):
        stage.mail(f"Shop {n} <offer.{n}@shop.example>", ANN, f"Offer {n}", minutes_ago=n + 1)
        file_under(stage, kinds[n % 4], [f"Offer {n}"])
    stage.mail(f"Eve <{EVE}>", ANN, "Hello", minutes_ago=5)
    (only,) = scan(stage)
    assert writers(only.sightings) == {EVE: 1}
    assert (only.looked_at, only.filed_apart, only.total) == (13, 12, 13)
    every = scan(stage, every_sender=True)
    assert sum(writers(met(every)).values()) == 13
    assert {category for one in met(every) for category in one.categories} == {one.lower() for one in kinds}
    assert sum(one.filed_apart for one in every) == 0


def test_bulk_that_was_answered_is_read_all_the_same(stage: GoogleStage) -> None:
    first = stage.mail(f"Dana <{DANA}>", ANN, "On the list", minutes_ago=50)
    stage.mail(ANN, DANA, "Re: On the list", minutes_ago=40, answers=first)
    file_under(stage, "FORUMS", ["On the list"])
    (only,) = scan(stage)
    assert writers(only.sightings) == {DANA: 1}
    assert only.sightings[0].categories == {"forums"}


def test_a_night_without_mail_costs_one_page_of_history(stage: GoogleStage) -> None:
    cursor = scan(stage)[-1].cursor
    before = spent(stage)
    scan(stage, cursor)
    assert spent(stage) - before == HISTORY


def test_a_night_reads_each_new_mail_once_and_bulk_never(stage: GoogleStage) -> None:
    cursor = scan(stage)[-1].cursor
    before = spent(stage)
    strangers(stage, 10, minutes_ago=0)
    offer = raw_letter("Shop <offer@shop.example>", ANN, "Offer")
    stage.kept.file(offer, {INBOX, "CATEGORY_PROMOTIONS"}, stage.stand.clock.now())
    night = scan(stage, cursor)
    assert len(met(night)) == 10 and sum(one.filed_apart for one in night) == 1
    assert sum(one.looked_at for one in night) == 11
    assert spent(stage) - before == HISTORY + 10 * HEADER


def test_people_of_one_name_and_longer_addresses_are_both_found(stage: GoogleStage) -> None:
    stage.mail(f"Tom <{SHORT}>", ANN, "From Tom", minutes_ago=1)
    strangers(stage, 60, minutes_ago=100)
    for n in range(3):
        stage.mail(f"Dana <{LONG}>", ANN, f"From Dana {n}", minutes_ago=1000 + n)
    assert {one: number for one, number in writers(met(scan(stage))).items() if "reyes" in one} == {
        SHORT: 1,
        LONG: 3,
    }


@pytest.mark.parametrize(
    "other",
    [
        '"Tom Reyes" <dana.reyes@partner.example>',
        '"Tom Reyes" <dana-reyes@partner.example>',
        '"reyes@partner.example" <tom@elsewhere.example>',
    ],
)
def test_people_of_one_whole_name_are_told_apart_though_a_search_for_one_finds_the_other(
    stage: GoogleStage, other: str
) -> None:
    stage.mail(f"Tom Reyes <{SHORT}>", ANN, "From Tom", minutes_ago=1)
    strangers(stage, 60, minutes_ago=100)
    for n in range(3):
        stage.mail(other, ANN, f"From another Tom {n}", minutes_ago=1000 + n)
    found = writers(met(scan(stage)))
    assert (found[SHORT], found[other.rpartition("<")[2].strip(">")]) == (1, 3)


def test_a_name_that_the_search_does_not_know_costs_a_look_at_some_and_loses_nothing(
    stage: GoogleStage,
) -> None:
    for n in range(20):  # what stands between the two words of the name is not shown, but parts the word
        stage.mail(f'"Tom Rey\u2060es" <{SHORT}>', ANN, f"Odd {n}", minutes_ago=n + 1)
    strangers(stage, 60, minutes_ago=100)
    read = [one for one in met(scan(stage)) if one.message.sender.address == SHORT]
    assert writers(read) == {SHORT: 20}


def test_a_counted_mail_that_is_newer_than_the_one_that_was_read_is_said(stage: GoogleStage) -> None:
    talk(stage, people=1, letters=1)
    for n in range(2):
        stage.mail("Person 0 <person.0@firm.example>", ANN, f"More {n}", minutes_ago=n + 1)
    stage.mail(f"Eve <{EVE}>", ANN, "First", minutes_ago=300)
    stage.mail(f"Eve <{EVE}>", ANN, "Last", minutes_ago=2)
    said = {one.message.sender.address: one.newer for one in met(scan(stage)) if not one.message.outgoing}
    assert said == {"person.0@firm.example": True, EVE: False}


def test_mail_of_a_sender_without_a_name_is_believed_after_a_look_at_some(stage: GoogleStage) -> None:
    for n in range(20):
        stage.mail(SHORT, ANN, f"Nameless {n}", minutes_ago=n + 1)
    strangers(stage, 60, minutes_ago=100)
    read = [one for one in met(scan(stage)) if one.message.sender.address == SHORT]
    assert len(read) < 12 and writers(read) == {SHORT: 20}


def test_a_sender_without_a_name_does_not_swallow_a_longer_address(stage: GoogleStage) -> None:
    stage.mail(SHORT, ANN, "Nameless", minutes_ago=1)
    strangers(stage, 60, minutes_ago=100)
    for n in range(30):
        stage.mail(LONG, ANN, f"Also nameless {n}", minutes_ago=1000 + n)
    found = writers(met(scan(stage)))
    assert (found[SHORT], found[LONG]) == (1, 30)


def test_one_address_under_many_names_stays_several_people_to_read(stage: GoogleStage) -> None:
    for n in range(6):
        name = f"Ann{n} via Sales"
        stage.mail(f'"{name}" <team@partner.example>', ANN, f"Relayed {n}", minutes_ago=n + 1)
    strangers(stage, 60, minutes_ago=100)
    names = {one.message.sender.name for one in met(scan(stage)) if "team@" in one.message.sender.address}
    assert len(names) == 6


def test_what_a_machine_sends_under_many_names_is_read_once(stage: GoogleStage) -> None:
    for n in range(40):
        sender = f'"Build {n}" <no-reply@builds.example>'
        stage.mail(sender, ANN, f"Build {n}", minutes_ago=100 * (n + 1))
    strangers(stage, 60, minutes_ago=10)
    read = [one for one in met(scan(stage)) if one.message.sender.address == "no-reply@builds.example"]
    assert len(read) < 8 and sum(1 + len(one.others) for one in read) == 40


def test_a_longer_address_that_was_written_to_leaves_the_shorter_one_in_doubt(stage: GoogleStage) -> None:
    first = stage.mail(f"Tom <{SHORT}>", ANN, "For both", minutes_ago=50, cc=LONG)
    stage.mail(ANN, LONG, "Re: For both", minutes_ago=40, answers=first)
    (only,) = met(scan(stage))
    assert only.message.sender.address == SHORT and only.sent is None
    (tom,) = stage.open().exchanges([SHORT])
    assert tom.sent == 0


def test_of_strangers_nobody_was_written_to_several_share_a_list(stage: GoogleStage) -> None:
    stage.mail(ANN, DANA, "Hello", minutes_ago=5)
    mailbox = stage.open()
    before = spent(stage)
    asked = [f"s.{n}@firm.example" for n in range(24)]
    assert [one.sent for one in mailbox.exchanges(asked)] == [0] * 24
    assert spent(stage) - before == 3 * LIST
    assert [one.sent for one in mailbox.exchanges([*asked[:3], DANA])] == [0, 0, 0, 1]


def test_what_came_before_the_minute_was_used_up_is_kept(stage: GoogleStage) -> None:
    strangers(stage, 60, minutes_ago=1)
    stage.stand.google.limits.units_per_user_minute = PROFILE + 3 * LIST + 5 * HEADER
    first = stage.open().correspondents(SINCE, None)
    assert len(first.sightings) == 5 and first.looked_at == 5 and not first.done
    with pytest.raises(RateLimited):
        stage.open().correspondents(SINCE, first.cursor)
    stage.stand.google.limits.units_per_user_minute = 10**6
    rest = scan(stage, first.cursor)
    assert writers(met([first, *rest])) == {f"s.{n}@firm.example": 1 for n in range(60)}
    assert stage.pauses == []


def test_the_lists_of_a_scan_are_not_paid_twice(stage: GoogleStage) -> None:
    strangers(stage, 30, minutes_ago=1)
    stage.stand.google.limits.units_per_user_minute = PROFILE + 3 * LIST
    first = stage.open().correspondents(SINCE, None)
    assert first.sightings == () and first.total == 30 and not first.done
    stage.stand.google.limits.units_per_user_minute = 10**6
    before = spent(stage)
    assert len(met(scan(stage, first.cursor))) == 30
    assert spent(stage) - before <= 30 * (HEADER + LIST)


def test_history_that_is_refused_as_unreadable_begins_the_scan_again(stage: GoogleStage) -> None:
    cursor = scan(stage)[-1].cursor
    stage.stand.faults.add(Fault(SERVICE, Kind.STATUS, r"GET .*/history", status=404))
    with pytest.raises(CursorExpired):
        stage.open().correspondents(SINCE, cursor)


def test_a_night_of_many_changes_is_followed_page_by_page(stage: GoogleStage) -> None:
    cursor = scan(stage)[-1].cursor
    stage.mail(f"Eve <{EVE}>", ANN, "Before many changes")
    offer, now = raw_letter("Shop <offer@shop.example>", ANN, "Offer"), stage.stand.clock.now()
    for _ in range(520):
        stage.kept.file(offer, {INBOX, "CATEGORY_PROMOTIONS"}, now)
    stage.mail(f"Dana <{DANA}>", ANN, "Behind them")
    before = spent(stage)
    night = scan(stage, cursor)
    assert writers(met(night)) == {EVE: 1, DANA: 1}
    assert sum(one.filed_apart for one in night) == 520
    assert spent(stage) - before == 2 * HISTORY + 2 * HEADER


def test_a_name_and_an_address_that_read_like_a_longer_address_do_not_hide_it(stage: GoogleStage) -> None:
    stage.mail(f"Lee <{LONG}>", ANN, "From Lee", minutes_ago=1)
    stage.mail(f"lee.{LONG}", ANN, "From the longer one", minutes_ago=5)
    (longer,) = stage.open().exchanges([f"lee.{LONG}"], SINCE)
    assert longer.newest is not None and longer.newest.message.subject == "From the longer one"
