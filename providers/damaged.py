"""Reading JSON that may be damaged: what has another shape than promised counts as absent."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Json = Mapping[str, Any]

UNREADABLE = (ValueError, RecursionError)  # what json raises: of no JSON, and of too many brackets
_LONGEST_LIFE = 10**7  # seconds; vendors' tokens live an hour or a day
_SECONDS = re.compile(r"[0-9]{1,10}")

EPOCH = datetime.fromtimestamp(0, UTC)


def text_at(value: Json, key: str) -> str:
    """Read a string, "" for anything else."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def list_at(value: Json, key: str) -> list[Json]:
    """Read a list of objects, leaving out what is none."""
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def map_at(value: Json, key: str) -> Json:
    """Read an object, an empty one for anything else."""
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def moment_at(value: Json, *keys: str) -> datetime:
    """Read the first of several moments that is there, else the beginning of time."""
    for key in keys:
        try:
            found = datetime.fromisoformat(text_at(value, key))
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return EPOCH


def life_at(value: Json, key: str) -> timedelta | None:
    """Read for how many seconds something is good; None for what cannot be."""
    found = value.get(key)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not 0 < found <= _LONGEST_LIFE:
        return None
    return timedelta(seconds=found)


def seconds_in(text: str) -> timedelta | None:
    """Read a number of seconds from a header, an endless one as a very long time; None for anything else."""
    if not (text.isascii() and text.isdigit()):
        return None
    return timedelta(seconds=int(text) if _SECONDS.fullmatch(text) else _LONGEST_LIFE)
