"""Buttons that lead into another feature: each has one owner, who listens."""

import app
from bot import doors
from bot.registration import gather


def test_every_door_leads_somewhere() -> None:
    listening = gather(app.FEATURES).actions
    assert {door.action_id for door in doors.DOORS} - set(listening) == set()
