"""Adding somebody: prefilled, told once who sees it, added once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.faults import Fault, Kind
from tests.flows.contacts.people import (
    ADD,
    DANA,
    everybody,
    fill,
    member,
    new_contact,
    open_form,
    submit,
    title,
    value_of,
)
from tests.stage import Stage, connect, texts


def test_a_stranger_is_added_from_the_list_with_the_name_of_the_newest_mail(stage: Stage) -> None:
    connect(stage)
    stage.type(stage.ann, f"/inbox {DANA}")
    asked = len(stage.faults.calls("google", "/gmail/|/batch"))
    answer = stage.ann.messages("general")[-1]
    stage.press(stage.ann, answer, ADD)
    form = stage.ann.window()
    assert value_of(form, "name") == "Dana Reyes"
    assert value_of(form, "addresses") == DANA
    assert len(stage.faults.calls("google", "/gmail/|/batch")) == asked
    assert len(form.blocks) <= 10

    fill(stage.ann, form, company="Northwind Traders", notes="Prefers mornings.\nNever on Fridays.")
    assert submit(stage, stage.ann).accepted
    record = stage.ann.window()
    shown = texts(record.blocks)
    assert record is stage.ann.windows()[-1]
    assert len(stage.ann.windows()) == 1
    assert "Dana Reyes" in shown
    assert "Northwind Traders" in shown
    assert "Lunch when you are in town?" in shown
    added = everybody(stage)
    assert [(c.name, c.addresses, c.notes) for c in added] == [
        ("Dana Reyes", (DANA,), "Prefers mornings.\nNever on Fridays.")
    ]


def test_who_will_see_it_is_told_before_the_first_add_and_once(stage: Stage) -> None:
    form = new_contact(stage)
    told = "Contacts are shared: everybody in Northwind who uses Mailroom will see this contact"
    assert told in texts(form.blocks)
    assert form.close is not None and form.close["text"] == "Not now"
    stage.ann.close()
    assert told in texts(new_contact(stage).blocks), "looking at the form is not adding"
    fill(stage.ann, stage.ann.window(), name="Dana", addresses=DANA)
    assert submit(stage, stage.ann).accepted
    stage.ann.close()
    again = texts(new_contact(stage).blocks)
    assert told not in again
    assert "Everybody in Northwind who uses Mailroom sees this contact" in again
    assert told in texts(new_contact(stage, "ben").blocks)


@pytest.mark.parametrize(
    ("name", "addresses", "field", "said"),
    [
        ("\u200b\u202e", DANA, "name", "Give a name"),
        ("Dana", "dana@northwind", "addresses", '"dana@northwind" is not a complete email address'),
        ("Dana", f"{DANA}\ndana at home", "addresses", '"dana at home" is not a complete email address'),
        ("Dana", " \n ", "addresses", "Give at least one address"),
        ("Dana", "\n".join(f"d{n}@example.com" for n in range(21)), "addresses", "at most 20 addresses"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_what_was_typed_stays(
    stage: Stage, name: str, addresses: str, field: str, said: str
) -> None:
    form = new_contact(stage)
    fill(stage.ann, form, name=name, addresses=addresses)
    sent = submit(stage, stage.ann)
    assert said in sent.errors[field]
    assert everybody(stage) == []
    assert stage.ann.window() is form


def test_ones_own_address_is_no_contact(stage: Stage) -> None:
    connect(stage)
    form = new_contact(stage)
    fill(stage.ann, form, name="Me", addresses="ann@northwind.example")
    assert "is your own address" in submit(stage, stage.ann).errors["addresses"]


def test_several_addresses_are_kept_in_their_order_however_they_are_written(stage: Stage) -> None:
    form = new_contact(stage)
    typed = f"Dana Reyes <DANA@Northwind.Example>\n mailto:dana@home.example, dana@Häuser.example\n\n{DANA}"
    fill(stage.ann, form, name="  Dana\u200b   Reyes ", addresses=typed)
    assert submit(stage, stage.ann).accepted
    (dana,) = everybody(stage)
    assert dana.name == "Dana Reyes"
    assert dana.addresses == (DANA, "dana@home.example", "dana@xn--huser-gra.example")


def test_an_address_that_somebody_has_leads_to_them_and_keeps_what_was_typed(stage: Stage) -> None:
    connect(stage)
    fill(stage.ann, open_form(stage, stage.ann, DANA), name="Dana Reyes")
    assert submit(stage, stage.ann).accepted
    stage.ann.close()

    form = new_contact(stage)
    fill(stage.ann, form, name="Another Dana", addresses=f"new@example.com\n{DANA}", notes="Typed at length")
    sent = submit(stage, stage.ann)
    assert sent.accepted
    shown = texts(form.blocks)
    assert "Dana Reyes is in your contacts already with one of these addresses. Nothing was added." in shown
    assert form.typed["notes"]["contacts.typed"]["value"] == "Typed at length"
    assert [c.name for c in everybody(stage)] == ["Dana Reyes"]

    stage.press(stage.ann, form, "record.open")
    assert len(stage.ann.windows()) == 1
    assert "Dana Reyes" in texts(stage.ann.window().blocks)
    assert title(stage.ann.window()) == "Record"


def test_a_button_of_yesterday_opens_the_record_of_whom_a_colleague_added_meanwhile(stage: Stage) -> None:
    connect(stage)
    old = stage.type(stage.ann, f"/inbox {DANA}")
    assert old is not None
    form = new_contact(stage, "ben")
    fill(stage.person("ben"), form, name="Dana R.", addresses=DANA)
    assert submit(stage, stage.person("ben")).accepted
    stage.press(stage.ann, old, ADD)
    assert title(stage.ann.window()) == "Record"
    assert "Dana R." in texts(stage.ann.window().blocks)


def test_pressing_add_many_times_at_once_adds_one(stage: Stage) -> None:
    form = new_contact(stage)
    fill(stage.ann, form, name="Dana", addresses=DANA)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: stage.ann.submit(form), range(6)))
    stage.settle()
    assert len(everybody(stage)) == 1
    assert title(stage.ann.window()) == "Record"


def test_two_people_adding_the_same_person_at_once_make_one_contact(stage: Stage) -> None:
    people = [stage.ann, stage.person("ben"), stage.person("cleo")]
    for person, handle in zip(people, ("ann", "ben", "cleo"), strict=True):
        fill(person, new_contact(stage, handle), name=f"Dana by {handle}", addresses=DANA)
    with ThreadPoolExecutor(3) as pool:
        sent = list(pool.map(lambda person: person.submit(), people))
    stage.settle()
    assert all(one.accepted for one in sent)
    assert len(everybody(stage)) == 1
    titles = sorted(title(person.window()) for person in people)
    assert titles == ["Add to contacts", "Add to contacts", "Record"]


def test_adding_is_noted_as_an_act_without_saying_whom(stage: Stage) -> None:
    form = new_contact(stage)
    fill(stage.ann, form, name="Dana", addresses=DANA)
    assert submit(stage, stage.ann).accepted
    with stage.mailroom.database.read() as tx:
        rows = tx.connection.exec_driver_sql("select kind, member_id from activity").all()
    assert [("added", member(stage, "ann").id)] == [tuple(row) for row in rows]


def test_a_record_that_cannot_be_shown_after_adding_can_be_asked_for_again(stage: Stage) -> None:
    connect(stage)
    open_form(stage, stage.ann, DANA)
    stage.faults.add(Fault("google", Kind.STATUS, path="/gmail/|/batch", times=None))
    assert submit(stage, stage.ann).accepted
    assert len(everybody(stage)) == 1
    record = stage.ann.window()
    assert "ann@northwind.example could not be read" in texts(record.blocks)
    stage.faults.clear()
    stage.press(stage.ann, record, "inbox.show_threads")
    assert "Lunch when you are in town?" in texts(stage.ann.window().blocks)
