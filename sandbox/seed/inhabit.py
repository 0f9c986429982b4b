"""Let people live in the sandbox: the written world, or the person's own mailbox; and let them answer."""

from dataclasses import dataclass
from pathlib import Path

from sandbox.clock import Clock
from sandbox.seed.answers import Answers
from sandbox.seed.members import slack_users
from sandbox.seed.own_mail import OwnMail, load_mbox
from sandbox.seed.plant import plant
from sandbox.slack.state import SlackUser
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Inhabited:
    """Who has moved in: the members of the Slack, and what was read from a file, if one was."""

    users: tuple[SlackUser, ...]
    own_mail: OwnMail | None = None


def inhabit(
    world: World, clock: Clock, *, mailbox: Path | None = None, member: str | None = None
) -> Inhabited:
    """Fill an empty world and start the answers. Raises own_mail.NoMail when the file cannot serve."""
    own_mail = None
    if mailbox is None:
        plant(world)
    else:
        own_mail = load_mbox(world, mailbox, member)
    Answers(world, clock)
    return Inhabited(tuple(slack_users(world)), own_mail)
