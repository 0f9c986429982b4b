"""Workspaces: one Slack team each. Finding one by its Slack id is in store/across.py."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from store.database import Transaction
from store.schema import workspace


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace that has Mailroom."""

    id: str
    enterprise_id: str | None
    team_id: str
    name: str
    created_at: datetime


COLUMNS = tuple(workspace.c[name] for name in Workspace.__dataclass_fields__)


def get(tx: Transaction, workspace_id: str) -> Workspace | None:
    """Read a workspace."""
    row = tx.first(select(*COLUMNS).where(workspace.c.id == workspace_id))
    return None if row is None else Workspace(*row)


def rename(tx: Transaction, workspace_id: str, name: str) -> None:
    """Follow a change of its name in Slack."""
    tx.execute(update(workspace).where(workspace.c.id == workspace_id).values(name=name))


def lock(tx: Transaction, workspace_id: str) -> None:
    """Let no other transaction that locks this workspace go on before this one ends.

    Take it first: whoever holds another row and waits for this may be waited for. New rows of the workspace
    are held up by nobody: they lock its key, which this leaves free.
    """
    locked = select(workspace.c.id).where(workspace.c.id == workspace_id).with_for_update(key_share=True)
    tx.execute(locked)


def erase(tx: Transaction, workspace_id: str) -> bool:
    """Delete the workspace with everything that belongs to it. False: it was gone."""
    return tx.changed(delete(workspace).where(workspace.c.id == workspace_id)) == 1
