"""What is asked of Graph: words never become operators, addresses nothing but addresses."""

from urllib.parse import parse_qs, urlsplit

import pytest

from providers.errors import Refused
from providers.microsoft import search


def options(path: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query, strict_parsing=True).items()}


def test_one_plain_address_is_searched_as_microsoft_documents_it() -> None:
    asked = options(search.hits(["Dana@Partner.example"], "", 100))
    assert asked["$search"] == '"participants:dana@partner.example"'
    assert asked["$top"] == "100" and "$filter" not in asked and "$orderby" not in asked


def test_words_are_looked_for_and_not_obeyed() -> None:
    words = 'pricing OR from:eve "two words" NOT (x) a*'
    asked = options(search.hits(["dana@partner.example", "d@home.example"], words, 10))["$search"]
    people = "(participants:dana@partner.example OR participants:d@home.example)"
    quoted = ["pricing", "OR", "from:eve", "two words", "NOT", "x", "a"]
    assert asked == '"{}"'.format(" AND ".join([people, *(f'\\"{one}\\"' for one in quoted)]))


def test_an_address_with_unusual_signs_is_quoted() -> None:
    asked = options(search.hits(["ann+list@x.example"], "", 10))["$search"]
    assert asked == '"participants:\\"ann+list@x.example\\""'


@pytest.mark.parametrize(
    "address", ["", "dana", "a b@x.example", 'a"b@x.example', "-a@x.example", "a*@x.example"]
)
def test_what_says_more_than_an_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        search.hits([address], "", 10)
    with pytest.raises(Refused):
        search.search_link("ann@northwind.example", [address])


def test_what_only_invitations_have_is_left_out_for_mailboxes_that_do_not_know_it() -> None:
    whole = options(search.conversation("c", 50))["$select"]
    plainer = options(search.conversation("c", 50, meetings=False))["$select"]
    assert "eventMessage" in whole and "eventMessage" not in plainer and whole.startswith(plainer)


def test_quotes_in_ids_are_doubled_and_no_order_is_asked_for() -> None:
    asked = options(search.conversation("a'b", 50))
    assert asked["$filter"] == "conversationId eq 'a''b'" and "$orderby" not in asked


def test_the_order_of_an_exact_question_comes_first_in_its_filter() -> None:
    asked = options(search.received_from("o'hara@x.example", 10))
    assert asked["$filter"].startswith("receivedDateTime ge ")
    assert asked["$filter"].endswith("'o''hara@x.example'") and asked["$orderby"] == "receivedDateTime desc"


def test_ids_are_encoded_in_paths() -> None:
    assert search.message("AAM+/=", "reply") == "/me/messages/AAM%2B%2F%3D/reply"


def test_a_key_that_is_none_of_ours_is_never_asked_for() -> None:
    with pytest.raises(Refused):
        search.marked("x') or ('1' eq '1")


def test_personal_accounts_have_a_page_of_their_own() -> None:
    assert search.search_link("ann@outlook.com", ["d@x.example"]).startswith("https://outlook.live.com/")
    assert search.search_link("ann@hotmail.co.uk", ["d@x.example"]).startswith("https://outlook.live.com/")
    assert search.search_link("ann@northwind.example", ["d@x.example"]).startswith(
        "https://outlook.office.com/"
    )


@pytest.mark.parametrize(
    "link", ["", "javascript:alert(1)", "http://outlook.example", "https://x/" + "a" * 3000]
)
def test_a_link_that_is_none_leads_to_the_mailbox(link: str) -> None:
    assert search.safe_link(link, "ann@northwind.example") == "https://outlook.office.com/mail/"
