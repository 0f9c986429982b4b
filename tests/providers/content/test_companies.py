"""Which company an address and the name beside it speak of."""

import pytest

from providers.content.companies import company_of


@pytest.mark.parametrize(
    ("address", "company"),
    [
        ("a@northwind.example", "Northwind"),
        ("a@mail.abel-ltd.co.uk", "Abel Ltd"),
        ("a@eu.sales.northwind.com.au", "Northwind"),
        ("a@weiss-gmbh.de", "Weiss GmbH"),
        ("a@marsh-and-sons.example", "Marsh and Sons"),
        ("a@the-northwind-co.example", "The Northwind Co"),
        ("a@t-systems.com", "T-Systems"),
        ("a@kyoto-u.ac.jp", "Kyoto-U"),
        ("a@xn--bcher-kva.example", "Bücher"),
        ("a@bmw.de", "BMW"),
        ("a@3m.com", "3M"),
        ("a@abel.onmicrosoft.com", "Abel"),
        ("a@abel-chairs.myshopify.com", "Abel Chairs"),
        ("a@abel.uk.com", "Abel"),
        ("a@cs.stanford.edu", "Stanford"),
    ],
)
def test_a_company_is_read_off_the_part_of_a_domain_that_it_chose(address: str, company: str) -> None:
    assert company_of(address) == company


@pytest.mark.parametrize(
    "address",
    [
        "a@gmail.com",
        "a@hotmail.co.uk",
        "a@mail.t-online.de",
        "a@freemail.example",
        "a@eu.freemail.example",
        "a@webmail.example",
        "a@gmail.example",
        "a@outlook.example",
        "a@123.com",
        "a@163.com",
        "a@localhost",
        "a@mail.local",
        "nowhere",
        "",
        "a@",
        "a@.",
        "a@..com",
        "a@-.com",
    ],
)
def test_where_anybody_may_have_a_mailbox_no_company_is_named(address: str) -> None:
    assert company_of(address) == ""


@pytest.mark.parametrize(
    ("written", "company"),
    [
        ("Ann (Northwind Traders)", "Northwind Traders"),
        ("Ann [NorthWind]", "NorthWind"),
        ("Ann Lee | Northwind Inc.", "Northwind Inc"),
        ("Ann Lee - Northwind Ltd", "Northwind Ltd"),
        ("Ann Lee, Northwind Traders", "Northwind Traders"),
        ("Ann Lee at Northwind Traders", "Northwind Traders"),
        ("Ann @ North Wind", "North Wind"),
        ("Ann (Sales)", "Northwind"),
        ("Ann (she/her)", "Northwind"),
        ("Lee, Ann", "Northwind"),
        ("Ann Lee, PhD", "Northwind"),
        ("Ann - Sales - Northwind", "Northwind"),
        ("North Wind", ""),
    ],
)
def test_the_name_beside_an_address_knows_more_than_the_domain(written: str, company: str) -> None:
    assert company_of("ann@northwind.example", written) == company


@pytest.mark.parametrize("written", ["Jane Doe", "Doe Jane", "JANE DOE", "Jané Doe"])
def test_a_domain_that_is_the_persons_own_name_is_no_company(written: str) -> None:
    assert company_of("me@jane-doe.example", written) == ""
    assert company_of("me@jane-doe.example", "Tom Abel") == "Jane Doe"
