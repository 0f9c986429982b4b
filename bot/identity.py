"""Who may use Mailroom: full members of the workspace, nobody else (screens.md 1, reliability T21).

Pure decisions about what Slack says of a person. Only the ids of a signed payload are believed; everything
else is asked from Slack.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class NotAllowed(Exception):
    """This person may not use Mailroom. `reason`: guest · stranger · bot · deactivated."""

    def __init__(self, reason: str, workspace_name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.workspace_name = workspace_name


@dataclass(frozen=True, slots=True)
class Caller:
    """Who Slack says pressed, typed or opened something."""

    team_id: str
    user_id: str
    home_team_id: str  # the team the person belongs to; another one in a shared channel


@dataclass(frozen=True, slots=True)
class Profile:
    """What users.info says, as far as Mailroom needs it. `address` is "" without users:read.email."""

    user_id: str
    team_id: str
    name: str
    handle: str
    address: str
    zone: str
    locale: str
    is_admin: bool
    is_guest: bool
    is_deleted: bool
    is_bot: bool
    is_stranger: bool
    updated: int  # when Slack's word on them was last changed, in seconds; 0 where it does not say


def caller(body: Mapping[str, Any]) -> Caller:
    """Read who it was from any payload of Slack's: command, press, window, options, event."""
    if "user_id" in body:  # a command
        team = str(body.get("team_id", ""))
        return Caller(team, str(body["user_id"]), team)
    if "event" in body:
        team = str(body.get("team_id", ""))
        event = body["event"]
        return Caller(team, str(event.get("user", "")), str(event.get("user_team", team)))
    user = body.get("user") or {}
    home = str(user.get("team_id") or "")
    team = str((body.get("team") or {}).get("id") or home)  # null for org-wide installations
    return Caller(team, str(user.get("id", "")), home or team)


def profile(user: Mapping[str, Any]) -> Profile:
    """Read the `user` object of users.info."""
    card = user.get("profile") or {}
    return Profile(
        user_id=str(user.get("id", "")),
        team_id=str(user.get("team_id", "")),
        name=str(card.get("real_name") or user.get("real_name") or user.get("name") or ""),
        handle=str(card.get("display_name") or user.get("name") or ""),
        address=str(card.get("email") or ""),
        zone=str(user.get("tz") or "UTC"),
        locale=str(user.get("locale") or "en-US"),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deleted=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user.get("id") == "USLACKBOT",
        is_stranger=bool(user.get("is_stranger")),
        updated=int(user.get("updated") or 0),
    )


def refuse_unless_member(who: Profile, team_id: str, workspace_name: str) -> None:
    """Raise NotAllowed for guests, strangers, bots and people who have left."""
    if who.is_stranger or (who.team_id and who.team_id != team_id):
        raise NotAllowed("stranger", workspace_name)
    if who.is_bot:
        raise NotAllowed("bot", workspace_name)
    if who.is_deleted:
        raise NotAllowed("deactivated", workspace_name)
    if who.is_guest:
        raise NotAllowed("guest", workspace_name)
