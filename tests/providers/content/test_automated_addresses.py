"""What an address alone says: tokens, never substrings."""

import pytest

from providers.content.automated_addresses import address_marks, is_machine_address
from providers.content.free_mail import is_free_mail, registered_label


@pytest.mark.parametrize(
    "local",
    [
        "noreply", "no-reply", "no_reply", "no.reply", "NoReply", "noreply123", "jira-no-reply",
        "do-not-reply", "mailer-daemon", "postmaster", "bounce+4711", "bounces-12=ann",
        "calendar-notification", "notifications", "newsletter", "nepasrepondre", "nicht-antworten",
        "listserv", "root", "jenkins", "account-alerts", "order-update",
    ],
)  # fmt: skip
def test_these_are_machines(local: str) -> None:
    assert is_machine_address(f"{local}@abel.example")


@pytest.mark.parametrize(
    "address",
    [
        "bonoreply@abel.example", "connor.eply@abel.example", "reply@abel.example",
        "automatedcontrols@abel.example", "thenoreplyguy@abel.example", "robotham.kim@abel.example",
        "tom+noreplies.not@abel.example", "newsome@abel.example", "postma.ster@abel.example",
        "noor.reply@abel.example", "info@abel.example", "dr.no@abel.example",
    ],
)  # fmt: skip
def test_these_are_none(address: str) -> None:
    assert not is_machine_address(address)


def test_a_surname_that_is_a_machines_word_is_believed_with_its_first_name() -> None:
    assert not is_machine_address("mark.alert@abel.example", "Mark Alert")
    assert is_machine_address("account.alert@abel.example", "Abel Bank")
    assert is_machine_address("mark.noreply@abel.example", "Mark Noreply")


@pytest.mark.parametrize(
    "address", ["support+id12@acme.zendesk.com", "reply+aaab3x7q2m4@reply.github.com",
      "x@sub.mail.asana.com", "reply+4f9a2b7c6d1e@crm.example"],
)  # fmt: skip
def test_doors_to_somebody_else_are_relays(address: str) -> None:
    assert "relay" in address_marks(address)


@pytest.mark.parametrize(
    "address", ["4f9a2b7c6d1e8f3a@reply.craigslist.org", "reply+aaab3x7q2m4@guest.booking.com"]
)
def test_an_address_lent_by_a_market_place_is_no_machines_and_nobodys_for_long(address: str) -> None:
    assert address_marks(address, "Sam Reed") == ("marketplace",)
    assert is_machine_address(address)  # so that it is never suggested


def test_a_relays_name_within_another_domain_is_no_relay() -> None:
    assert "relay" not in address_marks("tom@notzendesk.com")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("info@abel.example", ""),
        ("support-eu@abel.example", ""),
        ("abel-support@abel.example", ""),
        ("sales.team@abel.example", ""),
        ("info.berlin@abel.example", ""),
        ("cs@abel.example", "Customer Support"),
        ("tom@abel.example", "Abel Support"),
        ("billing@abel.example", "Eve Marsh"),
        ("paypal@mail.paypal.example", "PayPal"),
    ],
)
def test_these_are_read_by_several_people(address: str, name: str) -> None:
    assert "shared_mailbox" in address_marks(address, name)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("maria.sales@abel.example", "Maria Sales"),
        ("sales.jones@abel.example", "Sarah Jones"),
        ("hello@janedoe.example", "Jane Doe"),
        ("mail@hans-mueller.example", "Hans Müller"),
        ("info@kern.example", "Otto Kern"),
        ("team.rocket@gmail.com", ""),
        ("info@gmail.com", ""),
        ("supporter@abel.example", ""),
        ("kim@kim.example", "Kim"),
    ],
)
def test_these_are_one_persons(address: str, name: str) -> None:
    assert "shared_mailbox" not in address_marks(address, name)


@pytest.mark.parametrize(
    "domain", ["gmail.com", "yahoo.co.uk", "gmx.de", "GMX.net", "t-online.de", "outlook.com.br", "proton.me"]
)
def test_anybody_may_have_a_mailbox_there(domain: str) -> None:
    assert is_free_mail(domain)


@pytest.mark.parametrize(
    "domain",
    ["northwind.example", "gmail.example", "yahoo-inc.com", "mail.northwind.com", "live.northwind.com", ""],
)
def test_these_domains_are_somebodys(domain: str) -> None:
    assert not is_free_mail(domain)


@pytest.mark.parametrize(
    ("domain", "label"),
    [
        ("northwind.example", "northwind"),
        ("mail.abel.co.uk", "abel"),
        ("abel.com.au", "abel"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_the_label_that_a_firm_chose(domain: str, label: str) -> None:
    assert registered_label(domain) == label
