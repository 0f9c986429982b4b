"""Walk a payload along the tables and note everything that Slack would refuse."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sandbox.slack.blocks.fields import Field, Table
from sandbox.slack.blocks.rich_text import RICH
from sandbox.slack.blocks.tables import BLOCK_SURFACES, BLOCKS, COMPOSITION, ELEMENT_SURFACES, ELEMENTS

TEXTS: dict[str, Table] = {
    "plain_text": {"text": Field("string", required=True, low=1, high=3000), "emoji": Field("flag")},
    "mrkdwn": {"text": Field("string", required=True, low=1, high=3000), "verbatim": Field("flag")},
}
_ELEMENT_FIELDS: dict[str, Table] = {**TEXTS, **ELEMENTS, **RICH}
_FORMS = {
    "date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
}
_SCHEMES = ("http", "https", "mailto", "tel", "slack")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing refused, as Slack words it."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


@dataclass(slots=True)
class Walk:
    """One walk over one payload, on one surface."""

    surface: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, message: str, pointer: str) -> None:
        """Note something refused."""
        self.problems.append(Problem(message, pointer))

    def table(self, value: Any, table: Table, pointer: str, typed: bool) -> None:
        """Hold an object against its table."""
        if not isinstance(value, dict):
            self.refuse("must provide an object", pointer)
            return
        for name, wanted in table.items():
            if name in value and value[name] is not None:
                self.check(value[name], wanted, f"{pointer}/{name}")
            elif wanted.required:
                self.refuse(f"missing required field: {name}", pointer)
            elif name in value:
                self.refuse("must not be null", f"{pointer}/{name}")
        for name in value:
            if name not in table and not (typed and name == "type"):
                self.refuse(f"invalid additional property: {name}", pointer)

    def check(self, value: Any, wanted: Field, pointer: str) -> None:
        """Hold one value against what its field may hold."""
        match wanted.kind:
            case "string":
                self._string(value, wanted, pointer)
            case "flag":
                if not isinstance(value, bool):
                    self.refuse("must provide a boolean", pointer)
            case "whole":
                self._whole(value, wanted, pointer)
            case "choice":
                if value not in wanted.of:
                    self.refuse("must be a valid enum value", pointer)
            case "text" | "plain":
                self._text(value, wanted, pointer)
            case "object":
                self.table(value, COMPOSITION[wanted.of[0]], pointer, typed=False)
            case "list":
                self._list(value, wanted, pointer)
            case _:
                self._typed(value, wanted, pointer)

    def _string(self, value: Any, wanted: Field, pointer: str) -> None:
        if not isinstance(value, str):
            self.refuse("must provide a string", pointer)
            return
        if wanted.low is not None and len(value) < wanted.low:
            self.refuse(f"must be more than {wanted.low - 1} characters", pointer)
        elif wanted.high is not None and len(value) > wanted.high:
            self.refuse(f"must be less than {wanted.high + 1} characters", pointer)
        elif wanted.form == "url" and not _is_url(value, _SCHEMES):
            self.refuse("must be a valid URL", pointer)
        elif wanted.form == "image" and not _is_public(value):
            # Slack fetches pictures itself; what only this machine can reach, it cannot.
            self.refuse("downloading image failed", pointer)
        elif wanted.form in _FORMS and not _FORMS[wanted.form].fullmatch(value):
            self.refuse(f"must be a valid {wanted.form}", pointer)

    def _whole(self, value: Any, wanted: Field, pointer: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse("must provide an integer", pointer)
        elif wanted.low is not None and value < wanted.low:
            self.refuse(f"must be greater than or equal to {wanted.low}", pointer)
        elif wanted.high is not None and value > wanted.high:
            self.refuse(f"must be less than or equal to {wanted.high}", pointer)

    def _text(self, value: Any, wanted: Field, pointer: str) -> None:
        if not isinstance(value, dict):
            self.refuse("must provide an object", pointer)
            return
        allowed = ("plain_text",) if wanted.kind == "plain" else ("plain_text", "mrkdwn")
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in allowed:
            self.refuse(f"unsupported type: {kind}", f"{pointer}/type")
            return
        limits = Field("string", required=True, low=wanted.low, high=wanted.high)
        self.table(value, {**TEXTS[kind], "text": limits}, pointer, typed=True)

    def _list(self, value: Any, wanted: Field, pointer: str) -> None:
        if not isinstance(value, list) or wanted.inner is None:
            self.refuse("must provide an array", pointer)
            return
        if wanted.low is not None and len(value) < wanted.low:
            self.refuse(f"must provide at least {wanted.low} items", pointer)
        if wanted.high is not None and len(value) > wanted.high:
            self.refuse(f"no more than {wanted.high} items allowed", pointer)
            return
        for place, item in enumerate(value):
            self.check(item, wanted.inner, f"{pointer}/{place}")

    def _typed(self, value: Any, wanted: Field, pointer: str) -> None:
        if not isinstance(value, dict):
            self.refuse("must provide an object", pointer)
            return
        kind = value.get("type")
        if kind is None:
            self.refuse("missing required field: type", pointer)
        elif kind not in wanted.of or not self._stands_here(kind, wanted):
            self.refuse(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            self.table(value, self._fields_of(kind, wanted), pointer, typed=True)

    def _fields_of(self, kind: str, wanted: Field) -> Table:
        if _holds_blocks(wanted):
            return {**BLOCKS[kind], "block_id": Field("string", low=1, high=255)}
        if kind == "rich_text":  # the preset of an input, or a cell
            return {**BLOCKS["rich_text"], "block_id": Field("string", low=1, high=255)}
        return _ELEMENT_FIELDS[kind]

    def _stands_here(self, kind: str, wanted: Field) -> bool:
        if _holds_blocks(wanted):
            return self.surface in BLOCK_SURFACES[kind]
        return self.surface in ELEMENT_SURFACES.get(kind, (self.surface,))


def _holds_blocks(wanted: Field) -> bool:
    return "divider" in wanted.of


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.netloc or parts.path) and not re.search(r"\s", value)


def _is_public(value: str) -> bool:
    host = urlsplit(value).hostname or "" if _is_url(value, ("http", "https")) else ""
    return bool(host) and host not in ("localhost", "::1") and not host.startswith("127.")
