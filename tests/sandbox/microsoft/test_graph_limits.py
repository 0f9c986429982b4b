"""Rationing, batches, refusals and faults of Graph."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from sandbox.faults import Fault, Faults, Kind
from sandbox.microsoft import scopes
from sandbox.microsoft.graph.batch import serve_batch
from tests.sandbox.microsoft.stand import CLEO, DANA, HOME, IMMUTABLE, Json, Stand

LIST = {"method": "GET", "url": "/me/messages?$top=1"}


def listed(count: int, **changes: Any) -> list[Json]:
    return [{"id": str(number), **LIST, **changes} for number in range(count)]


def test_the_fifth_request_at_once_is_refused(stand: Stand) -> None:
    stand.faults.add(Fault("graph", Kind.DELAY, "GET /v1.0/me/messages", times=4, seconds=60))
    statuses: list[int] = []
    token = stand.token(CLEO)

    def ask() -> None:
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.get(stand.base + "/graph/v1.0/me/messages", headers=headers, timeout=10)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    waited = threading.Event()
    while stand.microsoft.used(CLEO, stand.app.id).in_flight < 4:
        waited.wait(0.001)
    refused = stand.graph("GET", "/me/messages", token=token)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "ApplicationThrottled"
    assert "MailboxConcurrency" in refused.json()["error"]["message"]
    assert refused.headers["Retry-After"] == "1"
    stand.faults.stop()
    for one in threads:
        one.join()
    assert statuses == [200] * 4
    used = stand.microsoft.used(CLEO, stand.app.id)
    assert (used.in_flight, used.peak, used.refused) == (0, 4, 1)


def test_another_mailbox_has_places_of_its_own(stand: Stand) -> None:
    cleo, home = (
        (stand.app.id, stand.microsoft.account(CLEO).key),
        (stand.app.id, stand.microsoft.account(HOME).key),
    )
    meter = stand.microsoft.graph.state.meter
    with meter.in_flight(cleo, 4):
        assert stand.graph("GET", "/me/messages").status_code == 429
        assert stand.graph("GET", "/me/messages", person=HOME).status_code == 200
    with meter.in_flight(home, 4):
        assert stand.graph("GET", "/me/messages").status_code == 200


def test_a_batch_of_twenty_runs_four_at_a_time(stand: Stand) -> None:
    answers = stand.batch(listed(20))
    assert [one["status"] for one in answers.values()] == [200] * 20
    assert stand.microsoft.used(CLEO, stand.app.id).peak == 4
    assert len(stand.faults.calls("graph.batch")) == 20


def test_a_batch_that_finds_no_place_is_refused_inside(stand: Stand) -> None:
    box = (stand.app.id, stand.microsoft.account(CLEO).key)
    with stand.microsoft.graph.state.meter.in_flight(box, 4):
        answers = stand.batch(listed(3))
    assert [one["status"] for one in answers.values()] == [429] * 3
    assert answers["0"]["headers"]["Retry-After"] == "1"
    assert answers["0"]["body"]["error"]["code"] == "ApplicationThrottled"


def test_answers_of_a_batch_come_in_no_order(stand: Stand) -> None:
    answer = stand.graph("POST", "/$batch", body={"requests": listed(6)}).json()
    assert [one["id"] for one in answer["responses"]] != [str(number) for number in range(6)]


class Counted(Faults):
    """Faults that write down how long they lingered, and do not linger."""

    def __init__(self) -> None:
        super().__init__()
        self.lingered: list[float] = []

    def linger(self, seconds: float) -> None:
        self.lingered.append(seconds)


def test_waves_of_a_batch_take_their_time_together(stand: Stand) -> None:
    faults = Counted()
    faults.add(Fault("graph.batch", Kind.DELAY, "", times=None, seconds=0.1))
    headers = [("Authorization", f"Bearer {stand.token(CLEO)}")]
    built = EnvironBuilder(method="POST", json={"requests": listed(9)}, headers=headers)
    answer = serve_batch(stand.microsoft.graph, Request(built.get_environ()), "", 4, faults)
    assert len(answer.get_json()["responses"]) == 9
    assert [one for one in faults.lingered if one] == [0.1, 0.1, 0.1]


@pytest.mark.parametrize(
    "inner",
    [
        listed(21),
        [],
        [{"id": "1", **LIST}, {"id": "1", **LIST}],
        [{"method": "GET", "url": "/me"}],
        [{"id": "1", "method": "GET", "url": "https://graph.microsoft.com/v1.0/me"}],
        [{"id": "1", "method": "POST", "url": "/me/messages", "body": {}}],
        [{"id": "1", **LIST, "dependsOn": ["2"]}],
        [{"id": "1", **LIST, "dependsOn": 1}],
    ],
)
def test_a_batch_that_is_none_is_refused_whole(stand: Stand, inner: list[Json]) -> None:
    assert stand.refused("POST", "/$batch", body={"requests": inner}) == (400, "BadRequest")


def test_one_request_of_a_batch_may_fail_alone(stand: Stand) -> None:
    stand.faults.add(Fault("graph.batch", Kind.STATUS, "GET /me/mailFolders", status=503, retry_after=7))
    answers = stand.batch(
        [
            {"id": "a", **LIST},
            {"id": "b", "method": "GET", "url": "/me/mailFolders"},
            {"id": "c", **LIST, "dependsOn": ["b"]},
            {"id": "d", "method": "GET", "url": "/me/nothing"},
        ]
    )
    assert {name: one["status"] for name, one in answers.items()} == {"a": 200, "b": 503, "c": 424, "d": 400}
    assert answers["b"]["headers"]["Retry-After"] == "7"


def test_preferences_hold_for_the_inner_request_that_names_them(stand: Stand) -> None:
    stand.mail(DANA.address, CLEO.address, "Cups")
    kept = stand.newest()["id"]
    inner = [{"id": "a", **LIST}, {"id": "b", **LIST, "headers": {"Prefer": IMMUTABLE}}]
    answer = stand.graph("POST", "/$batch", body={"requests": inner}, prefer=IMMUTABLE).json()
    found = {one["id"]: one["body"]["value"][0]["id"] for one in answer["responses"]}
    assert found["b"] == kept
    assert found["a"] != kept


def test_a_batch_can_write_and_answers_without_a_body(stand: Stand) -> None:
    message = {"subject": "Cups", "toRecipients": [{"emailAddress": {"address": DANA.address}}]}
    inner = {
        "id": "a",
        "method": "POST",
        "url": "/me/sendMail",
        "headers": {"Content-Type": "application/json"},
        "body": {"message": message},
    }
    answers = stand.batch([inner])
    assert answers["a"]["status"] == 202
    assert "body" not in answers["a"]
    assert stand.world.mailbox(DANA.address).messages()[0].raw.subject == "Cups"


def test_ten_minutes_have_their_number_of_requests(stand: Stand) -> None:
    stand.microsoft.limits.requests = 3
    for _ in range(3):
        assert stand.graph("GET", "/me/messages").status_code == 200
    answer = stand.graph("GET", "/me/messages")
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "ApplicationThrottled")
    stand.clock.advance(timedelta(seconds=int(answer.headers["Retry-After"])))
    assert stand.graph("GET", "/me/messages").status_code == 200


def test_no_token_and_a_made_up_one_are_refused(stand: Stand) -> None:
    url = stand.base + "/graph/v1.0/me"
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic abc"}):
        answer = requests.get(url, headers=headers, timeout=10)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "InvalidAuthenticationToken"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_an_account_without_a_mailbox_is_known_by_its_code(stand: Stand) -> None:
    stand.microsoft.without_mailbox(CLEO)
    assert stand.refused("GET", "/me/messages") == (404, "MailboxNotEnabledForRESTAPI")
    assert stand.graph("GET", "/me").status_code == 200
    stand.microsoft.add_administrator("root@northwind.example")
    token = stand.token("root@northwind.example", scopes.MAIL_READ, scopes.USER_READ)
    assert stand.refused("GET", "/me/messages", token=token) == (404, "MailboxNotEnabledForRESTAPI")
    assert stand.get("/me", token=token)["userPrincipalName"] == "root@northwind.example"


def test_addresses_that_lead_nowhere_are_refused(stand: Stand) -> None:
    assert stand.refused("GET", "/me/nothing") == (400, "BadRequest")
    assert stand.refused("PATCH", "/me/messages") == (405, "Request_BadRequest")
    beta = requests.get(
        stand.base + "/graph/beta/me", headers={"Authorization": f"Bearer {stand.token(CLEO)}"}, timeout=10
    )
    assert beta.status_code == 400


@pytest.mark.parametrize(("status", "code"), [(429, "ApplicationThrottled"), (503, "ServiceUnavailable")])
def test_a_dialled_fault_speaks_as_graph_does(stand: Stand, status: int, code: str) -> None:
    stand.faults.add(Fault("graph", Kind.STATUS, "", status=status, retry_after=9))
    answer = stand.graph("GET", "/me/messages")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.headers["Retry-After"] == "9"
    assert stand.graph("GET", "/me/messages").status_code == 200


def test_a_dialled_fault_speaks_as_entra_does(stand: Stand) -> None:
    stand.faults.add(Fault("microsoft", Kind.STATUS, "/token", status=503))
    url = stand.base + "/common/oauth2/v2.0/token"
    answer = requests.post(url, data={"grant_type": "refresh_token"}, timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")


def test_a_broken_answer_leaves_the_mail_sent(stand: Stand) -> None:
    stand.faults.add(Fault("graph", Kind.RESET_AFTER, "POST /v1.0/me/sendMail"))
    body = {"message": {"subject": "Cups", "toRecipients": [{"emailAddress": {"address": DANA.address}}]}}
    with pytest.raises(requests.ConnectionError):
        stand.graph("POST", "/me/sendMail", body=body)
    assert [one["subject"] for one in stand.get("/me/mailFolders/sentitems/messages")["value"]] == ["Cups"]
