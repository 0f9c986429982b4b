"""What a scan costs in Gmail's units, against reading every message.

3,000 mails of 14 days, 70 % of them filed by Gmail as promotions, social, updates or forums, 150 people with
whom mail went both ways, 120 strangers. Begun in Slack like a member's; Gmail allows 6,000 units a minute, so
what is refused and asked for again is in the figures, and so is everything that decides about people.
`scan_first_cost_ratio`: until all 150 are known. `scan_full_cost_ratio`: until the scan ends.
`next_night_cost_ratio`: the night after, with 30 new mails, none of them filed as bulk.
"""

import random
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.measures import Measure
from sandbox.mail.mailbox import INBOX, SENT
from sandbox.mail.raw import RawMessage
from store.migrations import migrate
from store.schema import met, scan
from tests.stage import Stage, connect, standing

ANN = "ann@northwind.example"
MAILS, FRIENDS, STRANGERS, SENDERS = 3_000, 150, 120, 140
APART, ANSWERED = 2_100, 450
HEADER, LIST, PAGE, HISTORY = 20, 5, 500, 2  # units, and mails of a list
BULK = ("PROMOTIONS", "SOCIAL", "UPDATES", "FORUMS")
NEW = {"friends": 18, "strangers": 6, "sent": 6}
_NUMBERS = count()


def measure() -> list[Measure]:
    """Scan once, and once more in the next night."""
    with tempfile.TemporaryDirectory() as folder, _stage(f"sqlite:///{Path(folder) / 'bench.db'}") as stage:
        _fill(stage)
        connect(stage)
        every = MAILS * HEADER + -(-MAILS // PAGE) * LIST
        first, full = _scan(stage)
        night, beside = _night(stage), HISTORY + sum(NEW.values()) * HEADER
    return [
        Measure("scan_first_cost_ratio", round(first / every, 3), "× every message", 0.1, "lower", every),
        Measure("scan_full_cost_ratio", round(full / every, 3), "× every message", 0.4, "lower", every),
        Measure("next_night_cost_ratio", round(night / beside, 3), "× new mail", 1.1, "lower", beside),
    ]


@contextmanager
def _stage(database_url: str) -> Iterator[Stage]:
    migrate(database_url)
    with standing(database_url) as stage:
        yield stage


def _scan(stage: Stage) -> tuple[int, int]:
    """Scan to the end; give the units until everybody was known, and in all."""
    begun = _units(stage)
    with _watching(stage) as known_at:
        assert stage.ann.command("general", "/inbox scan") == ""
        stage.settle(120)
        while _is_running(stage):
            stage.later(timedelta(seconds=20))
    if not known_at:
        raise RuntimeError(f"only {_known(stage)} of {FRIENDS} people were found")
    return known_at[0] - begun, _units(stage) - begun


def _night(stage: Stage) -> int:
    stage.ann.close()
    stage.type(stage.ann, "/inbox digest on")
    stage.later(timedelta(minutes=5))
    begun, scans = _units(stage), _scans(stage)
    _fill_night(stage)
    for _ in range(48):
        stage.later(timedelta(minutes=30))
        if _scans(stage) > scans and not _is_running(stage):
            return _units(stage) - begun
    raise RuntimeError("there was no night")


@contextmanager
def _watching(stage: Stage) -> Iterator[list[int]]:
    """Note what had been spent when everybody was known, at most one step of the scan too late."""
    found: list[int] = []
    ended = threading.Event()

    def watch() -> None:
        while not found and not ended.wait(0.02):
            if _known(stage) >= FRIENDS:
                found.append(_units(stage))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def _known(stage: Stage) -> int:
    two_way = (met.c.human > 0, met.c.sent > 0, met.c.address.startswith("friend."))
    with stage.mailroom.database.read() as tx:
        row = tx.first(select(func.count()).select_from(met).where(*two_way))
    return int(row[0]) if row else 0


def _is_running(stage: Stage) -> bool:
    with stage.mailroom.database.read() as tx:
        return tx.first(select(scan.c.id).where(scan.c.state == "running")) is not None


def _scans(stage: Stage) -> int:
    with stage.mailroom.database.read() as tx:
        row = tx.first(select(func.count()).select_from(scan))
    return int(row[0]) if row else 0


def _units(stage: Stage) -> int:
    return stage.google.quota(ANN).total


# --- the mailbox ------------------------------------------------------------------------------------------


def _fill(stage: Stage) -> None:
    """Put the mails in: half of what was answered began the conversation, half came in it afterwards."""
    mailbox, chance, now = stage.mailbox(ANN), random.Random(7), stage.clock.now()
    for one in mailbox.messages():
        mailbox.remove(one.id)
    letters: list[tuple[datetime, str, str]] = []
    for number in range(MAILS):
        at = now - timedelta(seconds=chance.randrange(3600, 13 * 86400))
        if number < APART:
            letters.append((at, f"Sender {number % SENDERS}", f"offers.{number % SENDERS}@bulk.example"))
        elif number < APART + ANSWERED:
            letters.append((at, *_friend(number % FRIENDS)))
        else:
            letters.append((at, *_stranger(chance.randrange(STRANGERS))))
    answered: set[str] = set()
    for number, (at, name, address) in enumerate(letters):
        labels = {INBOX, f"CATEGORY_{BULK[number % 4]}"} if number < APART else {INBOX}
        written = _file(stage, at, (name, address), ANN, labels)
        if APART <= number < APART + ANSWERED and (address not in answered or chance.random() < 0.3):
            answered.add(address)
            _file(stage, at + timedelta(minutes=30), ("Ann Lee", ANN), address, {SENT}, answers=written)
    for number in range(FRIENDS):
        at = now - timedelta(days=20 + number)
        _file(stage, at, ("Ann Lee", ANN), _friend(number)[1], {SENT})


def _fill_night(stage: Stage) -> None:
    now = stage.clock.now()
    for number in range(NEW["friends"]):
        _file(stage, now, _friend(number * 7), ANN, {INBOX})
    for number in range(NEW["strangers"]):
        _file(stage, now, (f"Newcomer {number}", f"new.{number}@firm.example"), ANN, {INBOX})
    for number in range(NEW["sent"]):
        _file(stage, now, ("Ann Lee", ANN), _friend(number * 11)[1], {SENT})


def _friend(number: int) -> tuple[str, str]:
    return f"Friend {number}", f"friend.{number}@partner{number % 40}.example"


def _stranger(number: int) -> tuple[str, str]:
    return f"Stranger {number}", f"stranger.{number}@firm{number % 60}.example"


def _file(
    stage: Stage, at: datetime, sender: tuple[str, str], to: str, labels: set[str], answers: str = ""
) -> str:
    made = EmailMessage()
    number = next(_NUMBERS)
    made["From"], made["To"] = f"{sender[0]} <{sender[1]}>", to
    made["Subject"] = f"{'Re: ' if answers else ''}Matter {number}"
    made["Message-ID"] = mark = f"<{number}@bench.example>"
    if answers:
        made.replace_header("Subject", f"Re: Matter {answers.strip('<').partition('@')[0]}")
        made["In-Reply-To"] = made["References"] = answers
    made["Date"] = at.strftime("%a, %d %b %Y %H:%M:%S +0000")
    made.set_content(f"About matter {number}.\n")
    trace = (("Delivered-To", ANN), ("Return-Path", f"<{sender[1]}>")) if INBOX in labels else ()
    stage.mailbox(ANN).file(RawMessage(made.as_bytes()), labels, at, trace=trace)
    return mark
