"""Workspaces and members for store tests."""

from dataclasses import dataclass

from store import across, members
from store.database import Database
from store.members import Profile


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member, and where."""

    workspace_id: str
    member_id: str


def somebody(database: Database, team: str = "T1", user: str = "U1") -> Somebody:
    """Add a member with the workspace."""
    with database.write() as tx:
        workspace = across.install(tx, team, None, f"Team {team}")
        profile = Profile(user, "Robin", f"{user.lower()}@example.com", "Europe/Berlin", "en-GB")
        return Somebody(workspace.id, members.arrive(tx, workspace.id, profile).id)
