"""Batches, the concurrency wall, the quota, and dialled faults."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from sandbox.faults import Fault, Kind
from tests.sandbox.google.shape import check
from tests.sandbox.google.stand import ANN, BEN, DANA, Stand, letter, raw, refused


def fill(stand: Stand, count: int) -> list[str]:
    for number in range(count):
        stand.mail(DANA.address, ANN.address, f"Number {number}", ago=timedelta(minutes=number))
    listed = stand.gmail().users().threads().list(userId="me", maxResults=count).execute()
    return [one["id"] for one in listed["threads"]]


def batch(gmail: Any, ids: list[str]) -> tuple[dict[str, Any], dict[str, HttpError]]:
    good: dict[str, Any] = {}
    bad: dict[str, HttpError] = {}

    def take(request_id: str, answer: Any, error: HttpError | None) -> None:
        if error is None:
            good[request_id] = answer
        else:
            bad[request_id] = error

    together = gmail.new_batch_http_request(callback=take)
    for one in ids:
        together.add(gmail.users().threads().get(userId="me", id=one), request_id=one)
    together.execute()
    return good, bad


def test_a_batch_of_twenty_five_answers_each_by_its_own_id(stand: Stand) -> None:
    ids = fill(stand, 25)
    good, bad = batch(stand.gmail(), ids)
    assert not bad
    assert {key: one["id"] for key, one in good.items()} == {one: one for one in ids}
    for one in good.values():
        check(one, "Thread")
    assert len(stand.faults.calls("google", "batch")) == 1
    assert len(stand.faults.calls("google.batch")) == 25


def test_a_larger_batch_hits_the_wall_inside(stand: Stand) -> None:
    ids = fill(stand, 30)
    good, bad = batch(stand.gmail(), ids)
    assert len(good) == 25
    assert [error.resp.status for error in bad.values()] == [429] * 5
    assert all(b"Too many concurrent requests for user" in error.content for error in bad.values())
    assert stand.google.quota(ANN).refused == 5


def test_more_than_a_hundred_in_a_batch_are_refused_whole(stand: Stand) -> None:
    ids = fill(stand, 2)
    with pytest.raises(HttpError) as caught:
        batch_ids = [f"{number:x}" for number in range(99)] + ids
        batch(stand.gmail(), batch_ids)
    assert caught.value.resp.status == 400


def test_one_missing_thread_does_not_spoil_the_batch(stand: Stand) -> None:
    ids = fill(stand, 3)
    good, bad = batch(stand.gmail(), [*ids, "1234567890abcdef"])
    assert len(good) == 3
    assert bad["1234567890abcdef"].resp.status == 404


def test_the_other_batch_address_works_too(stand: Stand) -> None:
    ids = fill(stand, 1)
    body = (
        "--b\r\nContent-Type: application/http\r\nContent-ID: <one>\r\n\r\n"
        f"GET /gmail/v1/users/me/threads/{ids[0]}?format=minimal HTTP/1.1\r\n\r\n\r\n--b--\r\n"
    )
    headers = {"Authorization": f"Bearer {stand.token(ANN)}", "Content-Type": "multipart/mixed; boundary=b"}
    answer = requests.post(stand.base + "/batch/gmail/v1", data=body, headers=headers, timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("multipart/mixed; boundary=")
    assert "Content-ID: <response-one>" in answer.text
    assert "HTTP/1.1 200 OK" in answer.text


def test_a_broken_request_inside_a_batch_is_refused_alone(stand: Stand) -> None:
    ids = fill(stand, 1)
    good = f"Content-Type: application/http\r\n\r\nGET /gmail/v1/users/me/threads/{ids[0]}\r\n\r\n"
    broken = "Content-Type: application/http\r\n\r\nGET /gmail\r\nX-Odd: a\r\n b\r\n\r\n"
    body = f"--b\r\n{broken}--b\r\n{good}--b--"
    token = stand.token(ANN)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "multipart/mixed; boundary=b"}
    answer = requests.post(stand.base + "/batch", data=body, headers=headers, timeout=10)
    assert answer.status_code == 200
    statuses = [line for line in answer.text.splitlines() if line.startswith("HTTP/1.1")]
    assert statuses == ["HTTP/1.1 400 Bad Request", "HTTP/1.1 200 OK"]


def test_a_dead_token_is_refused_inside_the_batch(stand: Stand) -> None:
    ids = fill(stand, 1)
    body = (
        f"--b\r\nContent-Type: application/http\r\n\r\nGET /gmail/v1/users/me/threads/{ids[0]}\r\n\r\n--b--"
    )
    headers = {"Authorization": "Bearer dead", "Content-Type": "multipart/mixed; boundary=b"}
    answer = requests.post(stand.base + "/batch", data=body, headers=headers, timeout=10)
    assert "HTTP/1.1 401 Unauthorized" in answer.text


def test_too_many_plain_requests_at_once_hit_the_wall(stand: Stand) -> None:
    stand.google.limits.at_once = 3
    stand.faults.add(Fault("google", Kind.DELAY, "/threads", times=3, seconds=60))
    statuses: list[int] = []
    token = stand.token(ANN)

    def ask() -> None:
        statuses.append(stand.get("/gmail/v1/users/me/threads", token).status_code)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for one in threads:
        one.start()
    waited = threading.Event()
    while stand.google.quota(ANN).in_flight < 3:
        waited.wait(0.001)
    refusal = stand.get("/gmail/v1/users/me/threads", token)
    assert refusal.status_code == 429
    assert refusal.json()["error"]["errors"][0]["reason"] == "rateLimitExceeded"
    assert stand.get("/gmail/v1/users/me/threads", stand.token(BEN)).status_code == 200
    stand.faults.stop()
    for one in threads:
        one.join()
    assert statuses == [200, 200, 200]
    assert stand.google.quota(ANN).in_flight == 0


def test_every_call_costs_its_units(stand: Stand) -> None:
    ids = fill(stand, 3)
    assert stand.google.quota(ANN).units == 10
    batch(stand.gmail(), ids)
    assert stand.google.quota(ANN).units == 10 + 3 * 40
    stand.clock.advance(timedelta(minutes=1))
    assert stand.google.quota(ANN).units == 0
    assert stand.google.quota(ANN).total == 130
    assert stand.google.quota(BEN).total == 0


def test_a_spent_minute_is_refused_until_it_is_over(stand: Stand) -> None:
    ids = fill(stand, 1)
    stand.google.limits.units_per_user_minute = 90
    threads = stand.gmail().users().threads()
    for _ in range(2):
        threads.get(userId="me", id=ids[0]).execute()
    assert refused(threads.get(userId="me", id=ids[0])) == (403, "rateLimitExceeded")
    assert stand.gmail(BEN).users().getProfile(userId="me").execute()
    stand.clock.advance(timedelta(minutes=1))
    assert threads.get(userId="me", id=ids[0]).execute()["id"] == ids[0]


def test_the_project_has_a_limit_of_its_own(stand: Stand) -> None:
    stand.google.limits.units_per_project_minute = 1
    assert stand.gmail(ANN).users().getProfile(userId="me").execute()
    assert refused(stand.gmail(BEN).users().getProfile(userId="me")) == (403, "rateLimitExceeded")


def test_a_dialled_fault_speaks_googles_language(stand: Stand) -> None:
    stand.faults.add(Fault("google", Kind.STATUS, "profile", status=429, retry_after=7))
    answer = stand.get("/gmail/v1/users/me/profile", stand.token(ANN))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json()["error"]["errors"][0]["reason"] == "rateLimitExceeded"


def test_a_fault_can_be_dialled_inside_a_batch(stand: Stand) -> None:
    ids = fill(stand, 3)
    stand.faults.add(Fault("google.batch", Kind.STATUS, ids[1], status=503))
    good, bad = batch(stand.gmail(), ids)
    assert set(good) == {ids[0], ids[2]}
    assert bad[ids[1]].resp.status == 503


def test_an_answer_lost_after_sending_leaves_the_mail_sent(stand: Stand) -> None:
    body = {"message": {"raw": raw(letter(ANN.address, DANA.address, "Lost answer"))}}
    made = stand.post_json("/gmail/v1/users/me/drafts", body).json()
    stand.faults.add(Fault("google", Kind.RESET_AFTER, "drafts/send"))
    with pytest.raises(requests.ConnectionError):
        stand.post_json("/gmail/v1/users/me/drafts/send", {"id": made["id"]})
    assert len(stand.world.mailbox(DANA.address).messages()) == 1
    assert stand.post_json("/gmail/v1/users/me/drafts/send", {"id": made["id"]}).status_code == 404
    stand.faults.add(Fault("google", Kind.RESET_BEFORE, "drafts$"))
    with pytest.raises(requests.ConnectionError):
        stand.post_json("/gmail/v1/users/me/drafts", body)
    assert "drafts" not in stand.get("/gmail/v1/users/me/drafts", stand.token(ANN)).json()


def test_latency_is_counted_from_the_arrival_while_the_work_is_done(stand: Stand) -> None:
    body = {"raw": raw(letter(ANN.address, DANA.address, "On its way"))}
    stand.faults.add(Fault("google", Kind.LATENCY, "messages/send", seconds=60))
    answered: list[int] = []

    def ask() -> None:
        answered.append(stand.post_json("/gmail/v1/users/me/messages/send", body).status_code)

    sending = threading.Thread(target=ask)
    sending.start()
    waited = threading.Event()
    while not stand.world.mailbox(DANA.address).messages():
        waited.wait(0.001)
    assert answered == []
    stand.faults.stop()
    sending.join()
    assert answered == [200]
