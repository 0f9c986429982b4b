"""Compare an answer with a discovery document: every property known there, every type right."""

import json
from functools import cache
from typing import Any

from tests.sandbox.google.stand import discovery_text

_TYPES = {"string": str, "integer": int, "boolean": bool}


@cache
def schemas(document: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document)["schemas"]
    return found


def check(value: Any, name: str) -> None:
    """Assert that a value is what this schema of Gmail's describes."""
    check_against(discovery_text(), value, name)


def check_against(document: str, value: Any, name: str) -> None:
    """Assert that a value is what this schema of a document describes."""
    _check(schemas(document), value, {"$ref": name}, name)


def _check(known: dict[str, Any], value: Any, schema: dict[str, Any], where: str) -> None:
    if "$ref" in schema:
        _check(known, value, {"type": "object", **known[schema["$ref"]]}, where)
    elif schema["type"] == "object":
        assert isinstance(value, dict), where
        properties = schema.get("properties", {})
        further = schema.get("additionalProperties")
        assert further or not set(value) - set(properties), (where, set(value) - set(properties))
        for key, one in value.items():
            _check(known, one, properties.get(key, further), f"{where}.{key}")
    elif schema["type"] == "array":
        assert isinstance(value, list), where
        for one in value:
            _check(known, one, schema["items"], where + "[]")
    else:
        assert type(value) is _TYPES[schema["type"]], (where, type(value))
        if "enum" in schema:
            assert value in schema["enum"], (where, value)
