"""Write logs that may be kept: one JSON object a line, ids and durations, never what people wrote.

Everything passes one formatter that knows what may stand in a line. What our code says is an event name and
allowed keys; what libraries say is their fixed text without its arguments or, where that may hold a body,
only where it was said. Tracebacks are places and class names: an exception's message may quote a mail.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

import structlog

# fmt: off
ALLOWED = frozenset({
    "account_id", "action_id", "appointment_id", "attempt", "callback_id", "candidate_id", "checks",
    "code", "command", "contact_id", "count", "duration_ms", "error", "external", "host", "job_id",
    "key_id", "kind", "lane", "level", "member_id", "method", "outgoing_id", "port", "provider",
    "reason", "reference", "retry_after_s", "route", "signin_id", "state", "status", "step", "team_id",
    "view_id", "work_id", "worker", "workers", "workspace_id"
})
# fmt: on
PLAIN = re.compile(r"[\w.:/+-]{1,80}", re.ASCII)  # no @, no blank: neither an address nor a sentence fits
OURS = ("app", "bot", "providers", "store", "sandbox", "mailroom")
FIXED_TEXT = ("gunicorn", "apscheduler", "alembic")  # these keep what varies in arguments, which we drop


class Line(logging.Formatter):
    """Turn any record, ours or a library's, into one JSON line without content."""

    def format(self, record: logging.LogRecord) -> str:
        """Format one record."""
        said = record.msg if isinstance(record.msg, dict) else None
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if said is not None:
            line["event"] = _plain_event(str(said.get("event", "")))
            line |= _allowed(said)
        else:
            line["event"] = _foreign_event(record)
            line |= _allowed(vars(record))
        error = record.exc_info[1:] if record.exc_info else (None, None)
        if isinstance(error[0], BaseException):
            line["exception"] = _places(error[0], error[1])
        return json.dumps(line, ensure_ascii=True)


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Send all logging of the process through `Line`; call once, first thing in a process."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for talkative in ("alembic", "apscheduler"):  # a line for every look at the database and every tick
        logging.getLogger(talkative).setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a record that cannot be formatted would be printed with its arguments
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.stdlib.filter_by_level, _hand_over],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _hand_over(_logger: Any, _name: str, event: Any) -> tuple[tuple[object], dict[str, object]]:
    return ({k: v for k, v in event.items() if k != "exc_info"},), {"exc_info": event.get("exc_info")}


def _allowed(values: dict[str, object]) -> dict[str, object]:
    return {key: _plain(value) for key, value in values.items() if key in ALLOWED}


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return value if isinstance(value, str) and PLAIN.fullmatch(value) else "(left out)"


def _plain_event(text: str) -> str:
    return text if re.fullmatch(r"[\w .:;,'()/-]{1,120}", text, re.ASCII) else "(left out)"


def _foreign_event(record: logging.LogRecord) -> str:
    place = f"{record.module}:{record.lineno}"
    if record.name.split(".")[0] not in (*OURS, *FIXED_TEXT):
        return f"said at {place}"
    first = str(record.msg).split("\n", 1)[0]
    if isinstance(record.args, tuple):
        for argument in record.args:  # numbers may be said; a text may be an address of a page
            first = re.sub(r"%[sdrif]", str(argument) if isinstance(argument, int) else "…", first, count=1)
    return first if re.fullmatch(r"[\w .:;,'\"()/%…\[\]-]{1,160}", first, re.ASCII) else f"said at {place}"


def _places(error: BaseException, trace: object) -> list[str]:
    lines = []
    if isinstance(trace, TracebackType):
        frames = traceback.extract_tb(trace)[-12:]
        lines = [f"{'/'.join(f.filename.split('/')[-3:])}:{f.lineno} {f.name}" for f in frames]
    lines.append(type(error).__name__)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and len(lines) < 60:
        lines += ["caused by", *_places(cause, cause.__traceback__)]
    return lines
