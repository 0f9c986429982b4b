"""Compare an answer with the discovery document: every property known there, every type right."""

import json
from functools import cache
from typing import Any

from tests.sandbox.google.stand import discovery_text

_TYPES = {"string": str, "integer": int, "boolean": bool}


@cache
def schemas() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(discovery_text())["schemas"]
    return found


def check(value: Any, name: str) -> None:
    """Assert that a value is what this schema describes."""
    _check(value, {"$ref": name}, name)


def _check(value: Any, schema: dict[str, Any], where: str) -> None:
    if "$ref" in schema:
        properties = schemas()[schema["$ref"]]["properties"]
        assert isinstance(value, dict), where
        assert not set(value) - set(properties), (where, set(value) - set(properties))
        for key, one in value.items():
            _check(one, properties[key], f"{where}.{key}")
    elif schema["type"] == "array":
        assert isinstance(value, list), where
        for one in value:
            _check(one, schema["items"], where + "[]")
    else:
        assert type(value) is _TYPES[schema["type"]], (where, type(value))
        if "enum" in schema:
            assert value in schema["enum"], (where, value)
