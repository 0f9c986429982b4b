"""What a rule about machine mail is, and the view of a message that rules look at.

Headers alone are enough for every rule but those of `automated_words`, which look at the text if it is there.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from providers.content.plain import as_text
from providers.content.reading import read_message
from providers.content.senders import author_of, hands_on
from providers.mail import EmailAddress, Message

_COMMENT = re.compile(r"\([^()]*\)")
_REPLY = re.compile(
    r"\s*(?:re|aw|sv|vs|antw|ant|odp|rif|r|res|ref|ynt|回复|答复|回覆|返信)\s*(?:\[\d+\])?\s*[:：]", re.I
)
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|vl|doorst|转发|轉寄|転送)\s*[:：]", re.I)
_FIRST_CHARACTERS = 20_000


class Kind(StrEnum):
    """How much a mark says."""

    MACHINE = "machine"  # no person wrote this mail
    BULK = "bulk"  # an organisation sent it to many; a person may still be behind the address
    HINT = "hint"  # two different hints together say as much as BULK
    CALENDAR = "calendar"  # a person acted, a program wrote
    LIST = "list"  # came through a list or group, and a person may have written it
    RELAY = "relay"  # a person wrote it, through an address that passes it on and is not theirs
    SHARED = "shared"  # an address that several people read; counts as a hint as well


@dataclass(frozen=True, slots=True)
class Rule:
    """One sign of machine mail. `lists_too`: lists put it on what people write, so there it says nothing."""

    code: str
    kind: Kind
    source: str
    holds: Callable[["Look"], bool]
    lists_too: bool = False


class Look:
    """A message made ready for rules; everything is worked out once, when first asked for."""

    def __init__(self, message: Message, categories: Collection[str] = ()) -> None:
        self.message = message
        self.categories = frozenset(one.casefold() for one in categories)

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a header, by its lower-case name, without empty ones."""
        return tuple(value for value in self.message.headers.get(name, ()) if value.strip())

    def has(self, *names: str) -> bool:
        """Tell whether one of the headers is there and does not say no."""
        return any(value.strip().casefold() not in _NO for name in names for value in self.values(name))

    def words(self, name: str) -> frozenset[str]:
        """The first word of each value, in lower case; comments and parameters are left out (RFC 3834)."""
        bare = (_COMMENT.sub(" ", value).casefold() for value in self.values(name))
        return frozenset(re.split(r"[;,\s]", value.strip(), maxsplit=1)[0] for value in bare) - {""}

    @cached_property
    def sender(self) -> EmailAddress:
        """Who wrote it, also when a group put its own address in From."""
        return author_of(self.message)

    @cached_property
    def domain(self) -> str:
        """The domain of who wrote it."""
        return self.sender.address.rpartition("@")[2]

    @cached_property
    def discussion(self) -> bool:
        """Tell whether a list or group handed it on, on which people write to each other."""
        return hands_on(self.message)

    @cached_property
    def envelope(self) -> str | None:
        """The address in Return-Path; "" is the null sender, None says that there is no such header."""
        values = self.message.headers.get("return-path", ())
        return values[0].strip().strip("<>").strip().casefold() if values else None

    @cached_property
    def content_type(self) -> str:
        """The Content-Type header in lower case, without quotation marks and blanks."""
        return re.sub(r'["\s]', "", " ".join(self.values("content-type"))).casefold()

    @cached_property
    def part_types(self) -> frozenset[str]:
        """Types of the parts that speak by their type."""
        return frozenset(part.type.partition(";")[0] for part in self.message.parts)

    @cached_property
    def is_reply(self) -> bool:
        """Tell whether it has the shape of an answer: a subject that says so, and what it answers."""
        named = _REPLY.match(self.message.subject) is not None
        return named and bool(
            self.message.references or self.has("in-reply-to", "references", "thread-index")
        )

    @cached_property
    def is_forward(self) -> bool:
        """Tell whether somebody hands on what another wrote."""
        return _FORWARD.match(self.message.subject) is not None

    @cached_property
    def text(self) -> str:
        """The sender's own words in lower case, one blank between them; "" where only headers are known."""
        if self.message.html is None and self.message.text is None:
            return ""
        reading = read_message(self.message)
        words = f"{as_text(reading.visible)}\n{as_text(reading.signature)}"
        return " ".join(words.casefold().replace("’", "'").split())[:_FIRST_CHARACTERS]

    @cached_property
    def subject(self) -> str:
        """The subject in lower case, one blank between its words."""
        return " ".join(self.message.subject.casefold().replace("’", "'").split())


_NO = frozenset({"", "no", "false", "0", "none"})
