"""Graph's calendars, through plain requests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Days, Entry, Hours
from tests.sandbox.microsoft.shape import check, needs_metadata
from tests.sandbox.microsoft.stand import CLEO, IMMUTABLE, MARK, Stand

GRANT = ("User.Read", "Calendars.ReadWrite")
AT_TWO = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
EXPAND = f"singleValueExtendedProperties($filter=id eq '{MARK}')"


def lunch(**more: Any) -> dict[str, Any]:
    return {
        "subject": "Lunch",
        "start": {"dateTime": "2026-11-25T14:00:00", "timeZone": "Europe/Amsterdam"},
        "end": {"dateTime": "2026-11-25T15:00:00", "timeZone": "Europe/Amsterdam"},
        **more,
    }


def shelf(stand: Stand, name: str = "Calendar") -> Calendar:
    return next(one for one in stand.world.calendars.of(CLEO) if one.name == name)


def only(stand: Stand) -> Entry:
    (entry,) = shelf(stand).entries()
    return entry


class Cleo:
    """Cleo's calendars, asked with a grant for them."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.token = stand.token(CLEO, *GRANT)

    def get(self, path: str, **options: Any) -> dict[str, Any]:
        return self.stand.get(path, token=self.token, **options)

    def refused(self, method: str, path: str, **options: Any) -> tuple[int, str]:
        return self.stand.refused(method, path, token=self.token, **options)

    def make(self, path: str = "/me/events", **more: Any) -> dict[str, Any]:
        answer = self.stand.graph("POST", path, token=self.token, body=lunch(**more))
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def ask(self, method: str, path: str, etag: str = "", body: Any = None, **options: Any) -> int:
        headers = {"If-Match": etag} if etag else {}
        answer = self.stand.graph(method, path, token=self.token, headers=headers, body=body, **options)
        return answer.status_code


@pytest.fixture
def cleo(stand: Stand) -> Cleo:
    return Cleo(stand)


@needs_metadata
def test_calendars_and_events_are_what_the_metadata_says(cleo: Cleo) -> None:
    made = cleo.make(attendees=[{"emailAddress": {"address": "dana@partner.example"}}])
    for one in cleo.get("/me/calendars")["value"]:
        check(one, "calendar")
    check(cleo.get(f"/me/events/{made['id']}", expand=EXPAND), "event")
    check(cleo.get("/me/events")["value"][0], "event")


def test_calendars_that_cannot_be_edited_or_are_anothers_are_listed_too(stand: Stand, cleo: Cleo) -> None:
    stand.world.calendars.add(CLEO, "Team", "writer", "ben@northwind.example")
    listed = cleo.get("/me/calendars", select="id,name,isDefaultCalendar,canEdit,owner")["value"]
    assert [(one["name"], one["canEdit"]) for one in listed] == [
        ("Calendar", True),
        ("Projects", True),
        ("Holidays", False),
        ("Team", True),
    ]
    assert [one["isDefaultCalendar"] for one in listed] == [True, False, False, False]
    assert listed[3]["owner"]["address"] == "ben@northwind.example"
    assert cleo.refused("POST", f"/me/calendars/{listed[2]['id']}/events", body=lunch()) == (
        403,
        "ErrorAccessDenied",
    )


def test_times_are_read_on_the_wall_and_answered_in_the_zone_that_is_preferred(
    stand: Stand, cleo: Cleo
) -> None:
    made = cleo.make()
    assert only(stand).when == Hours(AT_TWO, AT_TWO + HOUR, "Europe/Amsterdam")
    assert made["start"] == {"dateTime": "2026-11-25T13:00:00.0000000", "timeZone": "UTC"}
    assert made["originalStartTimeZone"] == "Europe/Amsterdam"
    zone = "Pacific Standard Time"
    shown = cleo.get(f"/me/events/{made['id']}", prefer=f'{IMMUTABLE}, outlook.timezone="{zone}"')
    assert shown["start"] == {"dateTime": "2026-11-25T05:00:00.0000000", "timeZone": zone}


def test_a_wall_that_shows_a_time_twice_means_the_later_one(stand: Stand, cleo: Cleo) -> None:
    twice = {"dateTime": "2026-10-25T02:30:00", "timeZone": "W. Europe Standard Time"}
    cleo.make(start=twice, end={**twice, "dateTime": "2026-10-25T04:00:00"})
    when = only(stand).when
    assert isinstance(when, Hours) and when.starts == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_whole_days_go_from_midnight_to_midnight_in_one_zone(stand: Stand, cleo: Cleo) -> None:
    def day(text: str, zone: str = "UTC") -> dict[str, str]:
        return {"dateTime": f"{text}T00:00:00", "timeZone": zone}

    made = cleo.make(isAllDay=True, start=day("2026-11-25"), end=day("2026-11-27"))
    assert only(stand).when == Days(date(2026, 11, 25), date(2026, 11, 26))
    shown = cleo.get(
        f"/me/events/{made['id']}", prefer=f'{IMMUTABLE}, outlook.timezone="Pacific Standard Time"'
    )
    assert shown["start"]["dateTime"].startswith("2026-11-25T00:00") and shown["isAllDay"] is True
    wrong = [
        {"start": day("2026-11-25"), "end": day("2026-11-26", "Asia/Tokyo")},
        {"start": {"dateTime": "2026-11-25T01:00:00", "timeZone": "UTC"}, "end": day("2026-11-26")},
    ]
    for times in wrong:
        body = lunch(isAllDay=True, **times)
        assert cleo.refused("POST", "/me/events", body=body) == (400, "ErrorPropertyValidationFailure")
    body = lunch(isAllDay=True, start=day("2026-11-25"), end=day("2026-11-25"))
    assert cleo.refused("POST", "/me/events", body=body)[1] == "ErrorCalendarEndDateIsEarlierThanStartDate"


@pytest.mark.parametrize(
    "change",
    [
        {"start": {"dateTime": "2026-11-25T14:00:00Z", "timeZone": "UTC"}},
        {"start": {"dateTime": "2026-11-25T14:00:00"}},
        {"start": {"dateTime": "2026-11-25T14:00:00", "timeZone": "Nowhere/Land"}},
        {"start": {"dateTime": "2026-11-25T14:00:00", "timeZone": "US/Eastern"}},
        {"start": {"dateTime": "2026-11-25T20:00:00", "timeZone": "UTC"}},
        {"start": None},
        {"subject": "x" * 256},
        {"subject": 5},
        {"location": "Here"},
        {"location": {"displayName": "x" * 256}},
        {"body": {"contentType": "rtf", "content": "x"}},
        {"showAs": "glass"},
        {"isAllDay": "yes"},
        {"reminderMinutesBeforeStart": -1, "isReminderOn": True},
        {"attendees": [{"emailAddress": {"address": "nobody"}}]},
        {"singleValueExtendedProperties": [{"id": "Name app", "value": "1"}]},
        {"transactionId": 5},
        {"recurrence": {}},
        {"nonsense": True},
    ],
)
def test_a_wrong_event_is_refused_and_nothing_is_written(
    stand: Stand, cleo: Cleo, change: dict[str, Any]
) -> None:
    assert cleo.refused("POST", "/me/events", body=lunch(**change))[0] == 400
    assert shelf(stand).known() == ()


def test_a_transaction_makes_one_event_however_often_it_is_posted(stand: Stand, cleo: Cleo) -> None:
    first = cleo.make(transactionId="t-1")
    assert cleo.make(transactionId="t-1")["id"] == first["id"]
    other = lunch(transactionId="t-1", subject="Something else")
    assert cleo.refused("POST", "/me/events", body=other) == (400, "ErrorDuplicateTransactionId")
    cleo.make(transactionId="t-2")
    assert len(shelf(stand).entries()) == 2
    path = f"/me/events/{first['id']}"
    assert cleo.refused("PATCH", path, body={"transactionId": "t-3"}) == (400, "ErrorInvalidPropertySet")


def test_a_repeated_transaction_may_be_refused_or_answered_with_an_event_that_is_gone(
    stand: Stand, cleo: Cleo
) -> None:
    first = cleo.make(transactionId="t-1")
    assert cleo.ask("DELETE", f"/me/events/{first['id']}") == 204
    assert cleo.make(transactionId="t-1")["id"] == first["id"]
    assert shelf(stand).entries() == ()
    stand.microsoft.graph.state.refuse_repeated = True
    body = lunch(transactionId="t-1")
    assert cleo.refused("POST", "/me/events", body=body) == (409, "ErrorDuplicateTransactionId")


def test_an_old_etag_of_an_event_is_refused_and_nothing_happens(stand: Stand, cleo: Cleo) -> None:
    made = cleo.make()
    path, old = f"/me/events/{made['id']}", made["@odata.etag"]
    shelf(stand).change(only(stand).id, title="By hand")
    assert cleo.ask("PATCH", path, old, {"subject": "Dinner"}) == 412
    assert only(stand).title == "By hand"
    now = cleo.get(path)["@odata.etag"]
    assert now != old and cleo.ask("PATCH", path, now, {"subject": "Dinner"}) == 200
    assert only(stand).title == "Dinner" and only(stand).when == Hours(
        AT_TWO, AT_TWO + HOUR, "Europe/Amsterdam"
    )


def test_a_deleted_event_is_gone(cleo: Cleo) -> None:
    made = cleo.make()
    path = f"/me/events/{made['id']}"
    assert cleo.ask("DELETE", path) == 204
    for method, body in (("GET", None), ("PATCH", {"subject": "x"}), ("DELETE", None)):
        assert cleo.refused(method, path, body=body) == (404, "ErrorItemNotFound")


def test_a_deleted_event_may_still_be_read_by_an_id_that_does_not_change(stand: Stand, cleo: Cleo) -> None:
    made = cleo.make()
    path = f"/me/events/{made['id']}"
    stand.microsoft.graph.state.deleted_is_readable = True
    assert cleo.ask("DELETE", path) == 204
    assert cleo.get(path)["subject"] == "Lunch"
    assert cleo.get("/me/events")["value"] == []
    assert cleo.refused("DELETE", path) == (403, "ErrorCannotDeleteObject")
    assert cleo.refused("PATCH", path, body={"subject": "x"}) == (404, "ErrorItemNotFound")


def test_deleting_heeds_no_etag(stand: Stand, cleo: Cleo) -> None:
    made = cleo.make()
    shelf(stand).change(only(stand).id, title="By hand")
    assert cleo.ask("DELETE", f"/me/events/{made['id']}", made["@odata.etag"]) == 204
    assert shelf(stand).entries() == ()


def test_events_are_found_by_an_extended_property(cleo: Cleo) -> None:
    def marked(value: str) -> str:
        return f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARK}' and ep/value eq '{value}')"

    for value in ("one", "two"):
        cleo.make(subject=value, singleValueExtendedProperties=[{"id": MARK, "value": value}])
    cleo.make(subject="Not ours")
    (found,) = cleo.get("/me/events", filter=marked("two"), expand=EXPAND)["value"]
    assert found["subject"] == "two"
    assert found["singleValueExtendedProperties"] == [{"id": MARK, "value": "two"}]
    assert "singleValueExtendedProperties" not in cleo.get("/me/events")["value"][0]
    for text in ("subject eq 'two'", f"{marked('two')} and subject eq 'two'", "nonsense"):
        assert cleo.refused("GET", "/me/events", filter=text) == (400, "ErrorInvalidUrlQueryFilter")


def test_guests_are_mailed_whether_anybody_wants_it_or_not(stand: Stand, cleo: Cleo) -> None:
    made = cleo.make(attendees=[{"emailAddress": {"address": "dana@partner.example"}}])
    path = f"/me/events/{made['id']}"
    assert cleo.ask("PATCH", path, body={"subject": "Dinner"}) == 200
    assert cleo.ask("DELETE", path) == 204
    mails = stand.world.calendars.guest_mails
    assert [(one.guest, one.what) for one in mails] == [
        ("dana@partner.example", "invited"),
        ("dana@partner.example", "updated"),
        ("dana@partner.example", "cancelled"),
    ]


def test_an_event_is_read_only_by_the_kind_of_id_that_is_preferred(cleo: Cleo) -> None:
    made = cleo.make()
    path = f"/me/events/{made['id']}"
    assert cleo.get(path)["subject"] == "Lunch"
    assert cleo.refused("GET", path, prefer="") == (400, "ErrorInvalidIdMalformed")
    plain = cleo.get("/me/events", prefer="")["value"][0]["id"]
    assert cleo.get(f"/me/events/{plain}", prefer="")["subject"] == "Lunch"
    projects = cleo.get("/me/calendars")["value"][1]["id"]
    assert cleo.refused("GET", f"/me/calendars/{projects}/events/{made['id']}")[0] == 404


def test_a_list_of_events_has_ten_and_a_link_to_the_next(cleo: Cleo) -> None:
    for n in range(12):
        cleo.make(subject=str(n))
    first = cleo.get("/me/events", select="subject")
    rest = cleo.get(first["@odata.nextLink"])
    assert (len(first["value"]), len(rest["value"])) == (10, 2)
    assert set(first["value"][0]) == {"@odata.etag", "id", "subject"}
    assert cleo.refused("GET", "/me/events", select="nonsense") == (400, "RequestBroker--ParseUri")


def test_the_notes_of_an_event_are_html_unless_text_is_preferred(cleo: Cleo) -> None:
    made = cleo.make(body={"contentType": "text", "content": "One\nTwo"})
    assert made["body"]["contentType"] == "html" and "<div>" in made["body"]["content"]
    text = cleo.get(f"/me/events/{made['id']}", prefer=f'{IMMUTABLE}, outlook.body-content-type="text"')
    assert text["body"] == {"contentType": "text", "content": "One\r\nTwo\r\n"}


def test_calendars_want_a_scope_of_their_own(stand: Stand) -> None:
    mail = stand.token(CLEO, "User.Read", "Mail.ReadWrite")
    assert stand.refused("GET", "/me/calendars", token=mail) == (403, "ErrorAccessDenied")
    looking = stand.token(CLEO, "User.Read", "Calendars.Read")
    assert stand.get("/me/events", token=looking)["value"] == []
    assert stand.refused("POST", "/me/events", token=looking, body=lunch()) == (403, "ErrorAccessDenied")
