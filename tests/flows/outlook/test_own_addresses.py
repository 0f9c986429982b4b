"""Addresses that an organisation gave a mailbox: Microsoft names them, and mail to one of them is mine."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.flows.accounts.walking import press_for, rows, settings, shown
from tests.flows.inbox.reading import ask, open_with, subjects
from tests.flows.outlook.given import ANN
from tests.flows.writing.post import screen
from tests.stage import Stage, connect, standing, texts

SALES, NADIA = "sales@northwind.example", "nadia@haddad-foods.example"


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """Ann has her mail in Outlook, and sales@ is an address of her mailbox."""
    with standing(sqlite_url, outlook=(ANN,)) as made:
        yield made


def letter(stage: Stage, subject: str, *to: str) -> None:
    """Have Nadia write to these addresses."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = NADIA, ", ".join(to), subject
    mail["Message-ID"] = f"<{len(subject)}.own@haddad-foods.example>"
    mail.set_content("Do you have it in green?")
    stage.world.send(mail.as_bytes(), at=stage.clock.now(), announce=False)


def test_mail_to_an_address_of_the_mailbox_counts_as_mine_without_a_word(stage: Stage) -> None:
    letter(stage, "To sales alone", SALES)
    letter(stage, "To sales and somebody", SALES, "ben@northwind.example")
    connect(stage)
    kept = {(row["address"], row["source"]) for row in rows(stage, "own_address")}
    assert {(ANN, "login"), (SALES, "alias")} <= kept
    listed = subjects(ask(stage, stage.ann, f"/inbox {NADIA}"))
    assert len(listed) == 5
    assert listed[0] == "To sales alone"
    window = open_with(stage, stage.ann, NADIA, "To sales alone")
    assert "Do you have it in green?" in screen(window)
    stage.ann.close()
    press_for(stage, settings(stage), "accounts.addresses", f"Addresses of {ANN}")
    assert SALES in shown(stage.ann)


def test_where_microsoft_no_longer_names_it_the_member_can(stage: Stage) -> None:
    letter(stage, "To sales alone", SALES)
    connect(stage)
    address_gone(stage)
    connect(stage)
    answer = ask(stage, stage.ann, f"/inbox {NADIA}")
    assert subjects(answer) == []
    assert SALES in texts(answer.blocks)
    stage.press(stage.ann, answer, "inbox.that_is_mine")
    assert subjects(answer)[0] == "To sales alone"


def address_gone(stage: Stage) -> None:
    """Let the organisation take the address from the mailbox; what came in stays."""
    object.__setattr__(stage.mailbox(ANN).person, "addresses", (ANN,))  # people of the world are frozen
