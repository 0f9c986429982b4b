"""Reading JSON that may be damaged: what has another shape than promised counts as absent."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = Mapping[str, Any]

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
