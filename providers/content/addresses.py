"""Addresses: one way to write them, and a reading of header values that never loses a party.

Whether a mail is one-to-one is decided from these, so what cannot be understood is kept as it stands:
an unknown third party must not vanish.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from providers.content.encoded_words import decode_words
from providers.mail import EmailAddress

_LONGEST_NAME = 120
_LONGEST_HEADER = 400_000
# Letters that show nothing but do not count as format characters.
_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_DOTS_DO_NOT_COUNT = {"gmail.com", "googlemail.com"}


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Write an address the one way in which Mailroom compares it: lower case, the domain in ASCII (IDNA).

    Raises ValueError in plain words. Says nothing about whether mail can be delivered there.
    """
    wanted = "".join(c for c in text if not _shows_nothing(c)).strip()
    try:
        found = validate_email(wanted, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        # The validator's own words quote the input; ours may be logged.
        raise ValueError("This is not a complete email address, like dana@northwind.example.") from None
    return f"{found.local_part.lower()}@{(found.ascii_domain or found.domain).lower()}"


def same_person_hint(one: str, other: str) -> bool:
    """Guess whether two different addresses reach one person. A hint to offer, never a reason to act."""
    return one != other and matching_key(one) == matching_key(other)


def matching_key(address: str) -> str:
    """Write an address without plus tag and Gmail's dots: to match by, never to keep or to merge by."""
    local, _, domain = address.lower().rpartition("@")
    local = local.split("+", 1)[0]
    if domain in _DOTS_DO_NOT_COUNT:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def clean_name(text: str) -> str:
    """Make a foreign name safe to show: one line, no controls, no turned direction, nothing invisible."""
    spaced = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    seen = " ".join("".join(c for c in spaced if not _shows_nothing(c)).split())
    return seen[:_LONGEST_NAME].rstrip()


def _shows_nothing(char: str) -> bool:
    if "\x20" <= char <= "\x7e":
        return False
    return char in _BLANKS or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def parse_addresses(values: Iterable[str]) -> tuple[EmailAddress, ...]:
    """Read the values of an address header (RFC 5322 3.4), encoded words, groups and `;` included.

    Never raises. A party whose address cannot be normalised is kept with its address as written, lower case.
    """
    return tuple(found for value in values for found in _read_value(value))


@lru_cache(maxsize=4096)  # the messages of a thread repeat the same few values
def _read_value(value: str) -> tuple[EmailAddress, ...]:
    return tuple(found for name, address in _parties(value) if (found := _party(name, address)))


def _party(name: str, address: str) -> EmailAddress | None:
    if address.startswith("@") and ":" in address:  # an obsolete route before the address proper
        address = address.rpartition(":")[2]
    try:
        written = normalise(address)
    except ValueError:
        written = clean_name(decode_words(address)).lower()
        if not written or written.startswith("undisclosed"):
            return None
    shown = clean_name(decode_words(name)).strip("\"' ")
    return EmailAddress(written, "" if shown.lower() == written else shown)


def _parties(value: str) -> list[tuple[str, str]]:
    value = value[:_LONGEST_HEADER]
    for damaged in (
        "",
        '"',
        "()",
        '"()',
    ):  # an open quotation swallows what follows: read on without such signs
        reader = _Reader("".join(c for c in value if c not in damaged))
        found = list(reader.parties())
        if not reader.left_open:
            break
    return found


class _Reader:
    """Walk through an address list once, character by character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begin()
        self.left_open = False

    def _begin(self) -> None:
        self._phrase: list[str] = []
        self._comment: list[str] = []
        self._angle: list[str] | None = None

    def parties(self) -> Iterator[tuple[str, str]]:
        """Give (name, address) pairs as written."""
        depth, in_quotes, in_angle, escaped = 0, False, False, False
        for char in self._text:
            if escaped:
                escaped = False
                self._put(char, depth, in_angle)
            elif char == "\\" and (in_quotes or depth):
                escaped = True
            elif in_quotes:
                in_quotes = char != '"'
                if in_quotes or in_angle:
                    self._put(char, depth, in_angle)
            elif depth or char == "(":
                depth += (char == "(") - (char == ")")
                self._put(" " if char in "()" else char, 1, in_angle)
            elif char == '"':
                in_quotes = True
                if in_angle:
                    self._put(char, depth, in_angle)
            elif in_angle:
                in_angle = char != ">"
                if in_angle:
                    self._put(char, depth, in_angle)
            elif char == "<":
                in_angle, self._angle = True, []
            elif char == ":" and "@" not in self._phrase:
                self._begin()
            elif char in ",;":
                yield from self._end()
            else:
                self._put(char, depth, in_angle)
        self.left_open = in_quotes or depth > 0
        yield from self._end()

    def _put(self, char: str, depth: int, in_angle: bool) -> None:
        if depth:
            self._comment.append(char)
        elif in_angle and self._angle is not None:
            self._angle.append(char)
        else:
            self._phrase.append(char)

    def _end(self) -> Iterator[tuple[str, str]]:
        phrase, comment = "".join(self._phrase).strip(), "".join(self._comment).strip()
        angle = None if self._angle is None else re.sub(r"\s+", "", "".join(self._angle))
        self._begin()
        if angle:
            yield phrase or comment, angle
        elif angle is None and phrase:
            yield comment, phrase
