"""A colleague named with @ instead of by address: Slack is asked whose address that is."""

import re

from bot import identity
from bot.slack import CannotReach, ScopeMissing, ask
from bot.visits import Visit
from providers.content.addresses import normalise

_MENTION = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^<>]{0,200})?>")


def mentioned(text: str) -> tuple[str, str]:
    """Find the first person named with @ and give their id and the other words. ("", text) without one."""
    found = _MENTION.search(text)
    if not found:
        return "", text
    return found[1], " ".join(_MENTION.sub(" ", text).split())


def address_of(visit: Visit, user_id: str) -> str:
    """Ask Slack for somebody's address; "" where it does not tell."""
    client = visit.clients.patient(visit.workspace_id)
    try:
        told = ask(client.users_info, user=user_id)
        return normalise(identity.profile(told["user"]).address)
    except (CannotReach, ScopeMissing, ValueError):
        return ""
