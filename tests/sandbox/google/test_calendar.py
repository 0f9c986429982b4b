"""Google's calendar, through the real client."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sandbox.calendars.entries import Days, Hours
from sandbox.google import scopes
from sandbox.google.calendar.methods import OWNED
from tests.sandbox.google.calendar_stand import LIST, TIMES, client, document_text, lunch, projects, shelf
from tests.sandbox.google.shape import check_against
from tests.sandbox.google.stand import ANN, Stand, refused

MAILS_NOBODY = {"sendUpdates": "none"}
HOUR = timedelta(hours=1)


def put(stand: Stand, events: Any = None, **more: Any) -> dict[str, Any]:
    events = events or client(stand).events()
    made: dict[str, Any] = events.insert(
        calendarId=projects(stand), body=lunch(**more), **MAILS_NOBODY
    ).execute()
    return made


def matched(request: Any, etag: str) -> Any:
    request.headers["If-Match"] = etag
    return request


def test_calendars_are_listed_by_what_one_may_do_in_them(stand: Stand) -> None:
    stand.world.calendars.add(ANN, "Team", "writer", "ben@northwind.example")
    lists = client(stand).calendarList()
    whole = lists.list().execute()
    assert [one["accessRole"] for one in whole["items"]] == ["owner", "owner", "reader", "writer"]
    assert whole["items"][0]["id"] == ANN.address and whole["items"][0]["primary"] is True
    own = lists.list(minAccessRole="owner").execute()["items"]
    assert [one["summary"] for one in own] == [ANN.address, "Projects"]
    check_against(document_text(), whole, "CalendarList")
    page = lists.list(maxResults=3).execute()
    assert len(page["items"]) == 3
    assert len(lists.list(maxResults=3, pageToken=page["nextPageToken"]).execute()["items"]) == 1


def test_an_event_is_what_the_document_describes(stand: Stand) -> None:
    events = client(stand).events()
    made = put(stand, events, id="abc123", location="Here", description="Notes", transparency="transparent")
    read = events.get(calendarId=projects(stand), eventId="abc123").execute()
    assert read == made
    check_against(document_text(), read, "Event")
    check_against(document_text(), events.list(calendarId=projects(stand)).execute(), "Events")
    assert read["start"] == TIMES["start"] and read["status"] == "confirmed"
    entry = shelf(stand).entries()[0]
    at = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    assert entry.when == Hours(at, at + HOUR, "Europe/Amsterdam")


def test_the_end_of_whole_days_is_not_included(stand: Stand) -> None:
    put(stand, start={"date": "2026-11-25"}, end={"date": "2026-11-26"})
    assert shelf(stand).entries()[0].when == Days(date(2026, 11, 25), date(2026, 11, 25))
    events = client(stand).events()
    days = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-25"}}
    assert refused(events.insert(calendarId="primary", body=days)) == (400, "timeRangeEmpty")


def test_an_id_stays_taken_after_its_event_was_deleted(stand: Stand) -> None:
    events = client(stand).events()
    put(stand, events, id="abc123")
    again = events.insert(calendarId=projects(stand), body=lunch(id="abc123"))
    assert refused(again) == (409, "duplicate")
    events.delete(calendarId=projects(stand), eventId="abc123", **MAILS_NOBODY).execute()
    assert refused(again) == (409, "duplicate")
    assert events.get(calendarId=projects(stand), eventId="abc123").execute()["status"] == "cancelled"
    elsewhere = events.insert(calendarId="primary", body=lunch(id="abc123"), **MAILS_NOBODY).execute()
    assert elsewhere["id"] == "abc123"


def test_only_status_confirmed_lets_a_deleted_event_stand_again(stand: Stand) -> None:
    events = client(stand).events()
    put(stand, events, id="abc123")
    where = {"calendarId": projects(stand), "eventId": "abc123"}
    events.delete(**where, **MAILS_NOBODY).execute()
    assert refused(events.patch(**where, body={"summary": "Dinner"})) == (403, "forbidden")
    revived = events.patch(
        **where, body={"status": "confirmed", "summary": "Dinner"}, **MAILS_NOBODY
    ).execute()
    assert (revived["status"], revived["summary"], revived["start"]) == (
        "confirmed",
        "Dinner",
        TIMES["start"],
    )
    events.delete(**where, **MAILS_NOBODY).execute()
    stand.google.calendar.state.never_again.add(ANN.subject)
    assert refused(events.patch(**where, body={"status": "confirmed"})) == (403, "forbidden")


def test_deleting_twice_is_gone_and_deleting_what_never_was_is_not_found(stand: Stand) -> None:
    events = client(stand).events()
    put(stand, events, id="abc123")
    where = {"calendarId": projects(stand), "eventId": "abc123"}
    events.delete(**where, **MAILS_NOBODY).execute()
    assert refused(events.delete(**where)) == (410, "deleted")
    assert refused(events.delete(**{**where, "eventId": "abc124"})) == (404, "notFound")
    assert refused(events.get(**{**where, "eventId": "abc124"})) == (404, "notFound")
    assert refused(events.get(**{**where, "calendarId": "nowhere@x.example"})) == (404, "notFound")


def test_an_old_etag_is_refused_and_nothing_happens(stand: Stand) -> None:
    events = client(stand).events()
    made = put(stand, events, id="abc123")
    where = {"calendarId": projects(stand), "eventId": "abc123"}
    shelf(stand).change("abc123", title="By hand")
    for request in (
        events.patch(**where, body={"summary": "Dinner"}),
        events.update(**where, body=lunch()),
        events.delete(**where),
    ):
        assert refused(matched(request, made["etag"])) == (412, "conditionNotMet")
    assert shelf(stand).entries()[0].title == "By hand"
    now = events.get(**where).execute()["etag"]
    assert now != made["etag"]
    patched = matched(events.patch(**where, body={"summary": "Dinner"}, **MAILS_NOBODY), now).execute()
    assert patched["etag"] not in (now, made["etag"])


def test_a_patch_merges_and_null_takes_away(stand: Stand) -> None:
    events = client(stand).events()
    ours = {"private": {"a": "1", "b": "2"}}
    put(stand, events, id="abc123", location="Here", extendedProperties=ours)
    where = {"calendarId": projects(stand), "eventId": "abc123"}
    change = {"location": None, "extendedProperties": {"private": {"b": "3"}}}
    patched = events.patch(**where, body=change, **MAILS_NOBODY).execute()
    assert "location" not in patched and patched["summary"] == "Lunch"
    assert patched["extendedProperties"] == {"private": {"a": "1", "b": "3"}}
    half: dict[str, Any] = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    assert refused(events.patch(**where, body=half))[0] == 400
    bare = {"dateTime": None, "timeZone": None}
    whole = {"start": {**half["start"], **bare}, "end": {**half["end"], **bare}}
    assert events.patch(**where, body=whole, **MAILS_NOBODY).execute()["start"] == half["start"]


def test_guests_are_mailed_unless_send_updates_is_none(stand: Stand) -> None:
    events = client(stand).events()
    guests = {"attendees": [{"email": "dana@partner.example"}]}
    put(stand, events, id="abc123", **guests)
    assert list(stand.world.calendars.guest_mails) == []
    where = {"calendarId": projects(stand), "eventId": "abc123"}
    events.patch(**where, body={"summary": "Dinner"}).execute()
    events.delete(**where, sendUpdates="all").execute()
    assert [one.what for one in stand.world.calendars.guest_mails] == ["updated", "cancelled"]
    assert refused(events.delete(**where, sendUpdates="all")) == (410, "deleted")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "UPPER"},
        {"id": "abcz1"},
        {"id": "abc"},
        {"start": {}},
        {"start": {"date": "2026-11-25"}},
        {"start": {"dateTime": "2026-11-25T14:00:00"}},
        {"start": {"dateTime": "tomorrow", "timeZone": "UTC"}},
        {"start": {"dateTime": "2026-11-25T14:00:00", "timeZone": "W. Europe Standard Time"}},
        {"start": {"dateTime": "2026-11-25T23:00:00Z"}},
        {"reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]}},
        {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 50_000}]}},
        {"reminders": {"useDefault": False, "overrides": [{"method": "sms", "minutes": 5}]}},
        {"reminders": {"overrides": [{"method": "popup", "minutes": n} for n in range(6)]}},
        {"source": {"url": "slack://open", "title": "Slack"}},
        {"extendedProperties": {"private": {"k" * 45: "v"}}},
        {"extendedProperties": {"private": {"k": "v" * 1025}}},
        {"description": "x" * 8193},
        {"transparency": "glass"},
        {"status": "maybe"},
        {"attendees": [{"email": "nobody"}]},
        {"summary": 5},
        {"nonsense": True},
        {"recurrence": ["RRULE:FREQ=DAILY"]},
    ],
)
def test_a_wrong_event_is_refused_and_nothing_is_written(stand: Stand, change: dict[str, Any]) -> None:
    request = client(stand).events().insert(calendarId=projects(stand), body=lunch(**change))
    assert refused(request)[0] == 400
    assert shelf(stand).known() == ()


def test_an_event_is_made_with_an_id_of_one_kind_alone(stand: Stand) -> None:
    both = lunch(id="abcde12345", iCalUID="abcde12345@mailroom.example")
    assert refused(client(stand).events().insert(calendarId=projects(stand), body=both))[0] == 400
    assert shelf(stand).known() == ()


def test_the_list_is_narrowed_by_time_and_private_properties(stand: Stand) -> None:
    events = client(stand).events()
    for n in range(3):
        put(stand, events, summary=f"Ours {n}", extendedProperties={"private": {"app": "1", "n": str(n)}})
    put(stand, events, summary="Not ours")
    later = {name: {"dateTime": f"2026-12-01T1{n}:00:00Z"} for n, name in enumerate(("start", "end"))}
    put(stand, events, summary="Later", extendedProperties={"private": {"app": "1"}}, **later)

    def titles(**query: Any) -> list[str]:
        found = events.list(calendarId=projects(stand), **query).execute()["items"]
        return sorted(one["summary"] for one in found)

    assert titles(privateExtendedProperty="app=1") == ["Later", "Ours 0", "Ours 1", "Ours 2"]
    assert titles(privateExtendedProperty=["app=1", "n=2"]) == ["Ours 2"]
    day = {"timeMin": "2026-11-25T00:00:00Z", "timeMax": "2026-11-26T00:00:00Z"}
    assert titles(privateExtendedProperty="app=1", **day) == ["Ours 0", "Ours 1", "Ours 2"]
    assert titles(timeMin="2026-11-25T14:00:00Z", timeMax="2026-11-26T00:00:00Z") == []
    assert len(titles(maxResults=2)) == 2


def test_pages_of_events_follow_one_another(stand: Stand) -> None:
    events = client(stand).events()
    for n in range(5):
        put(stand, events, summary=str(n))
    page = events.list(calendarId=projects(stand), maxResults=3).execute()
    rest = events.list(calendarId=projects(stand), maxResults=3, pageToken=page["nextPageToken"]).execute()
    assert sorted(one["summary"] for one in page["items"] + rest["items"]) == list("01234")
    assert "nextPageToken" not in rest


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"timeMin": "2026-11-25T00:00:00"}, (400, "badRequest")),
        ({"timeMin": "2026-11-25T00:00:00Z", "timeMax": "2026-11-25T00:00:00Z"}, (400, "timeRangeEmpty")),
        ({"orderBy": "startTime"}, (400, "invalid")),
        ({"pageToken": "nonsense"}, (400, "invalid")),
        ({"syncToken": "t", "privateExtendedProperty": "a=1"}, (400, "cannotCombineSyncToken")),
        ({"syncToken": "t"}, (410, "fullSyncRequired")),
        ({"fields": "items(nonsense)"}, (400, "invalidArgument")),
    ],
)
def test_a_wrong_question_for_events_is_refused(
    stand: Stand, query: dict[str, str], why: tuple[int, str]
) -> None:
    assert refused(client(stand).events().list(calendarId=projects(stand), **query)) == why


def test_calendars_want_scopes_of_their_own(stand: Stand) -> None:
    mail = client(stand, ANN, scopes.READONLY, scopes.COMPOSE)
    assert refused(mail.calendarList().list()) == (403, "insufficientPermissions")
    assert refused(mail.events().insert(calendarId="primary", body=lunch()))[0] == 403
    listing = client(stand, ANN, LIST)
    assert listing.calendarList().list().execute()["items"]
    assert refused(listing.events().list(calendarId="primary")) == (403, "insufficientPermissions")
    owned = client(stand, ANN, OWNED)
    assert refused(owned.calendarList().list()) == (403, "insufficientPermissions")


def test_the_grant_for_owned_calendars_reaches_no_others(stand: Stand) -> None:
    stand.world.calendars.add(ANN, "Team", "writer", "ben@northwind.example")
    listed = client(stand).calendarList().list().execute()["items"]
    reader, writer = (one["id"] for one in listed[2:])
    events = client(stand).events()
    for one in (reader, writer):
        assert refused(events.insert(calendarId=one, body=lunch())) == (403, "forbidden")
    every = client(stand, ANN, scopes.AUTH + "calendar.events").events()
    assert refused(every.insert(calendarId=reader, body=lunch())) == (403, "requiredAccessLevel")
    assert every.insert(calendarId=writer, body=lunch(), **MAILS_NOBODY).execute()["id"]


def test_a_minute_has_six_hundred_requests(stand: Stand) -> None:
    stand.google.calendar.state.limits.units_per_user_minute = 3
    events = client(stand).events()
    asking = events.list(calendarId="primary")
    for _ in range(3):
        asking.execute()
    assert refused(asking) == (403, "rateLimitExceeded")
    stand.clock.advance(timedelta(minutes=1))
    asking.execute()


def test_usage_limits_refuse_writing_and_not_reading(stand: Stand) -> None:
    stand.google.calendar.state.over_usage.add(ANN.subject)
    events = client(stand).events()
    assert refused(events.insert(calendarId="primary", body=lunch())) == (403, "quotaExceeded")
    assert events.list(calendarId="primary").execute()["items"] == []


def test_a_dead_token_opens_no_calendar(stand: Stand) -> None:
    token = stand.token(ANN, LIST)
    stand.google.expire_access(ANN)
    answer = stand.get("/calendar/v3/users/me/calendarList", token)
    assert answer.status_code == 401 and "WWW-Authenticate" in answer.headers


def test_the_consent_page_has_a_box_for_calendars(stand: Stand) -> None:
    asked = " ".join((scopes.OPENID, scopes.EMAIL, OWNED, LIST))
    given = stand.exchange(stand.google.consent(stand.ask(scope=asked), ANN, untick=[OWNED])).json()
    assert OWNED not in given["scope"].split() and LIST in given["scope"].split()
    assert {OWNED, LIST} <= set(stand.connect(ANN, scope=asked)["scope"].split())
