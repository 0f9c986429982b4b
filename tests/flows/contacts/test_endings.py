"""Deleting and merging contacts: done at once, taken back for a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store import across
from tests.flows.contacts.people import DANA, everybody, fill, new_contact, submit, title
from tests.flows.contacts.test_edit import choose, dana, record_of
from tests.stage import Stage, connect, texts

WITH, UNDO = "contacts.merge_with", "contacts.undo"
TOM = "tom@abel.example"


def tom(stage: Stage, **fields: str) -> None:
    """Add Tom as well and leave his record open."""
    fill(stage.ann, new_contact(stage), name="Tom Abel", addresses=TOM, **fields)
    assert submit(stage, stage.ann).accepted


def pick(stage: Stage, name: str) -> None:
    """Choose the other contact and go on to the preview."""
    window = stage.ann.window()
    (offered,) = stage.ann.options(window, WITH, name)
    stage.ann.fill(window, WITH, offered["value"])
    assert submit(stage, stage.ann).accepted


def test_a_contact_is_deleted_at_once_and_undo_brings_it_back(stage: Stage) -> None:
    dana(stage, company="Northwind")
    window = choose(stage, stage.ann, "delete")
    assert title(window) == "Deleted"
    assert "Dana Reyes was deleted by Ann Lee. You can undo this until tomorrow" in texts(window.blocks)
    assert everybody(stage) == []
    stage.press(stage.ann, window, UNDO)
    assert title(stage.ann.window()) == "Record"
    assert "brought this contact back" in texts(stage.ann.window().blocks)
    assert [(c.name, c.company, c.addresses) for c in everybody(stage)] == [
        ("Dana Reyes", "Northwind", (DANA,))
    ]


def test_what_was_taken_meanwhile_is_said_when_a_contact_comes_back(stage: Stage) -> None:
    dana(stage)
    fill(stage.ann, choose(stage, stage.ann, "edit"), addresses=f"{DANA}\nd@home.example")
    assert submit(stage, stage.ann).accepted
    window = choose(stage, stage.ann, "delete")
    ben = stage.person("ben")
    fill(ben, new_contact(stage, "ben"), name="Another", addresses=DANA)
    assert submit(stage, ben).accepted
    stage.press(stage.ann, window, UNDO)
    said = texts(stage.ann.window().blocks)
    assert "Dana Reyes is back, but for what another contact has by now" in said
    assert DANA in said


def test_without_any_address_left_nothing_comes_back_and_that_is_said(stage: Stage) -> None:
    dana(stage)
    window = choose(stage, stage.ann, "delete")
    ben = stage.person("ben")
    fill(ben, new_contact(stage, "ben"), name="Another", addresses=DANA)
    assert submit(stage, ben).accepted
    stage.press(stage.ann, window, UNDO)
    assert "This cannot be undone" in texts(stage.ann.window().blocks)
    assert [c.name for c in everybody(stage)] == ["Another"]


def test_after_a_day_a_deleted_contact_is_gone_for_good(stage: Stage) -> None:
    dana(stage, notes="Prefers mornings")
    window = choose(stage, stage.ann, "delete")
    stage.later(timedelta(days=1, hours=2))
    stage.press(stage.ann, window, UNDO)
    assert "is not there any more" in texts(stage.ann.window().blocks)
    with stage.mailroom.database.write() as tx:
        across.purge(tx)
        for table in ("contact", "freed_address", "contact_change"):
            assert tx.connection.exec_driver_sql(f"select count(*) from {table}").scalar() == 0


def test_two_contacts_become_one_field_by_field_and_undo_takes_them_apart(stage: Stage) -> None:
    dana(stage, company="Northwind", phone="030 1", notes="Prefers mornings")
    stage.ann.close()
    tom(stage, company="Abel Ltd", title="Buyer", notes="Met in May")
    assert title(choose(stage, stage.ann, "merge")) == "Merge contacts"
    assert stage.ann.options(stage.ann.window(), WITH, "tom") == [], "nobody is merged with themselves"
    pick(stage, "dana")
    preview = stage.ann.window()
    shown = texts(preview.blocks)
    assert "Dana Reyes goes into Tom Abel" in shown
    assert f"{TOM}\n{DANA}" in shown
    assert "Met in May\n\nPrefers mornings" in shown
    assert len(preview.blocks) <= 25
    company = next(b["block_id"] for b in preview.blocks if b["block_id"].startswith("company"))
    stage.ann.fill(preview, "contacts.which", "gone", block_id=company)
    assert submit(stage, stage.ann).accepted

    (one,) = everybody(stage)
    assert (one.name, one.company, one.title, one.phone) == ("Tom Abel", "Northwind", "Buyer", "030 1")
    assert one.addresses == (TOM, DANA)
    ended = stage.ann.window()
    assert "Dana Reyes is one contact with Tom Abel now, merged by Ann Lee." in texts(ended.blocks)
    assert title(stage.ann.windows()[0]) == "Record"
    assert "merged Dana Reyes into this contact" in texts(stage.ann.windows()[0].blocks)

    stage.press(stage.ann, ended, UNDO)
    back = {c.name: c for c in everybody(stage)}
    assert (back["Dana Reyes"].company, back["Dana Reyes"].addresses) == ("Northwind", (DANA,))
    assert (back["Tom Abel"].company, back["Tom Abel"].phone) == ("Abel Ltd", "")
    assert back["Tom Abel"].notes == "Met in May"


def test_back_leads_to_another_choice(stage: Stage) -> None:
    dana(stage)
    stage.ann.close()
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    stage.press(stage.ann, stage.ann.window(), "contacts.merge_back")
    assert "The other contact" in texts(stage.ann.window().blocks)
    assert len(everybody(stage)) == 2


def test_a_preview_that_is_no_longer_true_is_shown_again_before_anything_is_merged(stage: Stage) -> None:
    dana(stage)
    stage.ann.close()
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    record_of(stage, "ben", "dana")
    ben = stage.person("ben")
    fill(ben, choose(stage, ben, "edit"), notes="Left the company")
    assert submit(stage, ben).accepted
    assert submit(stage, stage.ann).accepted
    said = texts(stage.ann.window().blocks)
    assert "Left the company" in said
    assert "One of them was changed while you looked, so nothing was merged." in said
    assert len(everybody(stage)) == 2
    assert submit(stage, stage.ann).accepted
    assert len(everybody(stage)) == 1


def test_pressing_merge_many_times_merges_once(stage: Stage) -> None:
    dana(stage)
    stage.ann.close()
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    window = stage.ann.window()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: stage.ann.submit(window), range(4)))
    stage.settle()
    assert len(everybody(stage)) == 1
    with stage.mailroom.database.read() as tx:
        rows = tx.connection.exec_driver_sql("select count(*) from contact_change where field = 'merged'")
        assert rows.scalar() == 1


def test_contacts_that_hold_too_much_together_stay_two(stage: Stage) -> None:
    many = "\n".join(f"d{n}@example.com" for n in range(19))
    dana(stage)
    stage.ann.close()
    fill(stage.ann, new_contact(stage), name="Tom Abel", addresses=many)
    assert submit(stage, stage.ann).accepted
    fill(stage.ann, choose(stage, stage.ann, "edit"), addresses=f"{many}\nd19@example.com")
    assert submit(stage, stage.ann).accepted
    choose(stage, stage.ann, "merge")
    window = stage.ann.window()
    (offered,) = stage.ann.options(window, WITH, "dana")
    stage.ann.fill(window, WITH, offered["value"])
    assert "have more than 20 addresses" in submit(stage, stage.ann).errors[WITH]
    assert len(everybody(stage)) == 2


def test_an_old_button_of_a_merged_contact_leads_to_the_one_that_stayed(stage: Stage) -> None:
    connect(stage)
    dana(stage)
    stage.ann.close()
    old = stage.type(stage.ann, "/inbox dana")
    assert old is not None
    tom(stage)
    choose(stage, stage.ann, "merge")
    pick(stage, "dana")
    assert submit(stage, stage.ann).accepted
    stage.ann.close()
    stage.ann.close()
    stage.later(timedelta(days=2))
    with stage.mailroom.database.write() as tx:
        across.purge(tx)
        names = tx.connection.exec_driver_sql("select name from contact order by name").scalars().all()
    assert names == ["", "Tom Abel"], "of the merged one, nothing but where it went"
    stage.press(stage.ann, old, "record.open")
    assert "Tom Abel" in texts(stage.ann.window().blocks)
