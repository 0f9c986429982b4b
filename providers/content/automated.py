"""Made by a machine, sent in bulk, or written by a person? Pure: a message in, marks with reason codes out.

The rules are tables: `automated_headers` (what the sending program says), `automated_addresses` (who it says
it is), `automated_words` (what it says). A mark is put on the mail. What the marks of all their mails say of
a sender, and that somebody the member wrote to is a person, is for `bot/discovery/rules.py` to weigh.

Made for people: where the signs are few it says "a person". Does not tell spam from mail.
"""

from collections.abc import Collection
from dataclasses import dataclass

from providers.content import automated_addresses, automated_headers, automated_words
from providers.content.automated_rule import Kind, Look, Rule
from providers.mail import EmailAddress, Message

RULES: tuple[Rule, ...] = (*automated_headers.RULES, *automated_addresses.RULES, *automated_words.RULES)
TEXT_RULES = automated_words.TEXT_RULES  # looked at last: they need the text taken apart
_ENOUGH_HINTS = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """One rule that holds for a mail."""

    code: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Marks:
    """What the rules say of one mail. `sender` is who wrote it, also where a group stands in From."""

    sender: EmailAddress
    found: tuple[Mark, ...]
    automated: bool

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes that count: of a machine's mail all, of a person's that it came another way."""
        kinds = _SAID if not self.automated else tuple(Kind)
        return tuple(dict.fromkeys(mark.code for mark in self.found if mark.kind in kinds))

    def of(self, *kinds: Kind) -> tuple[str, ...]:
        """The codes of some kinds."""
        return tuple(dict.fromkeys(mark.code for mark in self.found if mark.kind in kinds))


_SAID = (Kind.LIST, Kind.SHARED, Kind.RELAY)


def marks_of(message: Message, categories: Collection[str] = ()) -> Marks:
    """Put every mark on a message. `categories`: the provider's filing, like "promotions"; Gmail's words.

    Never raises on what a message may hold. Headers alone suffice; a text that is there is looked at only
    where the headers leave it open.
    """
    look = Look(message, categories)
    found = _holding(RULES, look)
    if not _is_automated(found, look) and (message.text or message.html):
        found = (*found, *_holding(TEXT_RULES, look))
    return Marks(look.sender, found, _is_automated(found, look))


def _holding(rules: tuple[Rule, ...], look: Look) -> tuple[Mark, ...]:
    return tuple(
        Mark(rule.code, rule.kind)
        for rule in rules
        if not (rule.lists_too and look.discussion) and rule.holds(look)
    )


def _is_automated(found: tuple[Mark, ...], look: Look) -> bool:
    kinds = {mark.kind for mark in found}
    if kinds & {Kind.MACHINE, Kind.BULK, Kind.CALENDAR}:
        return True
    hints = {mark.code for mark in found if mark.kind in (Kind.HINT, Kind.SHARED)}
    # An answer has a person behind it more often than not: it takes one hint more.
    return len(hints) >= _ENOUGH_HINTS + look.is_reply
