"""Marked people who were found, decided in every way: edited, added, dismissed, blocked, and taken back."""

from sandbox.faults import Fault, Kind
from tests.flows.discovery.reviewing import open_people, press, shown, states, turn
from tests.flows.markers.marks import Marks
from tests.flows.markers.vendors import GMAIL, Vendor
from tests.stage import Stage


def decide(stage: Stage, marks: Marks, vendor: Vendor = GMAIL) -> None:
    """Dismiss and block one, add another as typed, with mistakes and failures on the way."""
    firm = f"{marks.name('firm')}.example"
    found, silent = (f"{marks.name(one)}@{firm}" for one in ("found", "silent"))
    stage.faults.add(Fault(vendor.service, Kind.STATUS, "", times=4, status=503))
    open_people(stage)
    press(stage, "discovery.more", silent, value="talks")
    stage.faults.clear(vendor.service)
    stage.ann.close()
    press(stage, "discovery.more", silent, value="edit")
    window = stage.ann.window()
    for block_id, text in (("address", f"{marks.name('typed')} at home"), ("company", marks.name("company"))):
        stage.ann.fill(window, "record.person_typed", text, block_id=block_id)
    assert stage.ann.submit().errors
    stage.ann.fill(window, "record.person_typed", silent, block_id="address")
    assert stage.ann.submit().accepted
    stage.settle()
    stage.ann.close()
    assert states(stage)[silent] == "added"

    press(stage, "discovery.dismiss", found)
    turn(stage, "dismissed 0")
    press(stage, "discovery.bring_back", found)
    turn(stage, "pending 0")
    press(stage, "discovery.more", found, value="domain")
    stage.press(stage.ann, shown(stage), "home.accounts")
    stage.press(stage.ann, shown(stage), "discovery.blocked")
    stage.ann.close()
    assert states(stage)[found] == "dismissed"
