"""What reading refuses, and history, with the real client."""

from datetime import timedelta

import pytest

from sandbox.google import scopes
from tests.sandbox.google.shape import check
from tests.sandbox.google.stand import ANN, BEN, DANA, Stand, refused


def conversation(stand: Stand) -> None:
    first = stand.mail("Dana Reyes <dana@partner.example>", ANN.address, "Prices", ago=timedelta(days=2))
    stand.mail(
        ANN.address, DANA.address, "Re: Prices", "Here & <there>", ago=timedelta(days=1), answers=first
    )
    stand.mail(DANA.address, ANN.address, "Lunch", ago=timedelta(hours=3))


def test_what_is_not_there_is_404_and_what_is_no_id_is_400(stand: Stand) -> None:
    users = stand.gmail().users()
    assert refused(users.threads().get(userId="me", id="1234567890abcdef")) == (404, "notFound")
    assert refused(users.messages().get(userId="me", id="1234567890abcdef")) == (404, "notFound")
    assert refused(users.messages().get(userId="me", id="not-an-id")) == (400, "invalidArgument")


def test_somebody_elses_mailbox_is_refused(stand: Stand) -> None:
    request = stand.gmail(ANN).users().messages().list(userId=BEN.address)
    assert refused(request) == (403, "forbidden")


def test_no_token_and_a_dead_token_are_401(stand: Stand) -> None:
    dead = stand.get("/gmail/v1/users/me/profile", "ya29.dead")
    assert (dead.status_code, dead.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert dead.headers["WWW-Authenticate"].startswith("Bearer")
    assert dead.json()["error"]["errors"][0]["reason"] == "authError"


@pytest.mark.parametrize(
    ("held", "method"),
    [
        (scopes.SEND, "threads"),
        (scopes.COMPOSE, "threads"),
        (scopes.READONLY, "send"),
        (scopes.SEND, "draft"),
        (scopes.READONLY, "draft"),
        (scopes.COMPOSE, "sendAs"),
    ],
)
def test_a_missing_scope_is_named_as_such(stand: Stand, held: str, method: str) -> None:
    users = stand.gmail(ANN, held).users()
    request = {
        "threads": lambda: users.threads().list(userId="me"),
        "send": lambda: users.messages().send(userId="me", body={"raw": ""}),
        "draft": lambda: users.drafts().create(userId="me", body={"message": {"raw": ""}}),
        "sendAs": lambda: users.settings().sendAs().list(userId="me"),
    }[method]()
    assert refused(request) == (403, "insufficientPermissions")


def test_the_metadata_scope_poisons_a_richer_one(stand: Stand) -> None:
    conversation(stand)
    users = stand.gmail(ANN, scopes.METADATA, scopes.READONLY).users()
    assert refused(users.threads().list(userId="me", q="lunch")) == (403, "forbidden")
    found = users.threads().list(userId="me").execute()["threads"][0]["id"]
    assert refused(users.threads().get(userId="me", id=found)) == (403, "forbidden")
    got = users.threads().get(userId="me", id=found, format="metadata").execute()
    assert got["messages"][0]["payload"]["headers"]


def test_an_account_without_mail_says_so(stand: Stand) -> None:
    stand.google.without_gmail(BEN)
    assert refused(stand.gmail(BEN).users().getProfile(userId="me")) == (400, "failedPrecondition")


def test_unknown_parameters_are_refused(stand: Stand) -> None:
    answer = stand.get("/gmail/v1/users/me/threads", stand.token(ANN), limit="3")
    assert answer.status_code == 400
    assert stand.get("/gmail/v1/users/me/threads", stand.token(ANN), maxResults="x").status_code == 400
    assert stand.get("/gmail/v1/users/me/threads", stand.token(ANN), maxResults="501").status_code == 400
    assert stand.get("/gmail/v1/users/me/threads", stand.token(ANN), maxResults="500").status_code == 200


def test_history_tells_what_changed_since(stand: Stand) -> None:
    users = stand.gmail().users()
    start = users.getProfile(userId="me").execute()["historyId"]
    stand.mail(DANA.address, ANN.address, "New")
    found = users.messages().list(userId="me").execute()["messages"][0]["id"]
    stand.world.mailbox(ANN.address).relabel(found, remove=["UNREAD"])
    answer = users.history().list(userId="me", startHistoryId=start).execute()
    check(answer, "ListHistoryResponse")
    added, changed = answer["history"]
    assert added["messagesAdded"][0]["message"]["id"] == found
    assert changed["labelsRemoved"][0]["labelIds"] == ["UNREAD"]
    only = users.history().list(userId="me", startHistoryId=start, historyTypes=["messageAdded"]).execute()
    assert len(only["history"]) == 1
    assert "history" not in users.history().list(userId="me", startHistoryId=answer["historyId"]).execute()


def test_history_that_is_too_old_is_404(stand: Stand) -> None:
    users = stand.gmail().users()
    start = users.getProfile(userId="me").execute()["historyId"]
    stand.world.mailbox(ANN.address).forget_history()
    assert refused(users.history().list(userId="me", startHistoryId=start)) == (404, "notFound")


def test_history_is_kept_for_a_week(stand: Stand) -> None:
    users = stand.gmail().users()
    start = users.getProfile(userId="me").execute()["historyId"]
    stand.mail(DANA.address, ANN.address, "New")
    stand.clock.advance(timedelta(days=6, hours=23))
    later = stand.gmail().users().history().list(userId="me", startHistoryId=start).execute()
    assert len(later["history"]) == 1
    stand.clock.advance(timedelta(hours=2))
    old = stand.gmail().users().history()
    assert refused(old.list(userId="me", startHistoryId=start)) == (404, "notFound")
    assert "history" not in old.list(userId="me", startHistoryId=later["historyId"]).execute()


def test_history_says_how_new_mail_was_filed(stand: Stand) -> None:
    users = stand.gmail().users()
    start = users.getProfile(userId="me").execute()["historyId"]
    stand.mail(DANA.address, ANN.address, "In")
    stand.mail(ANN.address, DANA.address, "Out")
    answer = users.history().list(userId="me", startHistoryId=start, historyTypes=["messageAdded"]).execute()
    added = [one["messagesAdded"][0]["message"] for one in answer["history"]]
    assert ["INBOX" in one["labelIds"] for one in added] == [True, False]
    assert ["SENT" in one["labelIds"] for one in added] == [False, True]


def test_without_names_metadata_holds_every_header(stand: Stand) -> None:
    messages = stand.gmail().users().messages()
    stand.mail(DANA.address, ANN.address, "In", List_Id="<things.example>")
    (found,) = messages.list(userId="me").execute()["messages"]
    one = messages.get(userId="me", id=found["id"], format="metadata").execute()["payload"]
    names = {header["name"] for header in one["headers"]}
    assert {"From", "To", "Subject", "List-Id", "Delivered-To", "Message-ID"} <= names
    assert "parts" not in one and "body" not in one
    some = messages.get(userId="me", id=found["id"], format="metadata", metadataHeaders=["to"]).execute()
    assert [header["name"] for header in some["payload"]["headers"]] == ["To"]


def test_history_comes_in_pages(stand: Stand) -> None:
    users = stand.gmail().users()
    start = users.getProfile(userId="me").execute()["historyId"]
    for number in range(5):
        stand.mail(DANA.address, ANN.address, f"Number {number}")
    request = users.history().list(userId="me", startHistoryId=start, maxResults=2)
    seen = []
    while request is not None:
        page = request.execute()
        seen += [record["messages"][0]["id"] for record in page["history"]]
        request = users.history().list_next(request, page)
    assert len(seen) == len(set(seen)) == 5
