"""Editing a contact: the form, two people at once, and what the record says of it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sandbox.slack.person import Person
from sandbox.slack.state import View
from store import contacts
from tests.flows.contacts.people import (
    DANA,
    everybody,
    fill,
    new_contact,
    submit,
    title,
    value_of,
)
from tests.stage import Stage, texts

EDIT, MENU, OWNER = "contacts.edit", "contacts.menu", "contacts.owner"


def dana(stage: Stage, handle: str = "ann", **fields: str) -> View:
    """Add Dana and return her record."""
    person = stage.person(handle)
    fill(person, new_contact(stage, handle), name="Dana Reyes", addresses=DANA, **fields)
    assert submit(stage, person).accepted
    return person.window()


def choose(stage: Stage, person: Person, act: str) -> View:
    """Choose an entry of the record's menu and return the window that follows."""
    window = person.window()
    element = person.element(window, MENU)
    value = next(one["value"] for one in element["options"] if f'"{act}"' in one["value"])
    stage.press(person, window, MENU, value=value)
    return person.window()


def record_of(stage: Stage, handle: str, name: str) -> View:
    """Find somebody's record as a member who has connected no mailbox does."""
    person = stage.person(handle)
    person.shortcut("inbox.find")
    find = person.window()
    (offered,) = person.options(find, "inbox.whom", name)
    person.fill(find, "inbox.whom", offered["value"])
    assert submit(stage, person).accepted
    return person.window()


def test_everything_that_is_known_can_be_edited_and_the_record_shows_who_did(stage: Stage) -> None:
    dana(stage, company="Northwind")
    form = choose(stage, stage.ann, "edit")
    assert title(form) == "Edit contact"
    assert (value_of(form, "name"), value_of(form, "company")) == ("Dana Reyes", "Northwind")
    assert len(form.blocks) <= 10
    ben = stage.person("ben")
    fill(stage.ann, form, name="Dana Reyes-Stone", addresses=f"dana@new.example\n{DANA}", phone="+49 30 1")
    stage.ann.fill(form, OWNER, ben.id)
    assert submit(stage, stage.ann).accepted

    assert len(stage.ann.windows()) == 1
    shown = texts(stage.ann.window().blocks)
    assert "looked after by Ben" in shown
    assert "+49 30 1" in shown
    assert "Ann Lee, name: \nDana Reyes\n → \nDana Reyes-Stone" in shown
    (one,) = everybody(stage)
    assert one.addresses == ("dana@new.example", DANA)
    assert one.company == "Northwind"


def test_the_menu_of_a_record_makes_an_appointment_with_that_contact(stage: Stage) -> None:
    dana(stage)
    form = choose(stage, stage.ann, "appointment")
    assert title(form) == "New appointment"
    chosen = stage.ann.element(form, "appointments.contact")["initial_option"]
    assert "Dana Reyes" in chosen["text"]["text"]


def test_the_button_on_details_leads_to_the_form_and_closing_it_changes_nothing(stage: Stage) -> None:
    record = dana(stage)
    stage.press(stage.ann, record, "record.tab_details")
    stage.press(stage.ann, stage.ann.window(), EDIT)
    fill(stage.ann, stage.ann.window(), name="Somebody Else")
    stage.ann.close()
    assert title(stage.ann.window()) == "Record"
    assert [c.name for c in everybody(stage)] == ["Dana Reyes"]


def test_two_people_who_edit_different_fields_both_have_their_way(stage: Stage) -> None:
    dana(stage)
    ann = choose(stage, stage.ann, "edit")
    ben = stage.person("ben")
    record_of(stage, "ben", "dana")
    form = choose(stage, ben, "edit")
    fill(ben, form, company="Northwind")
    assert submit(stage, ben).accepted
    fill(stage.ann, ann, notes="Prefers mornings")
    assert submit(stage, stage.ann).accepted
    (one,) = everybody(stage)
    assert (one.company, one.notes) == ("Northwind", "Prefers mornings")


def test_what_crosses_a_colleagues_change_is_shown_before_it_is_saved(stage: Stage) -> None:
    dana(stage)
    ann = choose(stage, stage.ann, "edit")
    ben = stage.person("ben")
    record_of(stage, "ben", "dana")
    fill(ben, choose(stage, ben, "edit"), company="Northwind", title="Buyer")
    assert submit(stage, ben).accepted

    fill(stage.ann, ann, company="Contoso", phone="030 1")
    assert submit(stage, stage.ann).accepted
    form = stage.ann.window()
    shown = texts(form.blocks)
    assert "This contact was changed while you wrote" in shown
    assert "company is now" in shown and "Northwind" in shown and "Ben" in shown
    assert [c.company for c in everybody(stage)] == ["Northwind"]

    presets = {b["block_id"].partition(".")[0]: b["element"] for b in form.blocks if b["type"] == "input"}
    assert presets["company"]["initial_value"] == "Contoso"
    assert presets["title"]["initial_value"] == "Buyer", "what the other one changed is not lost"
    assert presets["phone"]["initial_value"] == "030 1"
    assert submit(stage, stage.ann).accepted
    (one,) = everybody(stage)
    assert (one.company, one.title, one.phone) == ("Contoso", "Buyer", "030 1")


def test_what_cannot_be_kept_is_said_beside_its_field_also_after_a_crossing(stage: Stage) -> None:
    dana(stage)
    ann = choose(stage, stage.ann, "edit")
    ben = stage.person("ben")
    record_of(stage, "ben", "dana")
    fill(ben, choose(stage, ben, "edit"), company="Northwind")
    assert submit(stage, ben).accepted
    fill(stage.ann, ann, addresses="nobody at home")
    assert '"nobody at home" is not a complete email address' in submit(stage, stage.ann).errors["addresses"]
    fill(stage.ann, ann, addresses=DANA, company="Contoso")
    assert submit(stage, stage.ann).accepted
    block = next(b["block_id"] for b in stage.ann.window().blocks if b.get("block_id", "").startswith("addr"))
    fill(stage.ann, stage.ann.window(), **{block: "nobody at home"})
    assert "is not a complete email address" in submit(stage, stage.ann).errors[block]


def test_an_address_of_somebody_else_offers_their_record_and_merging(stage: Stage) -> None:
    dana(stage)
    stage.ann.close()
    fill(stage.ann, new_contact(stage), name="Tom Abel", addresses="tom@abel.example")
    assert submit(stage, stage.ann).accepted
    form = choose(stage, stage.ann, "edit")
    fill(stage.ann, form, addresses=f"tom@abel.example\n{DANA}")
    assert submit(stage, stage.ann).accepted
    shown = texts(stage.ann.window().blocks)
    assert "Dana Reyes has one of these addresses. Nothing was saved." in shown
    assert len(stage.ann.window().blocks) <= 10
    stage.press(stage.ann, stage.ann.window(), "contacts.merge_holder")
    assert title(stage.ann.window()) == "Merge contacts"
    assert submit(stage, stage.ann).accepted
    (one,) = everybody(stage)
    assert one.addresses == ("tom@abel.example", DANA)


def test_a_guest_cannot_be_chosen_to_look_after_a_contact(stage: Stage) -> None:
    guest = next(user for user in stage.workspace.users.values() if user.is_restricted)
    dana(stage)
    form = choose(stage, stage.ann, "edit")
    stage.ann.fill(form, OWNER, guest.id)
    assert "Choose a full member" in submit(stage, stage.ann).errors["owner"]


def test_somebody_new_gets_an_owner_at_once(stage: Stage) -> None:
    form = new_contact(stage)
    fill(stage.ann, form, name="Dana", addresses=DANA)
    stage.ann.fill(form, OWNER, stage.person("ben").id)
    assert submit(stage, stage.ann).accepted
    assert "looked after by Ben" in texts(stage.ann.window().blocks)


def test_pressing_save_many_times_changes_once(stage: Stage) -> None:
    dana(stage)
    form = choose(stage, stage.ann, "edit")
    fill(stage.ann, form, company="Northwind")
    stage.ann.submit(form)
    stage.settle()
    with stage.mailroom.database.read() as tx:
        rows = tx.connection.exec_driver_sql("select field, after from contact_change").all()
    assert [tuple(row) for row in rows] == [("company", "Northwind")]


def test_a_contact_deleted_while_it_is_edited_is_said_and_what_was_typed_stays(stage: Stage) -> None:
    dana(stage)
    form = choose(stage, stage.ann, "edit")
    record_of(stage, "ben", "dana")
    choose(stage, stage.person("ben"), "delete")
    fill(stage.ann, form, notes="Typed at length")
    sent = submit(stage, stage.ann)
    assert "is not there any more" in next(iter(sent.errors.values()))
    assert form.typed["notes"]["contacts.typed"]["value"] == "Typed at length"


def test_changes_are_shown_in_the_readers_zone(stage: Stage) -> None:
    dana(stage)
    stage.later(timedelta(hours=1))
    fill(stage.ann, choose(stage, stage.ann, "edit"), company="Northwind")
    assert submit(stage, stage.ann).accepted
    with stage.mailroom.database.read() as tx:
        workspace = str(tx.connection.exec_driver_sql("select id from workspace").scalar())
        (one,) = contacts.latest(tx, workspace, 1)
    assert one.version == 2
    local = stage.clock.now().astimezone(ZoneInfo(stage.ann.user.tz))
    assert f"today {local:%H:%M}: Ann Lee, company" in texts(stage.ann.window().blocks)
