"""The world's people as members of the sandbox's Slack: roles, zones and languages."""

from collections.abc import Mapping
from typing import Any

from sandbox.mail.people import Person
from sandbox.seed.numbers import digest
from sandbox.slack.state import SlackUser
from sandbox.world import World

_ROLES: Mapping[str, Mapping[str, Any]] = {
    "ann": {"tz": "Europe/Amsterdam", "locale": "en-GB"},
    "ben": {"tz": "America/New_York", "locale": "en-US"},
    "cleo": {"tz": "Europe/Paris", "locale": "fr-FR"},
    "oskar": {"tz": "Europe/Berlin", "locale": "de-DE", "is_admin": True, "is_owner": True},
    "gia": {"tz": "Europe/Rome", "locale": "it-IT", "is_restricted": True},
    "sam": {"tz": "America/Chicago", "locale": "en-US", "is_stranger": True, "team_id": "T0FABRIKAM"},
}


def slack_users(world: World) -> list[SlackUser]:
    """List everybody of the world who is in Slack, in the order in which they moved in."""
    return [_user(person) for person in world.people if person.slack]


def _user(person: Person) -> SlackUser:
    return SlackUser(
        id=f"U0{digest(person.slack, 8)}",
        name=person.slack,
        real_name=person.name,
        email=person.address,
        **_ROLES.get(person.slack, {}),
    )
