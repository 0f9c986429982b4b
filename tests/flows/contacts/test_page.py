"""The page Contacts of App Home: fifteen at once, found, added, taken back."""

from sandbox.slack.state import View
from store import contacts
from store.database import new_id
from tests.flows.contacts.people import everybody, fill, submit, title
from tests.flows.contacts.test_edit import choose, dana
from tests.stage import Stage, texts

FIND, OPEN = "contacts.find", "record.open"


def page(stage: Stage, handle: str = "ann") -> View:
    """Open Home and turn to Contacts."""
    person = stage.person(handle)
    person.open_home()
    stage.settle()
    home = person.home()
    assert home is not None
    stage.press(person, home, "home.contacts")
    now = person.home()
    assert now is not None
    return now


def crowd(stage: Stage, count: int) -> None:
    """Put contacts into the rows, too many to type."""
    with stage.mailroom.database.write() as tx:
        workspace = str(tx.connection.exec_driver_sql("select id from workspace").scalar())
        for number in range(count):
            contacts.add(
                tx,
                workspace,
                new_id(),
                name=f"Person {number:03}",
                addresses=(f"p{number}@example.com",),
                source="hand",
                added_by=None,
            )


def names(home: View) -> list[str]:
    return [
        block["text"]["text"].split("\n")[0]
        for block in home.blocks
        if block.get("accessory", {}).get("action_id") == OPEN
    ]


def test_an_empty_page_says_what_to_do_and_leads_there(stage: Stage) -> None:
    home = page(stage)
    assert "Nobody is in your contacts yet" in texts(home.blocks)
    stage.press(stage.ann, home, "contacts.add")
    fill(stage.ann, stage.ann.window(), name="Dana Reyes", addresses="dana@northwind.example")
    assert submit(stage, stage.ann).accepted
    now = stage.ann.home()
    assert now is not None and names(now) == ["Dana Reyes"], "Home shows it without being opened again"


def test_fifteen_are_shown_at_once_and_the_rest_is_turned_to(stage: Stage) -> None:
    page(stage)
    crowd(stage, 32)
    home = page(stage)
    assert len(names(home)) == 15
    assert "32 contacts, the newest first. Here: 1 to 15" in texts(home.blocks)
    assert len(home.blocks) <= 6 + 40 + 2
    seen = set(names(home))
    stage.press(stage.ann, home, "home.turn2")
    second = stage.ann.home()
    assert second is not None
    stage.press(stage.ann, second, "home.turn2")
    last = stage.ann.home()
    assert last is not None
    assert len(names(last)) == 2
    assert len(seen | set(names(last))) == 17
    assert "Older" not in texts(last.blocks)
    stage.press(stage.ann, last, "home.turn1")
    back = stage.ann.home()
    assert back is not None and "Here: 16 to 30" in texts(back.blocks)


def test_somebody_is_found_by_company_and_their_record_opens(stage: Stage) -> None:
    dana(stage, company="Café Zürich")
    stage.ann.close()
    home = page(stage)
    (offered,) = stage.ann.options(home, FIND, "cafe zur")
    stage.ann.fill(home, FIND, offered["value"])
    stage.settle()
    assert title(stage.ann.window()) == "Record"
    assert "Dana Reyes" in texts(stage.ann.window().blocks)


def test_who_was_deleted_can_come_back_from_home_by_anybody(stage: Stage) -> None:
    dana(stage)
    choose(stage, stage.ann, "delete")
    home = page(stage, "ben")
    assert "Dana Reyes was deleted by Ann Lee" in texts(home.blocks)
    stage.press(stage.person("ben"), home, "contacts.undo")
    now = stage.person("ben").home()
    assert now is not None
    assert "Dana Reyes is back, as before." in texts(now.blocks)
    assert names(now) == ["Dana Reyes"]
    assert [c.name for c in everybody(stage)] == ["Dana Reyes"]
