"""From Slack's id of a team to a workspace of ours."""

from sqlalchemy import select

from store.database import Transaction
from store.ids import new_id
from store.schema import workspace
from store.workspaces import COLUMNS, Workspace


def workspace_of_team(tx: Transaction, team_id: str) -> Workspace | None:
    """Find the workspace of a Slack team."""
    row = tx.first(select(*COLUMNS).where(workspace.c.team_id == team_id))
    return None if row is None else Workspace(*row)


def install(tx: Transaction, team_id: str, enterprise_id: str | None, name: str) -> Workspace:
    """Add the workspace of a Slack team, or bring its name up to date."""
    values = {"id": new_id(), "team_id": team_id, "enterprise_id": enterprise_id, "name": name}
    tx.upsert(workspace, ("team_id",), values | {"created_at": tx.now}, keep=("id", "created_at"))
    found = workspace_of_team(tx, team_id)
    if found is None:
        raise RuntimeError("a workspace was added and is not there")
    return found
