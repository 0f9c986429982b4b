"""Killed at any line of a decision, nobody is lost, doubled or half decided."""

import json
from typing import Any

import pytest

from sandbox.slack.payloads import Sender, actions_payload, in_view
from store import members
from tests.flows.accounts.walking import member
from tests.flows.discovery.nights import people, suggest
from tests.flows.discovery.reviewing import open_people
from tests.kill.copies import EVERY
from tests.kill.running import deaths
from tests.stage import Stage, standing

pytestmark = pytest.mark.kill

DECIDING = [
    *(f"bot/discovery/{name}.py" for name in ("review_listeners", "reviewing", "blocking", "telling")),
    *(f"store/{name}.py" for name in ("deciding", "found_contacts", "dismissals", "blocks", "hash_keys")),
    *(f"{name}.py" for name in ("bot/discovery/hashes", "store/activity", "store/transactions")),
    "store/database.py",
]
PEOPLE = 600 if EVERY else 200
# state, contacts with the address, whether the person's row names it, dismissals and blocks made for them
WAITS, ADDED = ["pending", 0, False, 0, 0], ["added", 1, True, 0, 0]
DISMISSED, BLOCKED = ["dismissed", 0, False, 1, 0], ["dismissed", 0, False, 0, 1]
ADD, DISMISS, BACK = "discovery.add", "discovery.dismiss", "discovery.bring_back"


def presses(stage: Stage, candidate: str) -> dict[str, dict[str, Any]]:
    """What Slack sends for each press beside somebody."""
    home = open_people(stage)
    ref = json.dumps({"v": 1, "candidate": candidate})
    menu = json.dumps({"v": 1, "candidate": candidate, "act": "address"})
    sender = Sender(stage.slack.app, stage.workspace, stage.ann.user)
    made = {}
    for action_id in (ADD, DISMISS, BACK, "discovery.more"):
        value = {"selected_option": {"value": menu}} if action_id == "discovery.more" else {"value": ref}
        sent = {"type": "button", "action_id": action_id, "block_id": "b", "action_ts": "1.1", **value}
        trigger = stage.slack.triggers.issue(stage.workspace.id, stage.ann.id)
        made[action_id] = actions_payload(sender, in_view(sender, home), sent, trigger)
    return made


@pytest.mark.parametrize(
    ("before", "action_id", "began", "wanted"),
    [
        ((), ADD, WAITS, ADDED),
        ((), DISMISS, WAITS, DISMISSED),
        ((ADD,), BACK, ADDED, WAITS),
        ((), "discovery.more", WAITS, BLOCKED),
    ],
    ids=["add", "dismiss", "undo", "block"],
)
def test_killed_at_any_line_of_a_decision_it_is_made_whole_or_not_at_all(
    sqlite_url: str, before: tuple[str, ...], action_id: str, began: list[object], wanted: list[object]
) -> None:
    with standing(sqlite_url) as stage:
        open_people(stage)
        suggest(stage, *(f"p{number}@firm{number}.example" for number in range(PEOPLE)))
        ids = [one.id for one in people(stage).values()]
        made = presses(stage, ids[0])
        who = member(stage)
        with stage.mailroom.database.write() as tx:
            members.told_sharing(tx, who.workspace_id, who.id)
        plan: dict[str, Any] = {"people": ids, "before": [made[one] for one in before]}
        plan |= {"payload": made[action_id], "began": began, "wanted": wanted}
        assert deaths("reviewing", stage, files=DECIDING, **plan) > 5
