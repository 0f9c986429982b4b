"""Names of people and companies, as far as their mail tells."""

import pytest

from providers.content.names import best_name, name_from_address, person_name
from providers.mail import EmailAddress


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Doe, Jane", "Jane Doe"),
        ("Jane Doe (Northwind)", "Jane Doe"),
        ("JANE DOE", "Jane Doe"),
        ("jane doe", "Jane Doe"),
        ("'Jane Doe' via Sales", "Jane Doe"),
        ("Dr. Jane Doe", "Jane Doe"),
        ("Prof. Dr.-Ing. Jane Doe", "Jane Doe"),
        ("Univ.-Prof. Dipl.-Ing. Jane Doe", "Jane Doe"),
        ("Hon-Ing Lee", "Hon-Ing Lee"),
        ("Doe, Jane, PhD", "Jane Doe"),
        ("Jane Doe, MBA", "Jane Doe"),
        ("jane.doe@x.example", "Jane Doe"),
        ("[EXT] Jane Doe", "Jane Doe"),
        ("Jane Doe | Northwind", "Jane Doe"),
        ("Jane Doe - Abel", "Jane Doe"),
        ("MÜLLER, Jörg", "Jörg Müller"),
        ("O'NEIL, SEAN", "Sean O'Neil"),
        ("mcdonald, ronald", "Ronald McDonald"),
        ("ludwig van beethoven", "Ludwig van Beethoven"),
        ("Wernher von Braun", "Wernher von Braun"),
        ("Jean-Luc Picard", "Jean-Luc Picard"),
        ("田中 太郎", "田中 太郎"),
        ("Jack Ma", "Jack Ma"),
        ("JP Morgan", "JP Morgan"),
        ("Dana", "Dana"),
        ("info", ""),
        ("support team", ""),
        ("...", ""),
        ("", ""),
        ("Tom Abel, Abel Ltd", "Tom Abel"),
        ("\u202eJane Doe", "Jane Doe"),
    ],
)
def test_a_display_name_becomes_a_name(written: str, name: str) -> None:
    assert person_name(written) == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("jane.doe@x.example", "Jane Doe"),
        ("jane_doe2@x.example", "Jane Doe"),
        ("jane-doe+tag@x.example", "Jane Doe"),
        ("j.doe@x.example", "J. Doe"),
        ("jan.van.der.berg@x.example", "Jan van der Berg"),
        ("jdoe@x.example", ""),
        ("info.berlin@x.example", ""),
        ("x.y@z.example", ""),
        ("4711@x.example", ""),
    ],
)
def test_an_address_gives_a_name_only_where_it_spells_one(address: str, name: str) -> None:
    assert name_from_address(address) == name


@pytest.mark.parametrize(
    ("seen", "address", "name"),
    [
        (("Jane", "Jane Doe", "J. Doe"), "jane@x.example", "Jane Doe"),
        (("JORG MULLER", "Jörg Müller"), "jm@x.example", "Jörg Müller"),
        (("jane@x.example", "Jane"), "jane@x.example", "Jane"),
        (("Jane",), "jane.doe@x.example", "Jane Doe"),
        ((), "jane.doe@x.example", "Jane Doe"),
        (("Support",), "jdoe@x.example", ""),
        (("jdoe",), "jdoe@x.example", ""),
        (("Ann Doe", "Jane Doe", "Jane Doe"), "jane@x.example", "Jane Doe"),
    ],
)
def test_the_best_name_seen_is_taken(seen: tuple[str, ...], address: str, name: str) -> None:
    assert best_name([EmailAddress(address, one) for one in seen], address) == name
