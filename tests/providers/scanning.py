"""The contract of a Mailbox: what a scan asks."""

import base64
import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from providers.errors import CursorExpired, RateLimited, ReconnectRequired, Refused
from providers.mail import Changes, Mailbox, Sighting
from tests.providers.contract import ANN, DANA, EVE, SALES, Stage

SINCE = datetime(2026, 11, 6, 12, tzinfo=UTC)  # fourteen days before the stages' noon
NAMED = f"Dana Reyes <{DANA}>"
DAY = 24 * 60


def scan(stage: Stage, cursor: str | None = None, *, every_sender: bool = False) -> list[Changes]:
    """Scan to the end, with a freshly opened mailbox for each stretch, as after a restart."""
    stretches: list[Changes] = []
    while not stretches or not stretches[-1].done:
        stretches.append(stage.open().correspondents(SINCE, cursor, every_sender))
        cursor = stretches[-1].cursor
        assert len(stretches) < 200
    return stretches


def met(stretches: Sequence[Changes]) -> list[Sighting]:
    """Everything that a scan met."""
    return [one for stretch in stretches for one in stretch.sightings]


def writers(sightings: Sequence[Sighting]) -> Counter[str]:
    """How many mails each person wrote, those included that were counted and not read."""
    found: Counter[str] = Counter()
    for one in sightings:
        if not one.message.outgoing:
            found[one.message.sender.address] += 1 + len(one.others)
    return found


class ScanningContract:
    """A vendor inherits this and gives a `stage`."""

    def test_whom_the_member_answered_comes_first(self, stage: Stage) -> None:
        first = stage.mail(NAMED, ANN, "Offer", minutes_ago=3 * DAY)
        stage.mail(ANN, DANA, "Re: Offer", minutes_ago=2 * DAY, answers=first)
        stage.mail(f"Eve <{EVE}>", ANN, "Newer", minutes_ago=5)
        came = [one for one in met(scan(stage)) if not one.message.outgoing]
        assert [one.message.sender.address for one in came] == [DANA, EVE]
        assert came[0].message.sender.name == "Dana Reyes"
        assert came[0].message.headers["from"] == (NAMED,)
        assert came[0].message.text is None and came[0].message.html is None

    def test_every_mail_of_the_time_is_accounted_for_once(self, stage: Stage) -> None:
        people = [f"Person {n} <person.{n}@firm.example>" for n in range(40)]
        for n, person in enumerate(people):
            for again in range(1 + n % 4):
                stage.mail(person, ANN, f"Letter {n} {again}", minutes_ago=60 * again + n)
        stage.mail(people[0], ANN, "Long ago", minutes_ago=20 * DAY)
        stretches = scan(stage)
        found = writers(met(stretches))
        assert found == {f"person.{n}@firm.example": 1 + n % 4 for n in range(40)}
        ids = [one.message.id for one in met(stretches)]
        ids += [other for one in met(stretches) for other, _ in one.others]
        assert len(set(ids)) == len(ids) == sum(one.looked_at for one in stretches) == 100
        assert stretches[0].total == 100

    def test_the_next_night_meets_only_what_is_new(self, stage: Stage) -> None:
        stage.mail(NAMED, ANN, "Old", minutes_ago=60)
        cursor = scan(stage)[-1].cursor
        stage.mail(f"Eve <{EVE}>", ANN, "New")
        stage.mail(ANN, DANA, "Written today")
        night = scan(stage, cursor)
        assert sorted((one.message.subject, one.message.outgoing) for one in met(night)) == [
            ("New", False),
            ("Written today", True),
        ]
        (written,) = [one.message for one in met(night) if one.message.outgoing]
        assert [one.address for one in written.to] == [DANA]
        after = scan(stage, night[-1].cursor)
        assert [(one.sightings, one.looked_at) for one in after] == [((), 0)]

    def test_many_new_mails_take_several_stretches(self, stage: Stage) -> None:
        cursor = scan(stage)[-1].cursor
        for n in range(330):
            stage.mail(f"Person {n % 110} <p{n % 110}@firm.example>", ANN, f"Letter {n}")
        night = scan(stage, cursor)
        assert len(night) > 1
        assert writers(met(night)) == {f"p{n}@firm.example": 3 for n in range(110)}
        assert met(scan(stage, night[-1].cursor)) == []

    def test_what_comes_during_a_scan_is_met_by_the_next_night_at_the_latest(self, stage: Stage) -> None:
        for n in range(60):
            stage.mail(f"Person {n} <p{n}@firm.example>", ANN, f"Letter {n}", minutes_ago=n + 1)
        begun = stage.open().correspondents(SINCE, None)
        stage.mail(f"Eve <{EVE}>", ANN, "In between")
        stretches = [begun] if begun.done else [begun, *scan(stage, begun.cursor)]
        night = scan(stage, stretches[-1].cursor)
        assert writers(met([*stretches, *night]))[EVE] == 1

    def test_mail_that_was_deleted_meanwhile_is_passed_over(self, stage: Stage) -> None:
        cursor = scan(stage)[-1].cursor
        for subject in ("Gone", "Here"):
            stage.mail(NAMED, ANN, subject)
        gone = next(one for one in stage.kept.messages() if one.raw.subject == "Gone")
        stage.kept.remove(gone.id)
        assert [one.message.subject for one in met(scan(stage, cursor))] == ["Here"]

    def test_spam_and_trash_are_not_met(self, stage: Stage) -> None:
        for subject in ("Spam", "Trash", "Kept"):
            stage.mail(NAMED, ANN, subject, minutes_ago=5)
        stage.move("Spam", "spam")
        stage.move("Trash", "trash")
        assert [one.message.subject for one in met(scan(stage))] == ["Kept"]

    def test_an_answer_to_the_member_is_known_as_one(self, stage: Stage) -> None:
        first = stage.mail(ANN, DANA, "Question", minutes_ago=50)
        stage.mail(NAMED, ANN, "Re: Question", minutes_ago=40, answers=first)
        stage.mail(f"Eve <{EVE}>", ANN, "Something else", minutes_ago=30)
        answers = {one.message.subject: one.answers_me for one in met(scan(stage))}
        answers.pop("Question", None)
        assert answers == {"Re: Question": True, "Something else": False}

    def test_a_cursor_of_nowhere_has_expired(self, stage: Stage) -> None:
        for cursor in ("no-cursor-of-this-provider", "", "eJyLNlCK5QIAAq8BFA==", "ä"):
            with pytest.raises(CursorExpired):
                stage.open().correspondents(SINCE, cursor)

    def test_a_cursor_older_than_the_memory_has_expired(self, stage: Stage) -> None:
        cursor = scan(stage)[-1].cursor
        stage.kept.forget_history()
        stage.mail(NAMED, ANN, "New")
        with pytest.raises(CursorExpired):
            stage.open().correspondents(SINCE, cursor)
        assert writers(met(scan(stage))) == {DANA: 1}

    def test_a_cursor_names_nobody(self, stage: Stage) -> None:
        for n in range(120):
            stage.mail(f"Person {n} <person.{n}@firm.example>", ANN, f"Letter {n}", minutes_ago=n + 1)
        for stretch in scan(stage):
            plain = zlib.decompress(base64.urlsafe_b64decode(stretch.cursor)).decode()
            assert "firm.example" not in plain and ANN not in plain and "Person" not in plain
            assert "%40" not in plain

    def test_a_scan_that_was_refused_goes_on_where_it_was(self, stage: Stage) -> None:
        for n in range(60):
            stage.mail(f"Person {n} <p{n}@firm.example>", ANN, f"Letter {n}", minutes_ago=n + 1)
        begun = stage.open().correspondents(SINCE, None)
        stage.refuse_reading()
        if not begun.done:
            with pytest.raises(RateLimited):
                stage.open().correspondents(SINCE, begun.cursor)
        stage.refuse_reading(refused=False)
        stretches = [begun] if begun.done else [begun, *scan(stage, begun.cursor)]
        assert writers(met(stretches)) == {f"p{n}@firm.example": 1 for n in range(60)}

    def test_scanning_with_a_worthless_token_asks_to_connect_again(self, stage: Stage) -> None:
        mailbox = stage.open()
        stage.end_access()
        with pytest.raises(ReconnectRequired):
            mailbox.correspondents(SINCE, None)
        with pytest.raises(ReconnectRequired):
            mailbox.exchanges([DANA])

    def test_people_with_addresses_that_end_alike_are_told_apart(self, stage: Stage) -> None:
        short, long = "reyes@partner.example", "dana.reyes@partner.example"
        for n in range(4):
            stage.mail(f"Tom Reyes <{short}>", ANN, f"From Tom {n}", minutes_ago=200 * n + 1)
            stage.mail(f"Dana <{long}>", ANN, f"From Dana {n}", minutes_ago=200 * n + 190)
        for n in range(60):
            stage.mail(f"Person {n} <p{n}@firm.example>", ANN, f"Letter {n}", minutes_ago=100 + n)
        found = writers(met(scan(stage)))
        assert (found[short], found[long]) == (4, 4)

    def test_what_went_back_and_forth_is_told_for_each_address_in_order(self, stage: Stage) -> None:
        first = stage.mail(NAMED, ANN, "Offer", minutes_ago=60)
        stage.mail(ANN, DANA, "Re: Offer", minutes_ago=50, answers=first)
        stage.mail(NAMED, SALES, "Another", minutes_ago=40)
        stage.mail(NAMED, ANN, "Long ago", minutes_ago=30 * DAY)
        stage.mail(ANN, EVE, "Hello Eve", minutes_ago=400 * DAY)
        nobody = "nobody@nowhere.example"
        eve, dana, none = stage.open().exchanges([EVE, DANA, nobody], SINCE)
        assert [one.address for one in (eve, dana, none)] == [EVE, DANA, nobody]
        assert (eve.received, eve.sent, eve.newest, len(eve.threads)) == (0, 1, None, 0)
        assert (dana.received, dana.sent, len(dana.threads)) == (2, 1, 2)
        assert dana.newest is not None and dana.newest.message.subject == "Another"
        assert dana.newest.message.headers["from"] == (NAMED,)
        assert dana.last_sent == datetime(2026, 11, 20, 12, tzinfo=UTC) - timedelta(minutes=50)
        assert (none.received, none.sent, none.last_sent) == (0, 0, None)

    def test_without_a_time_only_what_was_sent_is_asked(self, stage: Stage) -> None:
        stage.mail(NAMED, ANN, "Offer", minutes_ago=60)
        stage.mail(ANN, EVE, "Hello", cc=DANA, minutes_ago=50)
        (dana,) = stage.open().exchanges([DANA])
        assert (dana.sent, dana.received, dana.newest) == (1, 0, None)

    def test_what_is_not_wanted_is_not_asked(self, stage: Stage) -> None:
        first = stage.mail(NAMED, ANN, "Offer", minutes_ago=60)
        stage.mail(ANN, DANA, "Re: Offer", minutes_ago=50, answers=first)
        mailbox = stage.open()
        (came,) = mailbox.exchanges([DANA], SINCE, sent=False)
        assert came.newest is not None and (came.received, came.sent, came.last_sent) == (1, 0, None)
        (numbers,) = mailbox.exchanges([DANA], SINCE, newest=False)
        assert (numbers.received, numbers.sent, numbers.newest) == (1, 1, None)

    def test_mail_with_a_longer_address_is_not_taken_for_a_shorter_one(self, stage: Stage) -> None:
        short, long = "reyes@partner.example", "dana.reyes@partner.example"
        stage.mail(ANN, long, "To Dana", minutes_ago=3)
        stage.mail(f"Dana <{long}>", ANN, "From Dana", minutes_ago=2)
        tom, dana = stage.open().exchanges([short, long], SINCE)
        assert (tom.received, tom.sent, tom.newest) == (0, 0, None)
        assert (dana.received, dana.sent) == (1, 1)
        stage.mail(ANN, short, "To Tom", minutes_ago=30)
        stage.mail(short, ANN, "From Tom", minutes_ago=20)
        (tom,) = stage.open().exchanges([short], SINCE)
        assert (tom.received, tom.sent) == (1, 1)
        assert tom.newest is not None and tom.newest.message.subject == "From Tom"

    def test_addresses_that_differ_in_signs_alone_are_told_apart(self, stage: Stage) -> None:
        dotted, dashed = "dana.reyes@partner.example", "dana-reyes@partner.example"
        stage.mail(ANN, dashed, "To the dash", minutes_ago=2)
        assert [one.sent for one in stage.open().exchanges([dotted])] == [0]
        stage.mail(ANN, dotted, "To the dot", minutes_ago=5)
        (one,) = stage.open().exchanges([dotted])
        assert one.sent >= 1 and one.last_sent is not None and one.last_sent.minute == 55

    def test_whom_the_member_only_wrote_to_has_written_nothing(self, stage: Stage) -> None:
        stage.mail(ANN, DANA, "Hello", minutes_ago=5)
        assert writers(met(scan(stage))) == {}
        (dana,) = stage.open().exchanges([DANA], SINCE)
        assert (dana.sent, dana.received, dana.newest) == (1, 0, None)

    def test_signs_in_an_address_do_not_change_the_question(self, stage: Stage) -> None:
        tagged = "o'hara+news@partner.example"
        stage.mail(ANN, tagged, "To a tag", minutes_ago=3)
        stage.mail(tagged, ANN, "From a tag", minutes_ago=2)
        (one,) = stage.open().exchanges([tagged], SINCE)
        assert (one.address, one.sent, one.received) == (tagged, 1, 1)

    def test_an_address_that_cannot_be_asked_for_is_left_out(self, stage: Stage) -> None:
        stage.mail(ANN, DANA, "Hello", minutes_ago=3)
        asked = [f"{DANA} OR from:{EVE}", "dana", DANA, '"a b"@partner.example']
        assert [one.address for one in stage.open().exchanges(asked, SINCE)] == [DANA]

    def test_a_sender_whose_address_cannot_be_asked_for_is_met_all_the_same(self, stage: Stage) -> None:
        for n in range(3):
            stage.mail('"a b" <"a b"@odd.example>', ANN, f"Odd {n}", minutes_ago=n + 1)
        assert sum(writers(met(scan(stage))).values()) == 3

    def test_too_many_addresses_at_once_are_refused(self, stage: Stage) -> None:
        with pytest.raises(Refused):
            stage.open().exchanges([f"p{n}@firm.example" for n in range(26)])

    def test_nobody_is_no_question(self, stage: Stage) -> None:
        mailbox: Mailbox = stage.open()
        assert mailbox.exchanges([]) == ()
        (empty,) = scan(stage)
        assert (empty.sightings, empty.looked_at, empty.total) == ((), 0, 0)
