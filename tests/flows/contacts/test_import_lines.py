"""What the page of a file says of each line before it counts is what is then done (screens.md 6)."""

import re
from collections.abc import Mapping

import pytest

from store import contact_changes, contacts, members
from store.contacts import Contact
from tests.browser_walk import Browser, Page
from tests.flows.contacts.moving import bring, chosen, link, press, send
from tests.flows.contacts.people import DANA
from tests.flows.contacts.test_edit import dana
from tests.stage import Stage

HEAD = "Name,Email,Company,Title,Telephone,Mobile Phone,Owner,Notes\n"
ROWS = [
    f"Dana R.,{DANA},Contoso,Buyer,,,,",  # a title comes in, the name and the company do not
    "Tom Abel,tom@abel.example,Abel Ltd,,,,nobody@x.example,",  # nobody here has that address
    "Tom A.,tom2@abel.example,,,+1,+2,oskar@northwind.example,",  # a contact has one telephone
    "Eve,eve@example.com,,,,,,Old",  # just so
    "Eve Otherwise,eva@example.com,,,,,,Old",  # Eve again, at her second address
    ",ivo@p.example,,,,,,",  # no name: his own stays, whatever is taken
    "Bad,at home,,,,,,",
]
FILE = (HEAD + "\n".join(ROWS) + "\n").encode()
NAMES = {
    "name": "name", "company": "company", "title": "title", "telephone": "phone", "notes": "notes",
    "looked after by": "owner", "addresses": "addresses",
}  # fmt: skip


def plant(stage: Stage) -> None:
    """Three who are there already."""
    dana(stage, company="Northwind")
    rows = b"Name,Email,Notes\nEve,eve@example.com;eva@example.com,Old\nIvo,ivo@p.example,\n"
    bring(stage, "before.csv", rows)


def looked_at(stage: Stage, content: bytes, take: str) -> tuple[Browser, Page]:
    """Send a file and have it looked at."""
    browser = Browser()
    shown = send(browser, browser.open(link(stage, "import")), "x.csv", content)
    return browser, press(stage, browser, shown, "check", **chosen(shown), take=take)


def lines(shown: Page) -> list[str]:
    """What the page says of single lines."""
    return re.findall(r"<li>(Line .*?)</li>", shown.html)


def named(line: str, words: str) -> set[str]:
    """The fields that a line names behind these words."""
    found = re.search(rf"{words}: ([^.]*)\.", line)
    return {NAMES[one] for one in re.split(r", | and ", found[1])} if found else set()


def changes(stage: Stage) -> Mapping[str, set[str]]:
    """Which fields of whom the history says were changed by whoever imports."""
    with stage.mailroom.database.read() as tx:
        workspace = str(tx.connection.exec_driver_sql("select id from workspace").scalar())
        oskar = members.by_slack_user(tx, workspace, stage.person("oskar").id)
        assert oskar
        found: dict[str, set[str]] = {}
        for one in contacts.latest(tx, workspace, 100):
            made = contact_changes.latest(tx, workspace, one.id, 100)
            fields = {each.field for each in made if each.member_id == oskar.id}
            found[one.addresses[0]] = fields & set(contact_changes.FIELDS)
    return found


def one(stage: Stage, address: str) -> Contact:
    with stage.mailroom.database.read() as tx:
        workspace = str(tx.connection.exec_driver_sql("select id from workspace").scalar())
        found = contacts.by_address(tx, workspace, address)
    assert found
    return found


def test_of_each_line_it_is_said_what_is_used_and_what_is_not_and_why(stage: Stage) -> None:
    plant(stage)
    _, shown = looked_at(stage, FILE, "fill")
    said = [line.replace("&#34;", '"') for line in lines(shown)]
    assert said == [
        'Line 6: its addresses belong to two contacts, or two lines to one. Merge them first.',
        'Line 8: "at home" is not an email address.',
        'Line 2, Dana Reyes. Comes in: title. Not used, because the contact has something else there:'
        ' name "Dana R.", company "Contoso".',
        'Line 3, Tom Abel, is new. Not used, because no member here has this address: looked after by'
        ' "nobody@x.example".',
        'Line 4, Tom A., is new. Not used, because a contact has one of these: telephone "+2".',
    ]  # fmt: skip
    for figure in ("2 new contacts", "1 changed", "2 there already, just so", "2 left out"):
        assert figure in shown.text
    assert "not used" not in " ".join(line for line in shown.text.split("Line") if "just so" in line)


def test_a_line_that_changes_nothing_is_not_called_just_so_where_it_says_something_else(stage: Stage) -> None:
    plant(stage)
    _, shown = looked_at(stage, f"Name,Email\nDana R.,{DANA}\n".encode(), "fill")
    assert "0 there already, just so" in shown.text
    assert "1 there already; what the file says otherwise is not used" in shown.text
    assert (
        "Line 2, Dana Reyes: nothing changes. Not used, because the contact has something else" in shown.text
    )


@pytest.mark.parametrize("take", ["fill", "replace"])
def test_what_was_said_of_each_line_is_what_is_done(stage: Stage, take: str) -> None:
    plant(stage)
    before = changes(stage)
    browser, shown = looked_at(stage, FILE, take)
    foreseen = {}
    for line in lines(shown):
        fields = named(line, "Comes in") | named(line, "Takes the place of what stands there")
        if fields:
            (number,) = re.findall(r"Line (\d+),", line)
            foreseen[ROWS[int(number) - 2].split(",")[1]] = fields
    done = press(stage, browser, shown, "import")
    assert done.name == "contacts_done"
    assert lines(done) == lines(shown)
    assert re.findall(r"<li>(\d+ [^<]*)</li>", done.html) == re.findall(r"<li>(\d+ [^<]*)</li>", shown.html)
    after = changes(stage)
    made = {who: fields - before.get(who, set()) for who, fields in after.items()}
    assert {who: fields for who, fields in made.items() if fields} == foreseen
    assert one(stage, "ivo@p.example").name == "Ivo", "a line without a name takes none away"
    assert one(stage, DANA).company == ("Contoso" if take == "replace" else "Northwind")


def test_what_is_counted_in_the_end_is_what_was_done_not_what_was_to_be(stage: Stage) -> None:
    browser, shown = looked_at(
        stage, b"Name,Email\nDana Reyes,dana@northwind.example\nTom,t@x.example\n", "fill"
    )
    assert "2 new contacts" in shown.text
    dana(stage)
    done = press(stage, browser, shown, "import")
    assert "1 new contact" in done.text
    assert "1 there already, just so" in done.text


def test_a_contact_that_two_far_lines_are_about_is_changed_by_the_first(stage: Stage) -> None:
    bring(stage, "before.csv", b"Name,Email\nEve,eve@example.com;eva@example.com\n")
    many = "".join(f"P{n},p{n}@x.example,\n" for n in range(600))
    content = f"Name,Email,Company\nEve,eve@example.com,First\n{many}Eve,eva@example.com,Second\n".encode()
    browser, shown = looked_at(stage, content, "replace")
    assert "Line 603: its addresses belong to two contacts, or two lines to one." in shown.text
    press(stage, browser, shown, "import")
    assert one(stage, "eve@example.com").company == "First"


def test_of_cards_it_is_said_what_is_taken(stage: Stage) -> None:
    browser = Browser()
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Tom\nEMAIL:t@x.example\nTEL:1\nTEL:2\nEND:VCARD\n"
    shown = send(browser, browser.open(link(stage, "import")), "x.vcf", card)
    stage.settle()
    assert "title, notes and one telephone number are taken." in browser.open(shown.address).text


def test_one_cell_with_very_many_addresses_is_refused_with_its_line(stage: Stage) -> None:
    cell = ";".join(f"{n}@x.de" for n in range(9_000))
    _, shown = looked_at(stage, f"Name,Email\nA,{cell}\nB,b@x.example\n".encode(), "fill")
    assert "Line 2: too long: addresses." in shown.text
    assert "1 new contact" in shown.text


def test_a_cell_without_end_is_refused_with_its_line(stage: Stage) -> None:
    browser = Browser()
    content = b"Name,Email,Notes\nA,a@x.example,\nB,b@x.example," + b"n" * 200_000 + b"\n"
    shown = send(browser, browser.open(link(stage, "import")), "x.csv", content)
    assert "from line 3 on: a cell holds more than 100,000 characters" in shown.text
