"""Partial responses: the `fields` mask, parsed, checked against the shapes, applied.

Source: https://developers.google.com/workspace/gmail/api/guides/performance
"""

import re
from collections.abc import Callable, Mapping

from sandbox.google.gmail.errors import ApiError, invalid
from sandbox.google.gmail.shapes import inner

Mask = dict[str, "Mask"]  # an empty one keeps everything below
_TOKEN = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*|[*/(),])")


Inner = Callable[[str, str], str | None]  # shape and property → the shape below it, "" for a plain value


def read_mask(text: str, shape: str, below: Inner = inner) -> Mask:
    """Parse a mask for an answer of this shape. Raises ApiError (400)."""
    tokens: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise refused(text)
        tokens.append(found.group(1))
        at = found.end()
    mask = _list(tokens, shape, text, below)
    if tokens or not mask:
        raise refused(text)
    return mask


def refused(text: str) -> ApiError:
    return invalid(f"Request contains an invalid argument. Invalid field selection {text[:200]}")


def _list(tokens: list[str], shape: str, text: str, inside: Inner) -> Mask:
    mask: Mask = {}
    while True:
        name, below = _item(tokens, shape, text, inside)
        held = mask.get(name)
        mask[name] = below if held is None else ({**held, **below} if held and below else {})
        if not tokens or tokens[0] != ",":
            return mask
        tokens.pop(0)


def _item(tokens: list[str], shape: str, text: str, inside: Inner) -> tuple[str, Mask]:
    if not tokens or tokens[0] in "/(),":
        raise refused(text)
    name = tokens.pop(0)
    below = "" if name == "*" else inside(shape, name)
    if below is None:
        raise refused(text)
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        key, rest = _item(tokens, below, text, inside)
        return name, {key: rest}
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        mask = _list(tokens, below, text, inside)
        if not tokens or tokens.pop(0) != ")":
            raise refused(text)
        return name, mask
    return name, {}


def apply_mask(mask: Mask, value: object) -> object:
    """Keep of a resource what the mask names."""
    if not mask or mask.get("*") == {}:
        return value
    if isinstance(value, list):
        return [apply_mask(mask, one) for one in value]
    if isinstance(value, Mapping):
        if "*" in mask:
            return {name: apply_mask(mask["*"], one) for name, one in value.items()}
        return {name: apply_mask(mask[name], one) for name, one in value.items() if name in mask}
    return value
