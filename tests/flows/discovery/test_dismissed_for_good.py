"""Dismissed people never come back: in no scan and no night, in no other mailbox, after no reconnecting."""

from datetime import timedelta

import pytest

from store import across
from store.schema import candidate
from tests.flows.accounts.walking import PRIVATE, press_for, settings
from tests.flows.discovery.nights import digests, next_morning, shown
from tests.flows.discovery.reviewing import open_people, press, states, turn, words
from tests.flows.discovery.scanning import begin, left_out, rows, suggested, trade
from tests.flows.outlook.given import CLEO
from tests.stage import Stage, connect

KIM, ROBIN = "kim@noor.example", "robin@reed.example"
NAMES = {KIM: "Kim Noor", ROBIN: "Robin Reed"}


def write(stage: Stage, address: str, *mailboxes: str) -> None:
    """Let somebody and Cleo write to each other today, in each of these mailboxes of hers."""
    for mailbox in mailboxes:
        trade(stage, f"{NAMES[address]} <{address}>", mailbox, days=0)


def scan(stage: Stage) -> None:
    """Let Cleo scan, and close the window."""
    begin(stage, "cleo")
    stage.person("cleo").close()


def disconnect(stage: Stage, address: str) -> None:
    """Let Cleo disconnect a mailbox."""
    press_for(stage, settings(stage, "cleo"), "accounts.disconnect", f"Disconnect {address}", "cleo")
    assert stage.person("cleo").submit().accepted
    stage.later(timedelta(seconds=2))
    stage.person("cleo").close()


@pytest.fixture
def dismissed(stage: Stage) -> Stage:
    """Cleo reads Outlook at work and Gmail at home. Kim wrote to the first and was dismissed."""
    write(stage, KIM, CLEO)
    connect(stage, "cleo", CLEO)
    connect(stage, "cleo", PRIVATE)
    scan(stage)
    assert KIM in suggested(stage, "cleo")
    open_people(stage, "cleo")
    press(stage, "discovery.dismiss", KIM, "cleo")
    assert states(stage, "cleo")[KIM] == "dismissed"
    return stage


def test_no_further_scan_brings_them_back_and_no_other_mailbox(dismissed: Stage) -> None:
    write(dismissed, KIM, CLEO, PRIVATE)
    write(dismissed, ROBIN, CLEO, PRIVATE)
    scan(dismissed)
    assert suggested(dismissed, "cleo") >= {ROBIN}
    assert KIM not in suggested(dismissed, "cleo")
    assert left_out(dismissed, "cleo")[KIM] == "dismissed"


def test_no_night_names_them(dismissed: Stage) -> None:
    cleo = dismissed.person("cleo")
    dismissed.type(cleo, "/inbox digest on")
    for _ in range(2):
        write(dismissed, KIM, CLEO, PRIVATE)
        write(dismissed, ROBIN, PRIVATE)
        next_morning(dismissed, "cleo")
    told = "\n".join(shown(one) for one in digests(dismissed, "cleo"))
    assert ROBIN in told
    assert KIM not in told
    assert KIM not in suggested(dismissed, "cleo")


def test_disconnecting_and_connecting_both_mailboxes_does_not_bring_them_back(dismissed: Stage) -> None:
    for mailbox in (CLEO, PRIVATE):
        disconnect(dismissed, mailbox)
    assert rows(dismissed, candidate.c.address, handle="cleo") == []
    write(dismissed, KIM, CLEO, PRIVATE)
    write(dismissed, ROBIN, CLEO)
    for mailbox in (PRIVATE, CLEO):
        connect(dismissed, "cleo", mailbox)
    scan(dismissed)
    assert ROBIN in suggested(dismissed, "cleo")
    assert KIM not in suggested(dismissed, "cleo")
    open_people(dismissed, "cleo")
    assert KIM not in words(turn(dismissed, "dismissed 0", "cleo"))


def test_they_stay_away_when_their_name_is_long_forgotten(dismissed: Stage) -> None:
    dismissed.later(timedelta(days=91))
    with dismissed.mailroom.database.write() as tx:
        across.purge(tx)
    assert rows(dismissed, candidate.c.address, handle="cleo") == []
    write(dismissed, KIM, CLEO, PRIVATE)
    scan(dismissed)
    assert KIM not in suggested(dismissed, "cleo")


def test_what_one_member_dismisses_waits_for_the_other_with_their_own_counts(dismissed: Stage) -> None:
    trade(dismissed, f"Kim Noor <{KIM}>", theirs=2, mine=3, days=1)
    connect(dismissed)
    begin(dismissed)
    wanted = (candidate.c.address, candidate.c.state, candidate.c.received, candidate.c.sent)
    assert (KIM, "pending", 2, 3) in rows(dismissed, *wanted)
    assert (KIM, "dismissed", 1, 1) in rows(dismissed, *wanted, handle="cleo")
