"""People who are found in marked mail: scanned, left out, suggested anyway, with every failure on the way."""

from datetime import timedelta

from sandbox.faults import Fault, Kind
from tests.flows.discovery.scanning import begin, letter, said, suggested
from tests.flows.markers.marks import Marks
from tests.flows.markers.vendors import GMAIL, Vendor
from tests.stage import Stage

SOON = timedelta(minutes=6)


def discover(stage: Stage, marks: Marks, vendor: Vendor = GMAIL) -> None:
    """Scan, look why somebody was left out, and suggest them; then scan while everything fails."""
    found, silent = _strangers(stage, marks)
    window = begin(stage)
    assert found in suggested(stage)
    stage.press(stage.ann, window, "discovery.skipped")
    block = next(b for b in window.blocks if "you never wrote to them" in str(b.get("text")))
    stage.press(stage.ann, window, "discovery.show_reason", block_id=block["block_id"])
    assert silent in said(window)
    block = next(b for b in window.blocks if silent in str(b.get("text")))
    stage.press(stage.ann, window, "discovery.anyway", block_id=block["block_id"])
    assert silent in suggested(stage)
    stage.ann.close()
    _fail(stage, vendor)


def _strangers(stage: Stage, marks: Marks) -> tuple[str, str]:
    """Let two strangers write, of whom one is answered; their firms are marked as well."""
    own, firm = marks.address("own"), f"{marks.name('firm')}.example"
    found, silent = (f"{marks.name(one)}@{firm}" for one in ("found", "silent"))
    at, subject = stage.clock.now() - timedelta(days=1), marks.words("scanned")
    for sender, to in (
        (f"Kim {marks.name('found')} <{found}>", own),
        (own, found),
        (f"Lee {marks.name('silent')} <{silent}>", own),
    ):
        stage.world.send(letter(sender, to, at, subject=subject), at=at, announce=False)
    return found, silent


def _fail(stage: Stage, vendor: Vendor) -> None:
    for status in (429, 503, 403):
        stage.faults.add(Fault(vendor.service, Kind.STATUS, "", times=4, status=status, retry_after=60))
        stage.faults.add(Fault("slack", Kind.STATUS, "/api/users.lookupByEmail", times=1, status=503))
        begin(stage)
        for _ in range(4):
            stage.later(SOON)
        stage.faults.clear(vendor.service)
        stage.faults.clear("slack")
        stage.ann.close()
