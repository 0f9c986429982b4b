"""Steps of connecting, one by one, for tests that stop half-way; and what lies in the tables."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from sandbox.slack.person import Person
from sandbox.slack.state import View
from store import accounts, members
from store.accounts import Account
from store.members import Member
from store.schema import metadata
from tests.browser_walk import Page
from tests.stage import Stage, ask_link, texts

ANN, PRIVATE, BEN = "ann@northwind.example", "ann.lee.private@gmail.example", "ben@northwind.example"
PAGE_LINK, DIGITS = "accounts.open_page", "accounts.digits"


def link_of(person: Person) -> str:
    """Read the link of the window on top."""
    return str(person.element(person.window(), PAGE_LINK)["url"])


def shown(person: Person, window: View | None = None) -> str:
    """Read the window on top."""
    return texts((window or person.window()).blocks)


def query_of(address: str) -> dict[str, str]:
    """Read an address's query."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def page_of(answer: Page | str) -> Page:
    """The page that came, where no way outside was to come."""
    assert isinstance(answer, Page), f"led outside: {urlsplit(str(answer)).path}"
    return answer


def member(stage: Stage, handle: str = "ann") -> Member:
    """Read a member's row."""
    with stage.mailroom.database.read() as tx:
        row = tx.first(select(metadata.tables["workspace"].c.id))
        assert row is not None
        found = members.by_slack_user(tx, row.id, stage.person(handle).id)
    assert found is not None
    return found


def connected(stage: Stage, handle: str = "ann") -> tuple[Account, ...]:
    """List a member's accounts."""
    who = member(stage, handle)
    with stage.mailroom.database.read() as tx:
        return accounts.of_member(tx, who.workspace_id, who.id)


def rows(stage: Stage, table: str) -> list[dict[str, Any]]:
    """Read a whole table."""
    with stage.mailroom.database.read() as tx:
        return [dict(row._mapping) for row in tx.all(select(metadata.tables[table]))]


def everything_kept(stage: Stage) -> Iterator[str]:
    """Every value of every table, as text."""
    for name in metadata.tables:
        for row in rows(stage, name):
            yield from (str(value) for value in row.values())


def live_grants(stage: Stage, address: str) -> int:
    """Count what Google still honours."""
    person = stage.google.realm.person(address)
    assert person is not None
    return stage.google.realm.grants.live_refresh_tokens(stage.client.id, person)


def settings(stage: Stage, handle: str = "ann") -> View:
    """Open App Home on its page of accounts."""
    person = stage.person(handle)
    person.open_home()
    stage.settle()
    home = person.home()
    assert home is not None
    stage.press(person, home, "home.accounts")
    home = person.home()
    assert home is not None
    return home


def press_for(stage: Stage, where: View, action_id: str, label: str, handle: str = "ann") -> None:
    """Press the button that a screen reader calls `label`."""
    for block in where.blocks:
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if element.get("action_id") == action_id and element.get("accessibility_label") == label:
                stage.press(stage.person(handle), where, action_id, block_id=block["block_id"])
                return
    raise LookupError(f"nothing is called {label!r}")


__all__ = ["ask_link"]
