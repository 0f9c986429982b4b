"""$search and $filter: what they find, and what Graph refuses to do."""

from datetime import timedelta

import pytest

from sandbox.microsoft import scopes
from tests.sandbox.microsoft.stand import BEN, CLEO, DANA, EVE, MARK, Stand

FAR = "receivedDateTime ge 1900-01-01T00:00:00Z"


def found(stand: Stand, query: str, **options: str) -> list[str]:
    return [one["subject"] for one in stand.get("/me/messages", search=f'"{query}"', **options)["value"]]


def filtered(stand: Stand, query: str, **options: str) -> list[str]:
    return sorted(one["subject"] for one in stand.get("/me/messages", filter=query, **options)["value"])


@pytest.fixture(autouse=True)
def some_mail(stand: Stand) -> None:
    stand.mail("Dana Reyes <dana@partner.example>", CLEO.address, "Cups", "Blue cups", ago=timedelta(hours=3))
    stand.mail(CLEO.address, "dana@partner.example", "Plates", ago=timedelta(hours=2))
    stand.mail("jo.dana@partner.example", CLEO.address, "Other", "Dana said", ago=timedelta(hours=1))
    stand.mail(EVE.address, CLEO.address, "It's late", Cc="Dana <dana@partner.example>", Importance="high")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("participants:dana@partner.example", ["It's late", "Other", "Plates", "Cups"]),
        ("from:dana@partner.example", ["Other", "Cups"]),
        ("to:dana@partner.example", ["Plates"]),
        ("recipients:dana@partner.example", ["It's late", "Plates"]),
        ("cc:dana", ["It's late"]),
        ("participants:reyes", ["Cups"]),
        ("participants:partner", ["It's late", "Other", "Plates", "Cups"]),
        ("participants:partn", []),
        ("participants:partn*", ["It's late", "Other", "Plates", "Cups"]),
        ("subject:cups OR subject:plates", ["Plates", "Cups"]),
        ("subject:cups subject:plates", ["Plates", "Cups"]),
        ("from:dana AND subject:cups", ["Cups"]),
        ("from:dana body:blue", ["Cups"]),
        ("from:dana NOT subject:cups", ["Other"]),
        ("from:(eve OR reyes)", ["It's late", "Cups"]),
        ("blue cups", ["Cups"]),
        (r"\"blue cups\"", ["Cups"]),
        (r"\"cups blue\"", []),
        ("received>=2026-11-20T11:00:00Z", ["It's late", "Other"]),
        ("hasattachments:true", []),
    ],
)
def test_a_search_compares_words_and_falls_by_the_time_of_sending(
    stand: Stand, query: str, expected: list[str]
) -> None:
    assert found(stand, query) == expected


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"filter": "isRead eq false"}, "SearchWithFilter"),
        ({"orderby": "receivedDateTime desc"}, "SearchWithOrderBy"),
        ({"skip": "1"}, "SearchWithSkip"),
        ({"count": "true"}, "SearchWithCount"),
    ],
)
def test_a_search_goes_with_no_other_restriction(stand: Stand, other: dict[str, str], code: str) -> None:
    assert stand.refused("GET", "/me/messages", search='"dana"', **other) == (400, code)


@pytest.mark.parametrize(
    "query", ["from:dana@partner.example", '"say "this" now"', '"(dana"', '""', '"a NOT"']
)
def test_a_search_that_cannot_be_read_is_refused(stand: Stand, query: str) -> None:
    assert stand.refused("GET", "/me/messages", search=query) == (400, "BadRequest")


def test_a_search_finds_a_thousand_at_most_and_pages_through_them(stand: Stand) -> None:
    stand.microsoft.limits.found = 3
    page = stand.get("/me/messages", search='"participants:dana"', top="2")
    rest = stand.get(page["@odata.nextLink"])
    assert [len(one["value"]) for one in (page, rest)] == [2, 1]
    assert "@odata.nextLink" not in rest


def test_a_search_learns_of_new_mail_late(stand: Stand) -> None:
    stand.microsoft.limits.search_lag = timedelta(seconds=30)
    assert found(stand, "from:eve") == []
    stand.clock.advance(timedelta(seconds=30))
    assert found(stand, "from:eve") == ["It's late"]


def test_a_search_stays_in_the_folder_it_is_put_to(stand: Stand) -> None:
    page = stand.get("/me/mailFolders/sentitems/messages", search='"participants:dana"')
    assert [one["subject"] for one in page["value"]] == ["Plates"]


def test_basic_mail_cannot_be_searched_and_shows_no_text(stand: Stand) -> None:
    token = stand.token(CLEO, scopes.MAIL_BASIC)
    assert stand.refused("GET", "/me/messages", token=token, search='"dana"') == (403, "ErrorAccessDenied")
    shown = stand.get("/me/messages", token=token)["value"][0]
    assert not {"body", "bodyPreview", "uniqueBody"} & set(shown)
    assert stand.refused("GET", "/me/messages", token=token, expand="attachments") == (
        403,
        "ErrorAccessDenied",
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from/emailAddress/address eq 'DANA@partner.example'", ["Cups"]),
        ("isRead eq false and importance eq 'high'", ["It's late"]),
        ("subject eq 'It''s late'", ["It's late"]),
        ("startswith(subject,'cup') or contains(subject,'ate')", ["Cups", "It's late", "Plates"]),
        ("not (isRead eq false)", ["Plates"]),
        ("receivedDateTime lt 2026-11-20T09:30:00Z", ["Cups"]),
        ("receivedDateTime ge 2026-11-20T11:00:00Z", ["It's late", "Other"]),
        ("isDraft eq true", []),
    ],
)
def test_a_filter_is_exact(stand: Stand, query: str, expected: list[str]) -> None:
    assert filtered(stand, query) == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("toRecipients/any(r: r/emailAddress/address eq 'a@b.example')", "ErrorInvalidUrlQueryFilter"),
        ("endswith(from/emailAddress/address,'example')", "ErrorInvalidUrlQueryFilter"),
        ("subjekt eq 'a'", "RequestBroker--ParseUri"),
        ("subject eq", "BadRequest"),
        ("subject is 'a'", "BadRequest"),
        ("isRead eq 'yes'", "BadRequest"),
        ("(isRead eq true", "BadRequest"),
        ("subject eq 'It's late'", "BadRequest"),
    ],
)
def test_a_filter_that_cannot_be_answered_is_refused(stand: Stand, query: str, code: str) -> None:
    assert stand.refused("GET", "/me/messages", filter=query) == (400, code)


def test_a_conversation_is_found_without_an_order_and_comes_in_none(stand: Stand) -> None:
    first = stand.mail("dana@partner.example", CLEO.address, "Talk", ago=timedelta(hours=9))
    for number in range(8):
        ago = timedelta(hours=8 - number)
        stand.mail("dana@partner.example", CLEO.address, "Re: Talk", answers=first, ago=ago)
    conversation = stand.get("/me/messages", search='"subject:talk"')["value"][0]["conversationId"]
    query = f"conversationId eq '{conversation}'"
    page = stand.get("/me/messages", filter=query, top="50")
    times = [one["receivedDateTime"] for one in page["value"]]
    assert len(times) == 9
    assert times not in (sorted(times), sorted(times, reverse=True))
    inefficient = stand.refused("GET", "/me/messages", filter=query, orderby="receivedDateTime desc")
    assert inefficient == (400, "InefficientFilter")
    assert stand.get("/me/messages", person=BEN, filter=query)["value"] == []


def test_an_order_must_begin_the_filter(stand: Stand) -> None:
    query = f"{FAR} and from/emailAddress/address eq '{DANA.address}'"
    page = stand.get("/me/messages", filter=query, orderby="receivedDateTime desc")
    assert [one["subject"] for one in page["value"]] == ["Cups"]
    turned = f"from/emailAddress/address eq '{DANA.address}' and {FAR}"
    refused = stand.refused("GET", "/me/messages", filter=turned, orderby="receivedDateTime desc")
    assert refused == (400, "InefficientFilter")
    alone = stand.get("/me/messages", orderby="subject asc")["value"]
    assert [one["subject"] for one in alone] == ["Cups", "It's late", "Other", "Plates"]


def test_options_that_do_not_exist_are_refused(stand: Stand) -> None:
    assert stand.refused("GET", "/me/messages", skipping="1") == (400, "BadRequest")
    assert stand.refused("GET", "/me/messages", expand="sender") == (400, "RequestBroker--ParseUri")
    assert stand.refused("GET", "/me/messages", orderby="subjekt") == (400, "RequestBroker--ParseUri")


def test_extended_properties_are_found_by_their_value(stand: Stand) -> None:
    for value in ("one", "it's two"):
        marks = [{"id": MARK, "value": value}]
        message = {
            "subject": value,
            "toRecipients": [{"emailAddress": {"address": DANA.address}}],
            "singleValueExtendedProperties": marks,
        }
        assert stand.graph("POST", "/me/sendMail", body={"message": message}).status_code == 202
    query = f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARK}' and ep/value eq 'it''s two')"
    expand = f"singleValueExtendedProperties($filter=id eq '{MARK}')"
    page = stand.get("/me/mailFolders/sentitems/messages", filter=query, expand=expand)
    assert [one["subject"] for one in page["value"]] == ["it's two"]
    assert page["value"][0]["singleValueExtendedProperties"] == [{"id": MARK, "value": "it's two"}]
    anything = f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARK}')"
    assert filtered(stand, anything) == ["it's two", "one"]
    assert "singleValueExtendedProperties" not in stand.newest(folder="sentitems")
    wrong = "singleValueExtendedProperties/Any(ep: ep/id eq 'mailroom')"
    assert stand.refused("GET", "/me/messages", filter=wrong) == (400, "ErrorInvalidProperty")
    bare = stand.refused("GET", "/me/messages", expand="singleValueExtendedProperties")
    assert bare == (400, "ErrorInvalidUrlQuery")
