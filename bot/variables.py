"""Read one setting after another from text, and collect what is wrong instead of stopping at the first."""

import difflib
import re
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

Value = TypeVar("Value")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Secret(str):
    """A text that shows itself to nobody: `repr`, tracebacks with locals and dataclasses print dots."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('…')"


class Wrong(ValueError):
    """A value that cannot be used. The message continues a sentence that begins with the setting's name."""


class Variables:
    """Values by name, with a memory of every name asked for and of everything that was wrong.

    Problems never repeat a value: half of the settings are secrets, and a database address has a password.
    """

    def __init__(self, values: Mapping[str, str | None]) -> None:
        self._values = values
        self.names: list[str] = []
        self.problems: list[str] = []

    def take(self, name: str, read: Callable[[str], Value], default: Value) -> Value:
        """Return the value of `name`, or `default` where it is missing, empty or wrong."""
        self.names.append(name)
        text = (self._values.get(name) or "").strip()
        if not text:
            return default
        try:
            return read(text)
        except Wrong as wrong:
            self.problems.append(f"{name} {wrong}")
            return default

    def need(self, name: str, read: Callable[[str], Value], absent: Value, fix: str) -> Value:
        """Return the value of `name`; where it is missing, report it with `fix` and return `absent`."""
        if not (self._values.get(name) or "").strip():
            self.problems.append(f"{name} is not set. {fix}")
        return self.take(name, read, absent)

    def report_unknown(self, prefix: str) -> None:
        """Report each set name that starts with `prefix` and was never asked for: likely a typing error."""
        for name in sorted(self._values):
            if name.startswith(prefix) and name not in self.names:
                close = difflib.get_close_matches(name, self.names, n=1)
                fix = f"Did you mean {close[0]}?" if close else "Take it out."
                self.problems.append(f"{name} is not a setting of Mailroom. {fix}")


def number(low: int, high: int) -> Callable[[str], int]:
    """Make a reader of whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise Wrong(f"must be a whole number from {low} to {high}.")
        return int(text)

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    """Make a reader of a fixed set of words, in any case."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            raise Wrong(f"must be one of: {', '.join(choices)}.")
        return text.lower()

    return read


def secret(text: str) -> Secret:
    """Take any text as a secret; refuse what was pasted with blanks or line ends inside."""
    if not text.isascii() or not text.isprintable() or " " in text:
        raise Wrong("holds a blank or an unusual character. Copy it again, without anything around it.")
    return Secret(text)


def shaped(pattern: str, fix: str) -> Callable[[str], Secret]:
    """Make a reader of secrets of a known shape."""

    def read(text: str) -> Secret:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise Wrong(fix)
        return Secret(text)

    return read


def _web(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Wrong("is not a web address.") from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s\\]", text):
        raise Wrong("must be a web address that starts with https://.")
    if parts.username is not None or parts.query or parts.fragment:
        raise Wrong("must be a plain web address, without a name and password, ? or #.")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise Wrong(
            "must start with https://. Plain http:// is for this machine only (127.0.0.1, localhost)."
        )
    return parts


def base_url(text: str) -> str:
    """Take a base address and return it without a slash at its end."""
    _web(text)
    return text.rstrip("/")


def folder_url(text: str) -> str:
    """Take a base address that must end in a slash, because paths are put right behind it."""
    _web(text)
    return text.rstrip("/") + "/"


def public_url(text: str) -> str:
    """Take the address under which people reach Mailroom: scheme and host only."""
    if _web(text).path.strip("/"):
        raise Wrong("must end after the host (and port): Mailroom answers at the root of its address.")
    return text.rstrip("/")


def way_to_ask(text: str) -> str:
    """Take an e-mail address or the address of a web page, and return it as a link."""
    if re.fullmatch(r"[^\s@<>|]{1,64}@[^\s@<>|]{1,255}", text):
        return f"mailto:{text}"
    if not text.startswith(("http://", "https://")) or re.search(r"[@<>|]", text):
        raise Wrong("must be one e-mail address, or a web address that starts with https://.")
    return _web(text).geturl()


def command(text: str) -> str:
    """Take the name of the slash command. Source: Slack's manifest schema, slash_commands."""
    if not re.fullmatch(r"/[a-z0-9_-]{1,31}", text):
        raise Wrong(
            "must be a slash and then small letters, digits, - or _, at most 32 characters, like /inbox."
        )
    return text
