"""Why people were left out: reasons with numbers, their people, the member's own word, every sender."""

from datetime import timedelta

import pytest

from sandbox.slack.state import View
from store import across
from store.schema import candidate
from tests.flows.discovery.scanning import ANN, begin, left_out, letter, rows, said, scans, suggested, trade
from tests.flows.discovery.test_scan_trouble import MINUTE, throttle
from tests.stage import Stage, connect


def why(stage: Stage) -> View:
    """Scan, and ask why people were left out, in the same window."""
    window = begin(stage)
    stage.press(stage.ann, window, "discovery.skipped")
    return window


def open_reason(stage: Stage, window: View, sentence: str) -> None:
    """Press Show beside a reason."""
    block = next(b for b in window.blocks if sentence in str(b.get("text", {}).get("text", "")))
    stage.press(stage.ann, window, "discovery.show_reason", block_id=block["block_id"])


def one_way(stage: Stage, count: int) -> None:
    """Let people write to Ann whom she never answered."""
    for number in range(count):
        raw = letter(f"Person {number:02} <p{number:02}@oneway.example>", ANN, stage.clock.now())
        stage.world.send(raw, announce=False)


def test_reasons_stand_with_their_numbers_and_one_is_open_at_a_time(stage: Stage) -> None:
    connect(stage)
    window = why(stage)
    found = left_out(stage)
    strangers = [one for one, reasons in found.items() if reasons == "one_way"]
    assert f"Wrote to you, and you never wrote to them. {len(strangers)}" in said(window)
    assert strangers[0] not in said(window)
    open_reason(stage, window, "you never wrote to them")
    assert all(one in said(window) for one in strangers)
    open_reason(stage, window, "Works where you work")
    assert strangers[0] not in said(window)
    assert "cleo@northwind.example" in said(window)
    open_reason(stage, window, "Works where you work")
    assert "cleo@northwind.example" not in said(window)


def test_twenty_people_stand_on_a_page(stage: Stage) -> None:
    one_way(stage, 30)
    connect(stage)
    window = why(stage)
    open_reason(stage, window, "you never wrote to them")
    assert len(window.blocks) <= 60
    first = said(window)
    assert first.count("@") == 20
    stage.press(stage.ann, window, "discovery.older_skipped")
    second = said(window)
    assert not {line for line in first.split("\n") if "@oneway" in line} & set(second.split("\n"))
    stage.press(stage.ann, window, "discovery.newer_skipped")
    assert said(window) == first


@pytest.mark.parametrize("start", [10**6, 10**30, -5])
def test_a_page_that_never_was_is_the_nearest_one(stage: Stage, start: int) -> None:
    one_way(stage, 30)
    connect(stage)
    window = why(stage)
    open_reason(stage, window, "you never wrote to them")
    pages = [said(window)]
    older = next(one for block in window.blocks for one in block.get("elements", ()) if "older" in str(one))
    older["value"] = older["value"].replace('"start":20', f'"start":{start}')
    stage.press(stage.ann, window, "discovery.older_skipped")
    assert "@oneway.example" in said(window)
    assert (said(window) == pages[0]) is (start < 0)


def test_a_domain_that_looks_like_that_of_somebody_known_is_pointed_out(stage: Stage) -> None:
    trade(stage, "Robin Reed <robin@reedworks.example>")
    for number, sender in enumerate(
        ("Robin Reed <robin@reedw0rks.example>", "Ben <ben@northwlnd.example>", "Eve <eve@plain.example>")
    ):
        at = stage.clock.now() - timedelta(hours=number + 1)
        stage.world.send(letter(sender, ANN, at, subject=f"Pay {number}"), at=at, announce=False)
    connect(stage)
    window = why(stage)
    open_reason(stage, window, "you never wrote to them")
    told = {
        block["text"]["text"].split("\n")[0]: block["text"]["text"]
        for block in window.blocks
        if "accessory" in block
    }
    assert "looks like reedworks.example, and is another one" in told["Robin Reed · robin@reedw0rks.example"]
    assert "looks like northwind.example, and is another one" in told["Ben · ben@northwlnd.example"]
    assert "Careful" not in told["Eve · eve@plain.example"]


def test_suggest_anyway_puts_somebody_under_people_found_and_a_later_scan_leaves_them_there(
    stage: Stage,
) -> None:
    one_way(stage, 1)
    connect(stage)
    window = why(stage)
    strangers = list(left_out(stage).values()).count("one_way")
    open_reason(stage, window, "you never wrote to them")
    block = next(b for b in window.blocks if "p00@oneway" in str(b.get("text", {}).get("text", "")))
    stage.press(stage.ann, window, "discovery.anyway", block_id=block["block_id"])
    assert "p00@oneway.example stands under People found now." in said(window)
    assert said(window).count("p00@oneway") == 1, "the list has them no more"
    assert f"you never wrote to them. {strangers - 1}" in said(window)
    assert "p00@oneway.example" in suggested(stage)
    stage.ann.close()
    window = why(stage)
    assert "p00@oneway.example" in suggested(stage)
    open_reason(stage, window, "you never wrote to them")
    assert f"you never wrote to them. {strangers - 1}" in said(window)
    assert "p00@oneway" not in said(window)
    ((_, reasons),) = [
        row for row in rows(stage, candidate.c.address, candidate.c.reasons) if "oneway" in row[0]
    ]
    assert reasons.split()[0] == "anyway"


def test_look_at_every_sender_reads_what_was_filed_apart_with_progress(stage: Stage) -> None:
    connect(stage)
    window = why(stage)
    before = left_out(stage)
    throttle(stage)
    stage.clock.advance(MINUTE)  # of two scans, the one that began later is the last
    stage.press(stage.ann, window, "discovery.every_sender")
    assert "Every sender since 6 November" in said(window)
    stage.later(MINUTE)
    assert scans(stage) == ["done", "done"]
    more = set(left_out(stage)) - set(before)
    assert more
    stage.press(stage.ann, window, "discovery.skipped")
    assert "Look at every sender" not in said(window)


def test_a_list_whose_time_is_over_says_why_it_is_empty(stage: Stage) -> None:
    connect(stage)
    window = why(stage)
    stage.clock.advance(timedelta(days=15))
    with stage.mailroom.database.write() as tx:
        across.purge(tx)
    open_reason(stage, window, "Works where you work")
    assert "Nobody is kept here at the moment" in said(window)
    assert left_out(stage) == {}


def test_somebody_whose_row_is_gone_cannot_be_suggested_any_more(stage: Stage) -> None:
    one_way(stage, 1)
    connect(stage)
    window = why(stage)
    open_reason(stage, window, "you never wrote to them")
    stage.clock.advance(timedelta(days=15))
    with stage.mailroom.database.write() as tx:
        across.purge(tx)
    block = next(b for b in window.blocks if "p00@oneway" in str(b.get("text", {}).get("text", "")))
    stage.press(stage.ann, window, "discovery.anyway", block_id=block["block_id"])
    assert "This is not there any more" in said(stage.ann.window())
    assert "p00@oneway.example" not in suggested(stage)
