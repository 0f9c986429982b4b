"""Gmail's search language: a query becomes a question that is put to one message at a time.

Source: https://support.google.com/mail/answer/7190 and
https://developers.google.com/workspace/gmail/api/guides/filtering (no alias expansion, PST dates).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sandbox.google.gmail.terms import TERMS, Seen, anything, everywhere
from sandbox.mail.index import Index

Question = Callable[[Seen], bool]
_ENDS = set(' \t\r\n(){}"')


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `everywhere`: it names spam, trash or anywhere itself, so nothing is left out."""

    asks: Question
    everywhere: bool

    def matches(self, seen: Seen) -> bool:
        return self.asks(seen)


def parse(text: str, now: datetime, index: Index) -> Query:
    """Parse a query. Like Gmail it never refuses: what it cannot read is looked for as words."""
    reader = _Reader(text, now, index)
    asks = reader.group("", "", any_of=False)
    return Query(asks, reader.everywhere)


class _Reader:
    def __init__(self, text: str, now: datetime, index: Index) -> None:
        self._text = text
        self._at = 0
        self._now = now
        self._index = index
        self.everywhere = False

    def group(self, closer: str, field: str, *, any_of: bool) -> Question:
        """Read terms up to `closer`. Side by side they must all hold; OR binds tighter than that."""
        held: list[list[Question]] = []
        joining = False
        while (here := self._skip()) and here != closer:
            if here in ")}":
                self._at += 1  # one too many: ignored
                continue
            if self._joint():
                joining = bool(held)
                continue
            question = self._term(field)
            if joining:
                held[-1].append(question)
            else:
                held.append([question])
            joining = False
        self._at += 1
        alternatives = [_any(one) for one in held]
        return _any(alternatives) if any_of and alternatives else _all(alternatives)

    def _skip(self) -> str:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at] if self._at < len(self._text) else ""

    def _joint(self) -> bool:
        rest = self._text[self._at :]
        if rest.startswith("|"):
            self._at += 1
            return True
        if rest.startswith("OR") and (len(rest) == 2 or rest[2] in _ENDS):
            self._at += 2
            return True
        return False

    def _term(self, field: str) -> Question:
        if self._text[self._at] in "-+" and self._at + 1 < len(self._text):
            minus = self._text[self._at] == "-"
            self._at += 1
            if self._skip() in ("", ")", "}"):
                return anything
            question = self._term(field)
            return (lambda seen: not question(seen)) if minus else question
        here = self._text[self._at]
        if here in "({":
            self._at += 1
            return self.group(")" if here == "(" else "}", field, any_of=here == "{")
        if here == '"':
            return self._ask(field, self._quoted())
        return self._word(field)

    def _word(self, field: str) -> Question:
        start = self._at
        while self._at < len(self._text) and self._text[self._at] not in _ENDS:
            self._at += 1
        word = self._text[start : self._at]
        name, colon, value = word.partition(":")
        if not colon or name.lower() not in TERMS:
            return self._ask(field, word)
        name = name.lower()
        following = self._text[self._at : self._at + 1]
        if not value and following and following in '({"':
            return self._term(name)
        return self._ask(name, value)

    def _quoted(self) -> str:
        end = self._text.find('"', self._at + 1)
        end = len(self._text) if end < 0 else end
        value = self._text[self._at + 1 : end]
        self._at = end + 1
        return value

    def _ask(self, field: str, value: str) -> Question:
        self.everywhere = self.everywhere or everywhere(field, value)
        return TERMS[field](value, self._now, self._index)


def _all(questions: list[Question]) -> Question:
    if len(questions) == 1:
        return questions[0]
    return lambda seen: all(question(seen) for question in questions)


def _any(questions: list[Question]) -> Question:
    if len(questions) == 1:
        return questions[0]
    return lambda seen: any(question(seen) for question in questions)
