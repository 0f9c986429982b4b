"""What may be typed about somebody before they are added. Pure: fields in, values or problems out."""

from dataclasses import dataclass
from enum import StrEnum

from bot.discovery.people import Typed
from providers.content.addresses import clean_name
from providers.content.typed import typed_addresses


class Problem(StrEnum):
    """Why something typed is not taken."""

    NO_NAME = "no_name"
    NOT_AN_ADDRESS = "not_an_address"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the fields come to: `typed` to be kept, or the problem of a field by its name."""

    typed: Typed
    problems: dict[str, Problem]


def read(name: str, company: str, address: str, own: frozenset[str]) -> Reading:
    """Read the three fields. `own` are the member's addresses."""
    problems = {}
    name, company = clean_name(name), clean_name(company)
    if not name:
        problems["name"] = Problem.NO_NAME
    found, words = typed_addresses(address)
    written = found[0].address if len(found) == 1 and not words.strip() else ""
    if not written:
        problems["address"] = Problem.NOT_AN_ADDRESS
    elif written in own:
        problems["address"] = Problem.OWN
    return Reading(Typed(name, company, written), problems)
