"""A contact that goes into another one while somebody has a window about it open."""

from tests.flows.appointments.dates import ask, enter, save, the_one
from tests.flows.contacts.people import DANA, everybody, submit
from tests.flows.contacts.test_edit import choose, dana
from tests.flows.contacts.test_endings import pick, tom
from tests.flows.home.looking import look, rows
from tests.stage import Stage


def merge_dana_into_tom(stage: Stage) -> None:
    """Have Ann put Dana's contact into Tom's."""
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    assert submit(stage, stage.ann).accepted
    assert [one.name for one in everybody(stage)] == ["Tom Abel"]


def test_an_appointment_saved_after_its_contact_was_merged_stands_with_the_one_that_stayed(
    stage: Stage,
) -> None:
    dana(stage)
    stage.ann.close()
    ask(stage, DANA, "ben")
    enter(stage, "ben", title="Prices for spring", day="2026-11-20", clock="14:00", length="30")
    merge_dana_into_tom(stage)
    assert save(stage, "ben").accepted
    (kept,) = everybody(stage)
    assert the_one(stage).contact_id == kept.id
    (next_one,) = rows(look(stage, "ben"), "Next appointments")
    assert "Prices for spring" in str(next_one)


def test_an_appointment_changed_after_its_contact_was_merged_stays_with_the_one_that_stayed(
    stage: Stage,
) -> None:
    dana(stage)
    stage.ann.close()
    ask(stage, DANA, "ben")
    enter(stage, "ben", title="Prices for spring", day="2026-11-20", clock="14:00", length="30")
    assert save(stage, "ben").accepted
    stage.press(stage.person("ben"), stage.person("ben").window(), "appointments.open")
    merge_dana_into_tom(stage)
    enter(stage, "ben", title="Prices for summer")
    assert save(stage, "ben").accepted
    (kept,) = everybody(stage)
    assert (the_one(stage).contact_id, the_one(stage).title) == (kept.id, "Prices for summer")
