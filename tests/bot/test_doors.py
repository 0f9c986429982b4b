"""Buttons that lead into another feature: each has one owner, who listens."""

import pytest

import app
from bot import doors
from bot.registration import gather
from bot.words import Reader


def test_every_door_leads_somewhere() -> None:
    listening = gather(app.FEATURES).actions
    assert {door.action_id for door in doors.DOORS} - set(listening) == set()


@pytest.mark.parametrize(
    ("offers", "drawn"),
    [
        (("google",), ["Connect Gmail"]),
        (("google", "microsoft"), ["Connect Gmail", "Connect Outlook"]),
        (("microsoft", "nobody"), ["Connect Outlook"]),
    ],
)
def test_there_is_a_button_for_each_kind_of_account_on_offer(
    offers: tuple[str, ...], drawn: list[str]
) -> None:
    buttons = doors.connect_buttons(Reader(), offers)
    assert [one["text"]["text"] for one in buttons] == drawn
    assert [one.get("style", "") for one in buttons] == ["primary", *[""] * (len(drawn) - 1)]
