"""Logs may be kept: no sentence, address, token or exception text gets into a line."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot import logs

MARKER = "Marker-9b1f"
ADDRESS = "dana@northwind.example"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    text = io.StringIO()
    logs.configure("debug", text)
    yield text
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raising
    structlog.reset_defaults()


def last(stream: io.StringIO) -> dict[str, object]:
    line: dict[str, object] = json.loads(stream.getvalue().splitlines()[-1])
    return line


def test_our_lines_keep_ids_and_durations_and_drop_what_nobody_allowed(stream: io.StringIO) -> None:
    structlog.get_logger("bot.inbox").info(
        "listed", work_id="abc234", duration_ms=3.5, subject=MARKER, address=ADDRESS
    )
    line = last(stream)
    assert line["event"] == "listed"
    assert line["work_id"] == "abc234"
    assert line["duration_ms"] == 3.5
    assert line["logger"] == "bot.inbox"
    assert MARKER not in stream.getvalue()
    assert ADDRESS not in stream.getvalue()


def test_an_allowed_key_with_a_sentence_or_an_address_in_it_is_left_out(stream: io.StringIO) -> None:
    log = structlog.get_logger("bot.inbox")
    log.info("read", code=f"Subject: {MARKER} here", reason=ADDRESS, status=["a"])
    log.info(f"could not mail {ADDRESS}")
    log.info("tried %s", MARKER)
    assert MARKER not in stream.getvalue()
    assert ADDRESS not in stream.getvalue()
    assert last(stream)["event"] == "(left out)"


def test_bound_ids_come_along(stream: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(reference="k7f2", subject=MARKER):
        structlog.get_logger("bot").warning("failed")
    assert last(stream)["reference"] == "k7f2"
    assert MARKER not in stream.getvalue()


def test_a_traceback_is_places_and_names_without_what_the_exception_says(stream: io.StringIO) -> None:
    try:
        try:
            raise KeyError(ADDRESS)
        except KeyError as error:
            raise ValueError(f"bad subject {MARKER}") from error
    except ValueError:
        structlog.get_logger("bot").exception("failed")
    told = last(stream)["exception"]
    assert isinstance(told, list)
    assert told[-1] == "KeyError"
    assert "ValueError" in told
    assert any("test_logs.py:" in place for place in told)
    assert MARKER not in stream.getvalue()
    assert ADDRESS not in stream.getvalue()


def test_libraries_say_where_they_spoke_and_nothing_else(stream: io.StringIO) -> None:
    logging.getLogger("urllib3.connectionpool").debug('"GET /gmail/v1/threads?q=from:%s"', ADDRESS)
    logging.getLogger("slack_sdk.web").debug(f"body {MARKER}")
    logging.getLogger("apscheduler.scheduler").warning('Running job "%s" after %d tries', MARKER, 3)
    logging.getLogger("gunicorn.error").error("Error handling request %s", f"/connect/{MARKER}?q={ADDRESS}")
    assert MARKER not in stream.getvalue()
    assert ADDRESS not in stream.getvalue()
    events = [json.loads(line)["event"] for line in stream.getvalue().splitlines()]
    assert events[1].startswith("said at test_logs:")
    assert events[2:] == ['Running job "…" after 3 tries', "Error handling request …"]


def test_a_library_that_formats_wrongly_prints_nothing_beside_the_log(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("some.library").info("%d", MARKER)
    assert "some.library" in stream.getvalue()
    assert MARKER not in stream.getvalue()
    assert capsys.readouterr() == ("", "")


def test_bolt_and_the_slack_client_at_debug_show_neither_body_nor_token(stream: io.StringIO) -> None:
    bolt = App(signing_secret="secret", token=f"xoxb-{MARKER}", token_verification_enabled=False)
    bolt.dispatch(
        BoltRequest(body=f"command=/inbox&text={ADDRESS}+{MARKER}", headers={"x-slack-signature": ["v0=1"]})
    )
    client = WebClient(f"xoxb-{MARKER}", base_url="http://127.0.0.1:1/api/", timeout=1)
    with pytest.raises((OSError, SlackClientError)):
        client.chat_postMessage(channel="U1", text=f"{ADDRESS} {MARKER}")
    assert "slack" in stream.getvalue(), "they did speak"
    assert MARKER not in stream.getvalue()
    assert ADDRESS not in stream.getvalue()
