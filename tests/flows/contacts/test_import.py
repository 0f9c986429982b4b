"""Contacts come in from a file: seen before it counts, refused with the line, and never half."""

from datetime import timedelta

import pytest

from sandbox.slack.standing import change_user
from tests.browser_walk import Browser, Page
from tests.flows.contacts.moving import bring, chosen, link, press, send
from tests.flows.contacts.people import DANA, everybody
from tests.flows.contacts.test_edit import dana
from tests.flows.contacts.test_page import page
from tests.stage import Stage, texts

GOOGLE = (
    "First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Value,"
    "Organization Name,Organization Title,Notes\r\n"
    'Zoë,Müller,Work,zoe@mueller.example,z@home.example,+49 30 1,"Müller, Söhne",Buyer,"Two\r\nlines"\r\n'
    "Tom,Abel,,tom@abel.example,,,Abel Ltd,,\r\n"
)
OUTLOOK = (
    "First Name;Last Name;E-mail Address;Company;Job Title;Business Phone\n"
    "Jürgen;Weiß;j@weiss.example;Weiß;;030\n"
)
HUBSPOT = (
    "First Name,Last Name,Email,Additional email addresses,Company name\n"
    "Ivo,Petrov,ivo@p.example,i@p.example;p@p.example,Parts\n"
)
CARDS = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB\r\n"
    "EMAIL;INTERNET:z@home.example\r\nEMAIL;INTERNET;PREF:zoe@mueller.example\r\nORG:M\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Tom Abel\r\nitem1.EMAIL;PREF=1:tom@abel.example\r\n"
    "NOTE:One\\, two\\n\r\n"
    " three\r\nTEL;VALUE=uri:tel:+44-1\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize(
    ("name", "content", "people"),
    [
        (
            "google.csv",
            GOOGLE.encode(),
            [
                ("Tom Abel", ("tom@abel.example",), "Abel Ltd", ""),
                ("Zoë Müller", ("zoe@mueller.example", "z@home.example"), "Müller, Söhne", "Two\nlines"),
            ],
        ),
        ("outlook.csv", OUTLOOK.encode("cp1252"), [("Jürgen Weiß", ("j@weiss.example",), "Weiß", "")]),
        ("utf16.csv", OUTLOOK.encode("utf-16"), [("Jürgen Weiß", ("j@weiss.example",), "Weiß", "")]),
        (
            "hubspot.csv",
            b"\xef\xbb\xbf" + HUBSPOT.encode(),
            [("Ivo Petrov", ("ivo@p.example", "i@p.example", "p@p.example"), "Parts", "")],
        ),
        (
            "cards.vcf",
            CARDS.encode(),
            [
                ("Tom Abel", ("tom@abel.example",), "", "One, two\nthree"),
                ("Zoë Müller", ("zoe@mueller.example", "z@home.example"), "M", ""),
            ],
        ),
    ],
)
def test_what_others_export_comes_in(stage: Stage, name: str, content: bytes, people: list[object]) -> None:
    shown = bring(stage, name, content)
    assert shown.name == "contacts_done", shown.text
    found = sorted((c.name, c.addresses, c.company, c.notes) for c in everybody(stage))
    assert found == people
    home = stage.person("oskar").home()
    assert home is not None and "Your file is imported" in texts(home.blocks)


def test_nothing_counts_before_it_was_looked_at_and_wrong_guesses_are_corrected(stage: Stage) -> None:
    dana(stage, company="Northwind")
    content = (
        f"Who,Mail,Email\nDana R.,{DANA},x\nTom,tom@abel.example,x\nNobody,,x\nBad,at home,x\n"
        f"Again,TOM@abel.example,x\n,eve@example.com,x\n"
    ).encode()
    browser = Browser()
    shown = send(browser, browser.open(link(stage, "import")), "people.csv", content)
    assert shown.name == "contacts_uploaded"
    assert "6 people are in the file" in shown.text
    guessed = chosen(shown)
    assert list(guessed.values()) == ["", "addresses", "addresses"]
    columns = {"column0": "name", "column1": "addresses", "column2": "notes"}
    shown = press(stage, browser, shown, "check", **columns)
    assert shown.name == "contacts_checked"
    for said in (
        "2 new contacts", "1 changed", "0 there already", "3 left out", "Line 4: no email address.",
        'Line 5: "at home" is not an email address.', "Line 6: the same address as in line 3.",
    ):  # fmt: skip
        assert said in shown.text
    assert len(everybody(stage)) == 1
    shown = press(stage, browser, shown, "import")
    assert shown.name == "contacts_done"
    found = {c.name: c for c in everybody(stage)}
    assert set(found) == {"Dana Reyes", "Tom", "eve"}, "what stands there stays"
    assert (found["Dana Reyes"].company, found["Dana Reyes"].notes) == ("Northwind", "x")
    with stage.mailroom.database.read() as tx:
        assert tx.connection.exec_driver_sql("select count(*) from import_chunk").scalar() == 0


def test_a_file_can_have_the_last_word(stage: Stage) -> None:
    dana(stage, company="Northwind")
    shown = bring(stage, "x.csv", f"Name,Email,Company\nDana R.,{DANA},Contoso\n".encode(), take="replace")
    assert "1 changed" in shown.text
    (one,) = everybody(stage)
    assert (one.name, one.company) == ("Dana R.", "Contoso")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'Name,Email\nA,a@x.example\nB,"b@x.example\nC,c@x.example\n', "from line 3 on"),
        (b"Name,Email\nA,a@x.example\n\xc3\xa4,b@x.example\n\xff,c@x.example\n", "from line 4 on"),
        (b"BEGIN:VCARD\nFN:A\nEMAIL:a@x.example\nEND:VCARD\nBEGIN:VCARD\nFN:B\n", "from line 5 on"),
        (b"just some text\n", "no column with addresses"),
        (b"Name,Email\n", "there is nobody in it"),
        (b"", "there is nobody in it"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_the_page_takes_another(
    stage: Stage, content: bytes, said: str
) -> None:
    browser = Browser()
    first = browser.open(link(stage, "import"))
    shown = send(browser, first, "x.csv", content)
    assert shown.status == 400
    assert said in shown.text
    assert "Nothing was imported." in shown.text
    with stage.mailroom.database.read() as tx:
        for table in ("contact", "contact_import", "import_chunk"):
            assert tx.connection.exec_driver_sql(f"select count(*) from {table}").scalar() == 0
    again = send(browser, browser.open(first.address), "x.csv", b"Name,Email\nA,a@x.example\n")
    assert again.name == "contacts_uploaded"


def test_only_an_administrator_gets_a_link(stage: Stage) -> None:
    home = page(stage)
    assert "contacts.move" not in str(home.blocks)


def test_who_is_no_administrator_any_more_moves_nothing_in_or_out(stage: Stage) -> None:
    home, browser = page(stage, "oskar"), Browser()
    first, out = browser.open(link(stage, "import")), browser.open(link(stage, "export"))
    oskar = stage.person("oskar")
    change_user(stage.slack, stage.workspace, oskar.id, is_admin=False, is_owner=False)
    stage.settle()
    for refused in (
        send(browser, first, "x.csv", b"Name,Email\nA,a@x.example\n"),
        browser.open(first.address),
        browser.press(out, kind="csv"),
    ):
        assert isinstance(refused, Page)
        assert refused.status == 403
        assert "Only administrators of the workspace can import and export contacts." in refused.text
    stage.press(oskar, home, "contacts.move", value="export")
    assert "ask one of them" in texts(oskar.window().blocks)
    with stage.mailroom.database.read() as tx:
        assert tx.connection.exec_driver_sql("select count(*) from contact_import").scalar() == 0


def test_a_link_is_for_one_browser_and_only_our_form_does_anything(stage: Stage) -> None:
    url, browser = link(stage, "import"), Browser()
    first = browser.open(url)
    forged = send(browser, first, "x.csv", b"Name,Email\nA,a@x.example\n", word="guessed")
    assert forged.status == 403
    assert send(browser, first, "x.csv", b"Name,Email\nA,a@x.example\n").name == "contacts_uploaded"
    assert Browser().open(url).status == 403
    stage.later(timedelta(minutes=11))
    assert browser.open(url).name == "contacts_uploaded", "what was sent can still be decided"
    assert Browser().open(link(stage, "import").replace("import/", "import/x")).status == 404


def test_a_cancelled_file_is_forgotten(stage: Stage) -> None:
    browser = Browser()
    shown = send(browser, browser.open(link(stage, "import")), "x.csv", b"Name,Email\nA,a@x.example\n")
    shown = press(stage, browser, shown, "cancel")
    assert "The file is forgotten" in shown.text
    with stage.mailroom.database.read() as tx:
        assert tx.connection.exec_driver_sql("select count(*) from import_chunk").scalar() == 0


def test_what_is_neither_imported_nor_cancelled_goes_after_a_day(stage: Stage) -> None:
    from store import across

    browser = Browser()
    send(browser, browser.open(link(stage, "import")), "x.csv", b"Name,Email\nA,a@x.example\n")
    stage.later(timedelta(days=1, minutes=1))
    with stage.mailroom.database.write() as tx:
        across.purge(tx)
        for table in ("contact_import", "import_chunk"):
            assert tx.connection.exec_driver_sql(f"select count(*) from {table}").scalar() == 0


def test_a_file_larger_than_any_form_comes_in_by_stretches(stage: Stage) -> None:
    rows = [f"Person {n:04},p{n}@example.com,{'long note ' * 10}\n" for n in range(1100)]
    content = "".join(["Name,Email,Notes\n", *rows, rows[0]]).encode()
    assert len(content) > 100_000
    shown = bring(stage, "many.csv", content)
    assert "1100 new contacts" in shown.text.replace(",", "")
    assert "Line 1102: the same address as in line 2." in shown.text.replace("1,102", "1102")
    with stage.mailroom.database.read() as tx:
        assert tx.connection.exec_driver_sql("select count(*) from contact").scalar() == 1100
