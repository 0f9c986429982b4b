"""The tables of the sandbox's Google calendar against the discovery document that the client carries."""

import json
from typing import Any

import pytest

from sandbox.google.calendar.methods import METHODS, Method
from sandbox.google.calendar.shapes import SHAPES
from tests.sandbox.google.calendar_stand import document_text

DOCUMENT: dict[str, Any] = json.loads(document_text())


def described(method: Method) -> dict[str, Any]:
    resource, name = method.id.split(".")
    found: dict[str, Any] = DOCUMENT["resources"][resource]["methods"][name]
    return found


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_a_calendar_method_is_where_the_document_says(method: Method) -> None:
    document = described(method)
    assert method.http == document["httpMethod"]
    assert method.path == document["path"]
    assert method.answers == document.get("response", {"$ref": ""})["$ref"]
    queries = {name for name, one in document["parameters"].items() if one["location"] == "query"}
    assert method.query == queries


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_a_calendar_method_wants_the_scopes_of_the_document(method: Method) -> None:
    assert method.scopes == set(described(method)["scopes"])


@pytest.mark.parametrize("shape", sorted(set(SHAPES) - {"Texts"}))
def test_a_calendar_shape_is_that_of_the_document(shape: str) -> None:
    name, _, inside = shape.partition(".")
    properties = DOCUMENT["schemas"][name]["properties"]
    if inside:
        properties = properties[inside]["properties"]

    def kind(key: str, one: dict[str, Any]) -> str:
        if one.get("type") == "array":
            return f"[{kind(key, one['items'])}]"
        if "additionalProperties" in one and inside:
            return "Texts"
        if one.get("type") == "object":
            return f"{name}.{key}"
        return str(one.get("$ref") or one["type"])

    assert SHAPES[shape] == {key: kind(key, one) for key, one in properties.items()}
