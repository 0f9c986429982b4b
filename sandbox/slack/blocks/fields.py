"""The words in which the tables say what a field of Block Kit may hold."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Field:
    """What one field may hold.

    `kind`: string, flag, whole, choice, text, plain, object, typed, list.
    `low`/`high` bound characters, items or the number; `of` names choices, an object, or allowed types;
    `inner` is what a list holds; `form` names a syntax (url, date, time, number, id).
    """

    kind: str
    required: bool = False
    low: int | None = None
    high: int | None = None
    of: tuple[str, ...] = ()
    inner: "Field | None" = None
    form: str = ""


Table = dict[str, Field]


def string(high: int | None = None, low: int = 1, form: str = "") -> Field:
    """Allow a string; Slack refuses empty ones nearly everywhere."""
    return Field("string", low=low, high=high, form=form)


def flag() -> Field:
    """Allow true or false."""
    return Field("flag")


def whole(low: int, high: int) -> Field:
    """Allow a whole number between two others."""
    return Field("whole", low=low, high=high)


def choice(*of: str) -> Field:
    """Allow one of these words."""
    return Field("choice", of=of)


def text(high: int) -> Field:
    """Allow a text object, plain or mrkdwn."""
    return Field("text", low=1, high=high)


def plain(high: int) -> Field:
    """Allow a plain_text object only."""
    return Field("plain", low=1, high=high)


def thing(name: str) -> Field:
    """Allow an object without `type`, described by the table of that name."""
    return Field("object", of=(name,))


def typed(*of: str) -> Field:
    """Allow an object whose `type` is one of these."""
    return Field("typed", of=of)


def many(inner: Field, low: int, high: int) -> Field:
    """Allow a list."""
    return Field("list", low=low, high=high, inner=inner)


def must(field: Field) -> Field:
    """Make a field one that has to be there."""
    return replace(field, required=True)
