"""Services that ask a scan for nothing but patience: it ends, says so, and loses nothing."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from store.schema import candidate
from tests.flows.discovery.nights import next_morning
from tests.flows.discovery.scanning import ANN, begin, expected, mailboxes, rows, said, scans, suggested
from tests.stage import Stage, connect

HEADERS = "POST /batch"


def limit(stage: Stage, service: str, what: str, seconds: int) -> None:
    """Let every such request be answered with "later", from now on."""
    stage.faults.add(Fault(service, Kind.STATUS, what, times=None, status=429, retry_after=seconds))


def test_a_mailbox_that_always_asks_for_patience_is_given_up_said_and_read_on_when_asked(
    stage: Stage,
) -> None:
    connect(stage)
    limit(stage, "google", HEADERS, 600)
    window = begin(stage)
    for _ in range(35):
        stage.later(timedelta(minutes=10, seconds=1))
        assert "Gmail allows more at" in said(window)
    for _ in range(2):
        stage.later(timedelta(minutes=10, seconds=1))
    assert (scans(stage), mailboxes(stage)) == (["failed"], ["failed"])
    assert "could not be read to the end: it allowed no more, for too long" in said(window)
    stage.faults.clear("google")
    stage.press(stage.ann, window, "discovery.retry_scan")
    assert "is scanned" in said(window)
    assert suggested(stage) == expected(stage)


def test_a_wait_of_a_day_is_not_waited_for(stage: Stage) -> None:
    connect(stage)
    limit(stage, "google", HEADERS, 86_400)
    begin(stage)
    stage.later(timedelta(hours=7))
    assert scans(stage) == ["failed"]


def test_a_failure_before_it_does_not_make_it_wait_without_end(stage: Stage) -> None:
    connect(stage)
    stage.faults.add(Fault("google", Kind.STATUS, "gmail|batch", times=1, status=503))
    limit(stage, "google", HEADERS, 3_600)
    window = begin(stage)
    stage.later(timedelta(seconds=11))
    assert "Gmail allows more at" in said(window)
    for _ in range(7):
        stage.later(timedelta(hours=1, seconds=1))
    assert scans(stage) == ["failed"]


def test_slack_that_never_says_who_is_a_colleague_holds_nobody_up(stage: Stage) -> None:
    connect(stage)
    limit(stage, "slack", r"users\.lookupByEmail", 30)
    begin(stage)
    assert scans(stage) == ["running"]
    for _ in range(63):
        stage.later(timedelta(seconds=31))
    assert scans(stage) == ["done"]
    stage.faults.clear("slack")
    stage.ann.close()
    begin(stage)
    assert suggested(stage) == expected(stage, ANN)
    assert rows(stage, candidate.c.address)


def test_a_night_that_was_only_asked_for_patience_goes_on_in_the_next(stage: Stage) -> None:
    connect(stage)
    stage.type(stage.ann, "/inbox digest on")
    limit(stage, "google", HEADERS, 600)
    next_morning(stage)
    assert set(scans(stage)) == {"failed"}
    stage.faults.clear("google")
    next_morning(stage)
    assert scans(stage).count("done") == 1
    assert suggested(stage)
