"""$filter, $orderby and $select, and what of them Exchange refuses as too complex.

Source: https://learn.microsoft.com/graph/api/user-list-messages (filter and orderby in the same query).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.microsoft.graph.errors import bad_request, inefficient, no_property
from sandbox.microsoft.graph.facts import FACTS, Fact, Value
from sandbox.microsoft.graph.properties import normal_property_id
from sandbox.microsoft.graph.shelf import Item, Shelf

Question = Callable[[Item], bool]
_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|[(),]|[^\s(),']+)")
_TEXT = r"'((?:[^']|'')*)'"
MARKED = re.compile(
    rf"singleValueExtendedProperties/any\(\s*(\w+)\s*:\s*\1/id eq {_TEXT}"
    rf"(?:\s+and\s+\1/value (eq|ne) {_TEXT})?\s*\)",
    re.IGNORECASE,
)
_OPERATORS = ("eq", "ne", "gt", "ge", "lt", "le")
_FUNCTIONS: dict[str, Callable[[str, str], bool]] = {
    "startswith": lambda text, part: text.startswith(part),
    "contains": lambda text, part: part in text,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A parsed $filter: its question, and the properties in the order in which they stand in it."""

    asks: Question
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """One term of $orderby."""

    path: str
    falling: bool


def parse_filter(text: str, shelf: Shelf, key_of: Callable[[str, str], str]) -> Filter:
    """Parse a $filter. `key_of`: property and id as the client knows it → our own. Raises GraphError."""
    marks: list[Question] = []

    def replace(found: re.Match[str]) -> str:
        marks.append(_mark(found, shelf))
        return f" __mark{len(marks) - 1} "

    reader = _Reader(MARKED.sub(replace, text), marks, key_of)
    asks = reader.read()
    return Filter(asks, tuple(dict.fromkeys(reader.properties)))


def _mark(found: re.Match[str], shelf: Shelf) -> Question:
    name = normal_property_id(found.group(2).replace("''", "'"))
    operator, value = (found.group(3) or "").lower(), (found.group(4) or "").replace("''", "'")

    def ask(item: Item) -> bool:
        held = shelf.properties.get(item.key, {}).get(name)
        if held is None or not operator:
            return held is not None
        return (held == value) is (operator == "eq")

    return ask


class _Reader:
    def __init__(self, text: str, marks: Sequence[Question], key_of: Callable[[str, str], str]) -> None:
        self._marks = marks
        self._key_of = key_of
        self._tokens: list[str] = []
        self._at = 0
        self.properties: list[str] = []
        at, text = 0, text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise bad_request(f"Invalid filter clause: Syntax error at position {at}.")
            self._tokens.append(found.group(1))
            at = found.end()

    def read(self) -> Question:
        asks = self._any()
        if self._at != len(self._tokens):
            raise self._wrong()
        return asks

    def _wrong(self) -> Exception:
        return bad_request(f"Invalid filter clause: Syntax error at token {self._at}.")

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise self._wrong()
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, token: str) -> None:
        if self._next() != token:
            raise self._wrong()

    def _any(self) -> Question:
        questions = [self._all()]
        while self._peek() == "or":
            self._next()
            questions.append(self._all())
        return questions[0] if len(questions) == 1 else lambda item: any(one(item) for one in questions)

    def _all(self) -> Question:
        questions = [self._single()]
        while self._peek() == "and":
            self._next()
            questions.append(self._single())
        return questions[0] if len(questions) == 1 else lambda item: all(one(item) for one in questions)

    def _single(self) -> Question:
        token = self._next()
        if token == "not":
            inner = self._single()
            return lambda item: not inner(item)
        if token == "(":
            inner = self._any()
            self._expect(")")
            return inner
        if token.startswith("__mark"):
            return self._marks[int(token.removeprefix("__mark"))]
        if self._peek() == "(":
            return self._function(token)
        return self._comparison(token)

    def _function(self, name: str) -> Question:
        if name.lower().endswith(("/any", "/all")) or name == "endswith":
            raise bad_request(
                "The query filter contains one or more invalid nodes.", "ErrorInvalidUrlQueryFilter"
            )
        if name not in _FUNCTIONS:
            raise bad_request(f"An unknown function with name '{name[:40]}' was found.")
        self._expect("(")
        fact = self._fact(self._next())
        self._expect(",")
        part = str(_literal(self._next())).casefold()
        self._expect(")")
        holds = _FUNCTIONS[name]
        return lambda item: holds(str(fact.of(item)).casefold(), part)

    def _comparison(self, path: str) -> Question:
        fact = self._fact(path)
        operator = self._next()
        if operator not in _OPERATORS:
            raise self._wrong()
        value = _literal(self._next())
        if value is not None and not isinstance(value, fact.type):
            raise bad_request("A binary operator with incompatible types was detected.")
        if fact.keyed:
            value = self._key_of(path, str(value))
        if fact.type is str and not fact.exact:
            value = str(value).casefold()
            return lambda item: _holds(operator, str(fact.of(item)).casefold(), value)
        return lambda item: _holds(operator, fact.of(item), value)

    def _fact(self, path: str) -> Fact:
        fact = FACTS.get(path)
        if fact is None:
            raise no_property(path)
        self.properties.append(path)
        return fact


def _holds(operator: str, held: Value, wanted: Value) -> bool:
    if operator in ("eq", "ne"):
        return (held == wanted) is (operator == "eq")
    if not isinstance(held, str | datetime) or type(held) is not type(wanted):
        return False
    one, other = _comparable(held), _comparable(wanted)
    if one == other:
        return operator in ("ge", "le")
    return (one < other) is operator.startswith("l")


def _comparable(value: Value) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def _literal(token: str) -> Value:
    if token.startswith("'"):
        return token[1:-1].replace("''", "'")
    if token in ("true", "false"):
        return token == "true"
    if token == "null":
        return None
    try:
        moment = datetime.fromisoformat(token)
    except ValueError:
        raise bad_request("Invalid filter clause: a literal could not be read.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_order(text: str) -> tuple[Order, ...]:
    """Parse an $orderby. Raises GraphError."""
    terms = []
    for term in text.split(","):
        path, _, direction = term.strip().partition(" ")
        direction = direction.strip().lower()
        if direction not in ("", "asc", "desc"):
            raise bad_request("Syntax error in $orderby.")
        if path not in FACTS:
            raise no_property(path)
        terms.append(Order(path, direction == "desc"))
    return tuple(terms)


def check_order(filtered: Filter | None, order: Sequence[Order]) -> None:
    """Refuse an order that the filter does not begin with. Raises GraphError (InefficientFilter)."""
    if filtered is None or not order:
        return
    wanted = tuple(dict.fromkeys(one.path for one in order))
    if filtered.properties[: len(wanted)] != wanted:
        raise inefficient()
