"""What the flows of the review share: Home's page, and pressing what stands beside somebody."""

from copy import deepcopy
from typing import Any

from sqlalchemy import select

from sandbox.slack.state import View
from store import candidates
from store.candidates import Candidate
from store.database import Transaction
from store.schema import candidate
from tests.flows.accounts.walking import member
from tests.flows.home.looking import look, shown, words
from tests.stage import Stage

TOM = "tom@abel.example"


def open_people(stage: Stage, handle: str = "ann") -> View:
    """Open Home's page People found."""
    look(stage, handle)
    stage.press(stage.person(handle), shown(stage, handle), "home.people")
    return shown(stage, handle)


def as_it_is(home: View) -> list[dict[str, Any]]:
    """Keep what Home shows at this moment."""
    return deepcopy(home.blocks)


def go_back(stage: Stage, blocks: list[dict[str, Any]], handle: str = "ann") -> View:
    """Be at a screen that still shows what Home showed before."""
    home = shown(stage, handle)
    home.blocks = deepcopy(blocks)
    return home


def turn(stage: Stage, place: str, handle: str = "ann") -> View:
    """Press whichever button of Home leads to a place of the page."""
    home = shown(stage, handle)
    for block in home.blocks:
        for one in (*block.get("elements", ()), block.get("accessory") or {}):
            if f'"place":"{place}"' in str(one.get("value", "")):
                stage.press(stage.person(handle), home, one["action_id"], block_id=block["block_id"])
                return shown(stage, handle)
    raise AssertionError(f"no button leads to {place!r}")


def row_of(home: View, address: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two blocks of somebody: who it is, and the buttons."""
    at = next(n for n, block in enumerate(home.blocks) if f" · {address}" in words_of(block))
    return home.blocks[at], home.blocks[at + 1]


def words_of(block: dict[str, Any]) -> str:
    """What a section says."""
    return str((block.get("text") or {}).get("text", "")) if block["type"] == "section" else ""


def press(stage: Stage, action_id: str, address: str, handle: str = "ann", value: str = "") -> View:
    """Press a button beside somebody; `value` chooses an entry of the menu by the word in it."""
    home = shown(stage, handle)
    _, row = row_of(home, address)
    which: dict[str, Any] = {"block_id": row["block_id"]}
    if value:
        menu = next(one for one in row["elements"] if one["action_id"] == action_id)
        entry = next(one for one in menu["options"] if f'"{value}"' in one["value"])
        which["value"] = entry["value"]
    stage.press(stage.person(handle), home, action_id, **which)
    return shown(stage, handle)


def agree(stage: Stage, handle: str = "ann") -> View:
    """Read who sees contacts, and press Add there."""
    person = stage.person(handle)
    window = person.window()
    assert window.title is not None and window.title["text"] == "Contacts are shared"
    assert person.submit().accepted
    stage.settle()
    return shown(stage, handle)


def tick(stage: Stage, *addresses: str, handle: str = "ann") -> None:
    """Tick the boxes beside people."""
    home, person = shown(stage, handle), stage.person(handle)
    for address in addresses:
        row, _ = row_of(home, address)
        chosen = row["accessory"]["options"][0]["value"]
        person.fill(home, "discovery.select", [chosen], block_id=row["block_id"])
    stage.settle()


def names(home: View) -> list[str]:
    """The addresses of the people on the page, in their order."""
    said = [words_of(block).split("\n")[0] for block in home.blocks]
    return [part for line in said for part in line.split(" · ") if "@" in part and " " not in part]


def states(stage: Stage, handle: str = "ann") -> dict[str, str]:
    """How the member's people stand, by address."""
    who = member(stage, handle)
    with stage.mailroom.database.read() as tx:
        rows = tx.all(select(candidate.c.address, candidate.c.state).where(candidate.c.member_id == who.id))
    return {row.address: row.state for row in rows}


def person(tx: Transaction, stage: Stage, address: str, handle: str = "ann") -> Candidate:
    """Somebody found, as they stand."""
    who = member(stage, handle)
    found = candidates.by_address(tx, who.workspace_id, who.id, address)
    assert found is not None
    return found


__all__ = [
    "TOM",
    "agree",
    "as_it_is",
    "go_back",
    "look",
    "names",
    "open_people",
    "person",
    "press",
    "row_of",
    "shown",
    "states",
    "tick",
    "turn",
    "words",
    "words_of",
]
