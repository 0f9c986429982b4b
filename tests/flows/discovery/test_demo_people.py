"""What a scan shows a newcomer to the demo: people of every kind, in Gmail and in Outlook."""

import pytest

from bot import doors
from bot.discovery.strength import Group, group_of
from tests.flows.discovery.nights import people
from tests.flows.discovery.scanning import begin, left_out, said
from tests.stage import connect, standing


@pytest.mark.parametrize(("handle", "shared"), [("ann", 0), ("cleo", 1)])
def test_a_newcomers_scan_finds_people_of_every_kind(sqlite_url: str, handle: str, shared: int) -> None:
    with standing(sqlite_url) as stage:
        connect(stage, handle, f"{handle}@northwind.example")
        window = begin(stage, handle)
        found, reasons = people(stage, handle).values(), left_out(stage, handle)
        stage.press(stage.person(handle), window, doors.HOME_PAGE.action_id)
        home = said(stage.person(handle).home())
    people_alone = len(found) - shared
    expected = f"{people_alone} new people" + (", and 1 shared mailbox" if shared else "")
    assert expected in said(window).split("\n")
    assert f"Pending {people_alone}" in home
    assert ("1 shared mailbox (" in home) == bool(shared)
    for group in Group:
        some = [one.address for one in found if group_of(one.strength) is group and not one.shared]
        assert len(some) >= 2, group
    assert sum(one.shared for one in found) == shared
    assert {"colleague", "one_way"} <= set(" ".join(reasons.values()).split())
