"""Contacts go out as a file, and what went out comes in again as it was."""

import pytest

from store import contacts
from store.database import new_id
from tests.browser_walk import Browser
from tests.flows.contacts.moving import bring, link, taken
from tests.flows.contacts.people import everybody
from tests.flows.contacts.test_page import page
from tests.stage import Stage

ODD = [
    (
        "=HYPERLINK(1)",
        ("a@x.example", "b@x.example"),
        "@company",
        "-1",
        "+49 30 1",
        '\'quoted\nlines, "more"',
    ),
    ("'Hooft", ("h@x.example",), "A;B", "C,D\\", "", "\tTab"),
    ("Zoë 漢字 😀" * 5, ("z@x.example",), "", "", "", "long " * 100 + "end"),
]


def plant(stage: Stage) -> None:
    """Put odd contacts into the rows."""
    page(stage, "oskar")
    with stage.mailroom.database.write() as tx:
        workspace = str(tx.connection.exec_driver_sql("select id from workspace").scalar())
        owner = str(tx.connection.exec_driver_sql("select id from member").scalar())
        for name, addresses, company, title, phone, notes in ODD:
            contacts.add(
                tx,
                workspace,
                new_id(),
                name=name,
                addresses=addresses,
                company=company,
                title=title,
                phone=phone,
                notes=notes.strip(),
                owner_member_id=owner,
                source="hand",
                added_by=owner,
            )


def standing(stage: Stage) -> list[tuple[object, ...]]:
    return sorted(
        (c.name, c.addresses, c.company, c.title, c.phone, c.notes, c.owner_member_id)
        for c in everybody(stage)
    )


@pytest.mark.parametrize("kind", ["csv", "vcard"])
def test_what_goes_out_comes_in_again_as_it_was(stage: Stage, kind: str) -> None:
    plant(stage)
    before = standing(stage)
    content = taken(stage, kind)
    with stage.mailroom.database.write() as tx:
        tx.connection.exec_driver_sql("delete from contact")
    assert "3 new contacts" in bring(stage, f"contacts.{kind}", content).text
    assert standing(stage) == before


def test_no_cell_of_an_export_is_a_formula(stage: Stage) -> None:
    plant(stage)
    cells = [
        cell for line in taken(stage, "csv").decode("utf-8-sig").splitlines() for cell in line.split(",")
    ]
    assert not [cell for cell in cells if cell.strip('"')[:1] in ("=", "+", "-", "@", "\t")]


def test_an_export_works_once(stage: Stage) -> None:
    plant(stage)
    browser = Browser()
    shown = browser.open(link(stage, "export"))
    form = {**shown.hidden(), "kind": "csv"}
    assert browser.session.post(shown.address, data=form, timeout=30).status_code == 200
    assert browser.session.post(shown.address, data=form, timeout=30).status_code == 410
    assert browser.session.post(shown.address, data={**form, "word": "x"}, timeout=30).status_code == 403
