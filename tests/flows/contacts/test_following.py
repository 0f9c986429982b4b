"""What follows a contact that changes: its appointments, and what stands of them in calendars."""

from tests.flows.appointments.dates import everything, make
from tests.flows.appointments.syncing import Syncing
from tests.flows.contacts.people import DANA, fill, submit
from tests.flows.contacts.test_edit import choose, dana, record_of
from tests.flows.contacts.test_endings import pick, tom
from tests.stage import Stage


def syncing(stage: Stage) -> Syncing:
    """Dana is a contact, and Ann's appointment with her stands in Ann's calendar."""
    ann = Syncing(stage, "ann", "ann@northwind.example")
    ann.connect()
    dana(stage)
    stage.ann.close()
    ann.switch_on()
    make(stage, "dana", title="Offer", day="2026-12-01")
    stage.ann.close()
    assert "Dana Reyes" in ann.only().title
    return ann


def test_a_new_name_is_written_into_the_calendar(stage: Stage) -> None:
    ann = syncing(stage)
    record_of(stage, "ann", "dana")
    fill(stage.ann, choose(stage, stage.ann, "edit"), name="Dana Stone")
    assert submit(stage, stage.ann).accepted
    assert "Dana Stone" in ann.only().title


def test_with_a_deleted_contact_its_appointment_leaves_the_calendar_and_undo_brings_it_back(
    stage: Stage,
) -> None:
    ann = syncing(stage)
    record_of(stage, "ann", "dana")
    window = choose(stage, stage.ann, "delete")
    assert ann.entries() == []
    stage.press(stage.ann, window, "contacts.undo")
    assert "Dana Reyes" in ann.only().title


def test_appointments_of_a_merged_contact_are_the_other_ones_and_come_back(stage: Stage) -> None:
    ann = syncing(stage)
    (before,) = everything(stage)
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, DANA)
    assert submit(stage, stage.ann).accepted
    (after,) = everything(stage)
    assert (after.id, after.contact_id != before.contact_id) == (before.id, True)
    assert "Tom Abel" in ann.only().title
    stage.press(stage.ann, stage.ann.window(), "contacts.undo")
    (back,) = everything(stage)
    assert back.contact_id == before.contact_id
    assert "Dana Reyes" in ann.only().title
