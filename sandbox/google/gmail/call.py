"""One call of one method: its parameters, read as strictly as Google reads them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from sandbox.google.gmail.errors import ApiError, invalid
from sandbox.google.gmail.shapes import SHAPES, inner
from sandbox.google.gmail.state import GmailState
from sandbox.google.scopes import METADATA
from sandbox.mail.mailbox import Mailbox
from sandbox.mail.people import Person
from sandbox.world import World

GLOBAL = frozenset(
    {
        "alt",
        "fields",
        "key",
        "prettyPrint",
        "quotaUser",
        "uploadType",
        "upload_protocol",
        "$.xgafv",
        "callback",
    }
)
_ID = re.compile(r"[0-9a-f]{1,16}")


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """A request that was let in."""

    world: World
    state: GmailState
    person: Person
    mailbox: Mailbox
    scopes: frozenset[str]
    path: Mapping[str, str]
    query: MultiDict[str, str]
    body: bytes  # JSON
    media: bytes | None = None  # the message itself, when it came by the upload address

    @property
    def poor(self) -> bool:
        """Say whether gmail.metadata is among the scopes: its limits win over every richer scope."""
        return METADATA in self.scopes

    def text(self, name: str) -> str:
        return self.query.get(name, "")

    def several(self, name: str) -> list[str]:
        return self.query.getlist(name)

    def flag(self, name: str) -> bool:
        value = self.query.get(name, "false").lower()
        if value not in ("true", "false"):
            raise bad_value(name, "TYPE_BOOL", value)
        return value == "true"

    def number(self, name: str, default: int, most: int) -> int:
        value = self.query.get(name)
        if value is None:
            return default
        if not value.isdigit() or int(value) > most:  # more than the document allows: refused (stricter)
            raise bad_value(name, "TYPE_UINT32", value)
        return int(value) or default

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """Read an enumeration, the first being the default; Google takes either case."""
        value = self.query.get(name, allowed[0]).lower()
        if value not in allowed:
            raise bad_value(name, "type.googleapis.com/google.apps.gmail.v1.Format", value)
        return value

    def id(self, name: str = "id") -> str:
        value = self.path[name]
        if not _ID.fullmatch(value):
            raise invalid("Invalid id value")
        return value

    def json(self, shape: str) -> dict[str, object]:
        """Read the JSON body; properties that do not exist are refused."""
        return read_json(self.body, shape)


def bad_value(name: str, kind: str, value: str) -> ApiError:
    return ApiError(400, "badRequest", f"Invalid value at '{name}' ({kind}), \"{value[:80]}\"")


def check_query(query: MultiDict[str, str], allowed: frozenset[str]) -> None:
    """Refuse parameters that the method does not have."""
    for name in query:
        if name not in allowed and name not in GLOBAL:
            raise ApiError(
                400,
                "invalid",
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message.",
            )


def read_json(body: bytes, shape: str) -> dict[str, object]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise ApiError(400, "parseError", "Parse Error") from None
    if not isinstance(value, dict):
        raise ApiError(400, "badRequest", "Invalid JSON payload received. Unknown name.")
    _check(value, shape)
    return value


def _check(value: Mapping[str, object], shape: str) -> None:
    for name, one in value.items():
        below = inner(shape, name)
        if below is None:
            raise ApiError(
                400,
                "badRequest",
                f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.',
            )
        listed = SHAPES[shape][name].startswith("[")
        for single in one if listed and isinstance(one, list) else [one]:
            if below and isinstance(single, dict):
                _check(single, below)
            elif bool(below) is not isinstance(single, dict):
                raise ApiError(400, "badRequest", f"Invalid value at '{name}'")
