"""Compare an answer with Microsoft's published metadata: every property known there, every type right."""

import os
import re
import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SCHEMA = Path(__file__).parents[4] / "shared" / "schemas" / "graph-mail-calendar.csdl.xml"
NAMESPACE = "{http://docs.oasis-open.org/odata/ns/edm}"
_EDM = {"Edm.String": str, "Edm.Boolean": bool, "Edm.Int32": int, "Edm.Int64": int, "Edm.Binary": str}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

needs_metadata = pytest.mark.skipif(
    not SCHEMA.exists() and "CI" not in os.environ,
    reason="Microsoft's metadata does not stand beside the project",
)


@cache
def types() -> dict[str, Any]:
    root = ElementTree.parse(SCHEMA)
    kinds = ("EntityType", "ComplexType", "EnumType")
    return {str(one.get("Name")): one for kind in kinds for one in root.iter(NAMESPACE + kind)}


@cache
def properties(name: str) -> dict[str, tuple[str, bool]]:
    """List name → (type, nullable) of a type and those it is derived from."""
    element = types()[name]
    base = str(element.get("BaseType", "")).rpartition(".")[2]
    found = dict(properties(base)) if base else {}
    for one in element:
        if one.tag in (NAMESPACE + "Property", NAMESPACE + "NavigationProperty"):
            found[one.get("Name")] = (one.get("Type"), one.get("Nullable", "true") == "true")
    return found


def check(value: Any, name: str) -> None:
    """Assert that a value is what the metadata calls by this name."""
    assert isinstance(value, dict), name
    name = value.get("@odata.type", name).rpartition(".")[2]
    known = properties(name)
    for key, one in value.items():
        if key.startswith("@odata."):
            continue
        assert key in known, (name, key)
        kind, nullable = known[key]
        if one is None:
            assert nullable, (name, key)
        elif kind.startswith("Collection("):
            assert isinstance(one, list), (name, key)
            for single in one:
                _check(single, kind[11:-1], f"{name}.{key}")
        else:
            _check(one, kind, f"{name}.{key}")


def _check(value: Any, kind: str, where: str) -> None:
    if kind == "Edm.DateTimeOffset":
        assert _MOMENT.fullmatch(value), (where, value)
    elif kind.startswith("Edm."):
        assert type(value) is _EDM[kind], (where, type(value))
    else:
        short = kind.rpartition(".")[2]
        element = types().get(short)
        if element is not None and element.tag == NAMESPACE + "EnumType":
            assert value in {one.get("Name") for one in element}, (where, value)
        else:
            check(value, short)
