"""The tables of the sandbox's Gmail against the discovery document that the client carries."""

import json
from typing import Any

import pytest

from sandbox.google.gmail.methods import METHODS, Method
from sandbox.google.gmail.shapes import SHAPES
from tests.sandbox.google.stand import discovery_text

DOCUMENT: dict[str, Any] = json.loads(discovery_text())


def described(method: Method) -> dict[str, Any]:
    *resources, name = method.id.split(".")
    here = DOCUMENT
    for one in resources:
        here = here["resources"][one]
    found: dict[str, Any] = here["methods"][name]
    return found


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_a_method_is_where_the_document_says(method: Method) -> None:
    document = described(method)
    assert method.http == document["httpMethod"]
    assert f"gmail/v1/users/{{userId}}/{method.path}" == document["path"]
    assert method.answers == document.get("response", {"$ref": "Empty"})["$ref"]
    assert method.upload == document.get("supportsMediaUpload", False)
    queries = {name for name, one in document["parameters"].items() if one["location"] == "query"}
    assert method.query == queries


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_a_method_wants_the_scopes_of_the_document(method: Method) -> None:
    listed = {one for one in described(method)["scopes"] if ".addons." not in one}
    assert method.scopes == listed


@pytest.mark.parametrize("shape", sorted(set(SHAPES) - {"Empty"}))
def test_a_shape_is_that_of_the_document(shape: str) -> None:
    properties = DOCUMENT["schemas"][shape]["properties"]

    def kind(one: dict[str, Any]) -> str:
        if one.get("type") == "array":
            return f"[{kind(one['items'])}]"
        return str(one.get("$ref") or one["type"])

    assert SHAPES[shape] == {name: kind(one) for name, one in properties.items()}


def test_the_largest_upload_is_what_the_document_allows() -> None:
    from sandbox.google.gmail.quota import Limits

    send = DOCUMENT["resources"]["users"]["resources"]["messages"]["methods"]["send"]
    assert Limits().upload_bytes == int(send["mediaUpload"]["maxSize"])
