"""$search: the part of Keyword Query Language that finds mail. Words are compared, never whole addresses.

Source: https://learn.microsoft.com/graph/search-query-parameter and
https://learn.microsoft.com/sharepoint/dev/general-development/keyword-query-language-kql-syntax-reference
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from sandbox.mail.index import Index, words
from sandbox.microsoft.graph.errors import bad_request
from sandbox.microsoft.graph.facts import received_at, sent_at
from sandbox.microsoft.graph.shelf import Item

Question = Callable[[Item], bool]
_TOKEN = re.compile(r'\s*(\(|\)|(?:\w+(?::|[<>]=?|=))?"[^"]*"|[^\s()"]+)')
_FIELD = re.compile(r"(\w+)(:|>=|<=|>|<|=)(.*)", re.DOTALL)
_PEOPLE = {
    "from": ("from",),
    "to": ("to",),
    "cc": ("cc",),
    "bcc": ("bcc",),
    "recipients": ("to", "cc", "bcc"),
    "participants": ("from", "to", "cc", "bcc"),
}
_JOINTS = ("AND", "OR", "NOT")


def nothing(item: Item) -> bool:
    del item
    return False


def unquote(text: str) -> str:
    """Take the quotes off a $search. Raises GraphError: without them signs are no words."""
    if len(text) >= 2 and text.startswith('"') and text.endswith('"'):
        inner = text[1:-1]
        if re.search(r'(?<!\\)(?:\\\\)*"', inner):
            raise bad_request("Syntax error: an unescaped quote in the search.")
        return re.sub(r"\\(.)", r"\1", inner)
    strange = re.search(r"[^\w\s]", text)
    if strange or not text.strip():
        at = strange.start() if strange else 0
        sign = strange.group() if strange else ""
        raise bad_request(f"Syntax error: character '{sign}' is not valid at position {at}.")
    return text


def parse_search(text: str, index: Index) -> Question:
    """Parse a $search. Raises GraphError."""
    reader = _Reader(unquote(text), index)
    return reader.group("")


class _Reader:
    def __init__(self, text: str, index: Index) -> None:
        self._tokens = _TOKEN.findall(text)
        self._at = 0
        self._index = index

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def group(self, closer: str) -> Question:
        """Read terms up to `closer`: side by side they must all hold, of the same property any."""
        held: list[tuple[str, list[Question]]] = []
        joint = ""
        while (token := self._peek()) and token != closer:
            self._at += 1
            if token in ("AND", "OR"):
                joint = token
                continue
            name, question = self._term(token)
            same = bool(held) and name and held[-1][0] == name and not joint
            if held and (joint == "OR" or same):
                held[-1][1].append(question)
            else:
                held.append((name, [question]))
            joint = ""
        if closer and self._peek() != closer:
            raise bad_request("Syntax error: a bracket is not closed.")
        self._at += 1
        if not held:
            raise bad_request("Syntax error: nothing to search for.")
        return lambda item: all(any(one(item) for one in group) for _, group in held)

    def _term(self, token: str) -> tuple[str, Question]:
        if token == "NOT" or (token.startswith("-") and len(token) > 1):
            rest = token[1:] if token != "NOT" else self._take()
            _, question = self._term(rest)
            return "", lambda item: not question(item)
        if token == "(":
            return "", self.group(")")
        if token == ")":
            raise bad_request("Syntax error: a bracket was not opened.")
        found = _FIELD.fullmatch(token)
        if not found:
            return "", self._free(token)
        name, operator, value = found.group(1).lower(), found.group(2), found.group(3)
        if not value and self._peek() == "(":
            self._at += 1
            return name, self._distributed(name)
        return name, self._field(name, operator, value, token)

    def _take(self) -> str:
        if not self._peek():
            raise bad_request("Syntax error: nothing after NOT.")
        self._at += 1
        return str(self._tokens[self._at - 1])

    def _distributed(self, name: str) -> Question:
        """Read name:(a OR b): the property holds for each term in the brackets."""
        start = self._at
        while self._peek() not in ("", ")"):
            if self._peek() not in (*_JOINTS, "("):
                self._tokens[self._at] = f"{name}:{self._peek()}"
            self._at += 1
        self._at = start
        return self.group(")")

    def _field(self, name: str, operator: str, value: str, token: str) -> Question:
        if name in _PEOPLE and operator in (":", "="):
            return _headers(self._index, _PEOPLE[name], value)
        if name == "subject" and operator in (":", "="):
            return _headers(self._index, ("subject",), value)
        if name == "body" and operator in (":", "="):
            return partial(_body, self._index, _phrase(value))
        if name == "attachment":
            phrase = _phrase(value)
            return lambda item: phrase.rstrip() in self._index.body(item.filed.raw).names
        if name in ("hasattachment", "hasattachments"):
            wanted = value.lower() == "true"
            return lambda item: self._index.body(item.filed.raw).files is wanted
        if name in ("received", "sent"):
            return _moment(name, operator, value.strip('"'))
        return self._free(token)

    def _free(self, token: str) -> Question:
        phrase = _phrase(token)
        heads = _headers(self._index, ("subject", "from", "to", "cc", "bcc"), token)
        return lambda item: heads(item) or _body(self._index, phrase, item)


def _phrase(value: str) -> str:
    """Make the run of words to look for; with a star at its end the last one may go on."""
    value = value.strip('"')
    whole = not value.endswith("*")
    found = " ".join(words(value))
    return f" {found} " if whole else f" {found}"


def _headers(index: Index, names: tuple[str, ...], value: str) -> Question:
    phrase = _phrase(value)
    if not phrase.strip():
        return nothing
    return lambda item: any(phrase in index.header(item.filed.raw, name) for name in names)


def _body(index: Index, phrase: str, item: Item) -> bool:
    body = index.body(item.filed.raw)
    return bool(phrase.strip()) and (phrase in body.words or phrase in body.names)


def _moment(name: str, operator: str, value: str) -> Question:
    try:
        wanted = datetime.fromisoformat(value)
    except ValueError:
        raise bad_request("Syntax error: a date could not be read.") from None
    wanted = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
    tell = received_at if name == "received" else sent_at
    if operator in (":", "="):
        return lambda item: tell(item.filed).date() == wanted.date()
    rising, equal = operator.startswith(">"), operator.endswith("=")

    def ask(item: Item) -> bool:
        moment = tell(item.filed)
        return (equal and moment == wanted) or (moment > wanted if rising else moment < wanted)

    return ask
