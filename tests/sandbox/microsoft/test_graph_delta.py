"""Change tracking of a folder: rounds, what they hold, and their end."""

from datetime import timedelta
from typing import Any

from sandbox.microsoft import scopes
from tests.sandbox.microsoft.stand import CLEO, DANA, IMMUTABLE, Stand

PATH = "/me/mailFolders/inbox/messages/delta"


def rounds(stand: Stand, path: str, **options: Any) -> tuple[list[Any], str]:
    """Follow the pages of a round; return what they held and the link to the next round."""
    page = stand.get(path, **options)
    found = page["value"]
    while "@odata.nextLink" in page:
        assert "@odata.deltaLink" not in page
        page = stand.get(page["@odata.nextLink"], prefer=options.get("prefer", IMMUTABLE))
        found += page["value"]
    return found, page["@odata.deltaLink"]


def test_a_round_tells_what_came_since_the_last(stand: Stand) -> None:
    for number in range(5):
        stand.mail(DANA.address, CLEO.address, f"Mail {number}", ago=timedelta(hours=number))
    stand.mail(CLEO.address, DANA.address, "Out")
    prefer = f"{IMMUTABLE}, odata.maxpagesize=2"
    found, link = rounds(stand, PATH, changeType="created", select="subject", prefer=prefer)
    assert sorted(one["subject"] for one in found) == [f"Mail {number}" for number in range(5)]
    assert set(found[0]) == {"@odata.etag", "id", "subject"}
    found, link = rounds(stand, link)
    assert found == []
    stand.mail(DANA.address, CLEO.address, "Newer")
    found, _ = rounds(stand, link)
    assert [one["subject"] for one in found] == ["Newer"]


def test_a_change_comes_in_part_unless_only_new_mail_is_wanted(stand: Stand) -> None:
    stand.mail(DANA.address, CLEO.address, "Cups")
    _, everything = rounds(stand, PATH, select="subject")
    _, created = rounds(stand, PATH, select="subject", changeType="created")
    token = stand.token(CLEO, scopes.MAIL_WRITE)
    stand.graph("PATCH", f"/me/messages/{stand.newest()['id']}", token=token, body={"isRead": True})
    changed, _ = rounds(stand, everything)
    assert [set(one) for one in changed] == [{"@odata.etag", "id", "isRead", "parentFolderId"}]
    assert rounds(stand, created)[0] == []
    gone = stand.newest()["id"]
    stand.graph("POST", f"/me/messages/{gone}/move", token=token, body={"destinationId": "archive"})
    left = [one for one in rounds(stand, everything)[0] if "@removed" in one]
    assert left == [{"id": gone, "@removed": {"reason": "deleted"}}]


def test_a_first_round_begins_where_the_filter_says(stand: Stand) -> None:
    for number in range(4):
        stand.mail(DANA.address, CLEO.address, f"Mail {number}", ago=timedelta(days=number))
    query = "receivedDateTime ge 2026-11-19T00:00:00Z"
    found, _ = rounds(stand, PATH, filter=query, select="subject")
    assert sorted(one["subject"] for one in found) == ["Mail 0", "Mail 1"]
    stand.microsoft.limits.delta = 1
    assert len(rounds(stand, PATH, filter=query)[0]) == 1
    other = stand.refused("GET", PATH, filter="isRead eq true")
    assert other == (400, "ErrorInvalidUrlQueryFilter")
    assert stand.refused("GET", PATH, search='"dana"') == (400, "ErrorInvalidUrlQuery")


def test_a_link_that_is_too_old_is_gone(stand: Stand) -> None:
    _, link = rounds(stand, PATH)
    stand.world.mailbox(CLEO.address).forget_history()
    stand.mail(DANA.address, CLEO.address, "Cups")
    assert stand.refused("GET", link) == (410, "SyncStateNotFound")
    assert stand.refused("GET", link + "x")[0] == 400


def test_without_an_order_none_is_promised(stand: Stand) -> None:
    for number in range(12):
        stand.mail(DANA.address, CLEO.address, f"Mail {number:02}", ago=timedelta(hours=number))
    prefer = f"{IMMUTABLE}, odata.maxpagesize=5"
    newest_first = [f"Mail {number:02}" for number in range(12)]
    ordered, _ = rounds(stand, PATH, select="subject", orderby="receivedDateTime desc", prefer=prefer)
    assert [one["subject"] for one in ordered] == newest_first
    found, _ = rounds(stand, PATH, select="subject", prefer=prefer)
    assert [one["subject"] for one in found] != newest_first
    assert stand.refused("GET", PATH, orderby="receivedDateTime asc") == (400, "ErrorInvalidUrlQuery")
    assert stand.refused("GET", PATH, orderby="subject desc") == (400, "ErrorInvalidUrlQuery")


def test_pages_and_rounds_may_tell_again_what_they_told(stand: Stand) -> None:
    for number in range(5):
        stand.mail(DANA.address, CLEO.address, f"Mail {number}", ago=timedelta(hours=number))
    stand.microsoft.limits.replayed = 1
    prefer = f"{IMMUTABLE}, odata.maxpagesize=2"
    found, link = rounds(stand, PATH, select="subject", changeType="created", prefer=prefer)
    assert len(found) == 7 and len({one["id"] for one in found}) == 5
    stand.mail(DANA.address, CLEO.address, "Newer")
    again, _ = rounds(stand, link)
    assert [one["subject"] for one in again] == ["Mail 0", "Newer"]


def test_sent_mail_is_tracked_in_its_own_folder_without_headers(stand: Stand) -> None:
    stand.mail(CLEO.address, DANA.address, "Out")
    stand.mail(DANA.address, CLEO.address, "In")
    path = PATH.replace("inbox", "sentitems")
    found, _ = rounds(stand, path, select="subject,internetMessageHeaders", changeType="created")
    assert [one["subject"] for one in found] == ["Out"] and "internetMessageHeaders" not in found[0]
    found, _ = rounds(stand, PATH, select="subject,internetMessageHeaders", changeType="created")
    assert [one["subject"] for one in found] == ["In"] and found[0]["internetMessageHeaders"]


def test_what_only_invitations_have_cannot_be_selected(stand: Stand) -> None:
    select = "subject,microsoft.graph.eventMessage/meetingMessageType"
    assert stand.refused("GET", PATH, select=select)[0] == 400


def test_every_page_is_a_request_that_counts(stand: Stand) -> None:
    for number in range(5):
        stand.mail(DANA.address, CLEO.address, f"Mail {number}", ago=timedelta(hours=number))
    before = stand.microsoft.used(CLEO, stand.app.id).requests
    rounds(stand, PATH, select="subject", prefer=f"{IMMUTABLE}, odata.maxpagesize=2")
    assert stand.microsoft.used(CLEO, stand.app.id).requests - before == 3
