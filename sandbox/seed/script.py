"""Read the letters: plain text files in which the world's conversations are written down.

    === Subject of the conversation
    --- dana > ann, ben | 9d 09:12 | apple | cc=cleo; attach=Plan.pdf
    The text, in the marks of markup.py.
    --- ann > dana | +2h05m | gmail
    ...

When: `9d 09:12` nine days ago at that hour (UTC), `-5h` before now, `+1d2h` after the letter above. The third
field is a mail program (clients.py) or a kind of machine mail (machines.py), maybe with a variant (`=`).
Options: cc, attach (`name:inline`: in the text), reply-to, charset, encoding, broken, htmlonly, noquote,
label, rows. A line `~~~ ben > ann | subject` begins what is forwarded. `\\u202e` stands for that character.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

LETTERS = Path(__file__).with_name("letters")

_SPAN = re.compile(r"([+-])?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$")
_CLOCK = re.compile(r"(\d+)d (\d\d):(\d\d)$")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, not yet written in anybody's manner. People are keys of the cast."""

    sender: str
    to: tuple[str, ...]
    when: str
    kind: str
    variant: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    forwarded: "Letter | None" = None

    @property
    def cc(self) -> tuple[str, ...]:
        return _keys(self.options.get("cc", ""))

    def at(self, now: datetime, before: datetime | None) -> datetime:
        """Tell when it was sent. Raises ValueError when the time makes no sense."""
        if found := _CLOCK.match(self.when):
            days, hour, minute = (int(part) for part in found.groups())
            day = now - timedelta(days=days)
            return day.replace(hour=hour, minute=minute, second=7, microsecond=0)
        span = parse_span(self.when)
        if not self.when.startswith("+"):
            return now + span
        if before is None:
            raise ValueError(f"the first letter cannot be {self.when} after another")
        return before + span


@dataclass(frozen=True, slots=True)
class Conversation:
    """Letters under one subject, in the order in which they were sent."""

    subject: str
    letters: tuple[Letter, ...]
    source: str = ""


def parse_span(text: str) -> timedelta:
    """Read `+1d2h`, `-5h`, `+45m`. Raises ValueError."""
    found = _SPAN.match(text.strip())
    if not found or not any(found.groups()[1:]):
        raise ValueError(f"not a time: {text}")
    days, hours, minutes = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(days=days, hours=hours, minutes=minutes)
    return -span if found[1] == "-" else span


@cache
def read_letters(folder: Path = LETTERS) -> tuple[Conversation, ...]:
    """Read every file of a folder. Raises ValueError that names file and subject."""
    found: list[Conversation] = []
    for path in sorted(folder.glob("*.txt")):
        found += read_script(path.read_text("utf-8"), path.stem)
    return tuple(found)


def read_script(text: str, source: str = "") -> Iterator[Conversation]:
    """Read the conversations of one file."""
    for block in re.split(r"(?m)^=== ", text)[1:]:
        subject, _, rest = block.partition("\n")
        letters = tuple(
            _letter(one, f"{source}: {subject}") for one in re.split(r"(?m)^--- ", rest)[1:] if one.strip()
        )
        if not letters:
            raise ValueError(f"{source}: {subject}: no letters")
        yield Conversation(_unescape(subject.strip()), letters, source)


def _letter(block: str, where: str) -> Letter:
    head, _, text = block.partition("\n")
    fields = [part.strip() for part in head.split(" | ")]
    if len(fields) < 3 or ">" not in fields[0]:
        raise ValueError(f"{where}: who > whom | when | how, not: {head}")
    sender, _, to = fields[0].partition(">")
    kind, _, variant = fields[2].partition("=")
    options: dict[str, str] = {}
    for option in re.split(r";\s*|\s\|\s", " | ".join(fields[3:])):
        name, _, value = option.partition("=")
        if name.strip():
            options[name.strip()] = value.strip()
    forwarded = None
    if "\n~~~ " in f"\n{text}":
        text, _, inner = f"\n{text}".partition("\n~~~ ")
        forwarded = _forwarded(inner)
    body = _unescape(text).strip("\n")
    return Letter(sender.strip(), _keys(to), fields[1], kind, variant, options, body, forwarded)


def _forwarded(block: str) -> Letter:
    head, _, text = block.partition("\n")
    people, _, subject = head.partition(" | ")
    sender, _, to = people.partition(">")
    options = {"subject": _unescape(subject.strip())}
    return Letter(
        sender.strip(), _keys(to), "-1d", "forwarded", options=options, text=_unescape(text).strip("\n")
    )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in text.split(",") if key.strip())


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
