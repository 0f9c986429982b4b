"""The sandbox's server: faults, the record, kept-alive connections, the clock's dial, and coming to rest."""

import http.client
import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests

from sandbox.faults import Call, Fault, Kind
from sandbox.server import Sandbox, UnsettledError
from sandbox.slack.app import SlackApp

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MANIFEST: dict[str, Any] = {"display_information": {"name": "Probe"}}


class Counter:
    """A service that does one thing, and says how often it has done it."""

    def __init__(self) -> None:
        self.done = 0
        self.hold: threading.Event | None = None
        self.entered = threading.Event()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self.entered.set()
        if self.hold is not None:
            self.hold.wait(10)
        self.done += 1
        body = f"{self.done} {environ['SCRIPT_NAME']} {environ['PATH_INFO']}".encode()
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def sandbox(counter: Counter) -> Iterator[Sandbox]:
    opened = Sandbox(SlackApp.from_manifest(MANIFEST))
    opened.mount("/count", "count", counter)
    with opened:
        yield opened


def get(sandbox: Sandbox, path: str = "/count/up", method: str = "GET") -> requests.Response:
    return requests.request(method, sandbox.base_url + path, timeout=5)


def test_a_mounted_service_sees_the_path_below_its_prefix(sandbox: Sandbox) -> None:
    assert get(sandbox).text == "1 /count /up"
    assert get(sandbox, "/counting").status_code == 404


def test_every_request_is_recorded_without_its_query(sandbox: Sandbox) -> None:
    get(sandbox, "/count/up?word=secret")
    get(sandbox, "/count/down", "POST")
    assert sandbox.faults.calls("count") == [
        Call("count", "GET", "/up", 200),
        Call("count", "POST", "/down", 200),
    ]
    assert len(sandbox.faults.calls("count", "POST /down")) == 1
    sandbox.faults.forget_calls()
    assert sandbox.faults.calls() == []


def test_a_status_fault_refuses_and_does_nothing(sandbox: Sandbox, counter: Counter) -> None:
    sandbox.faults.add(Fault("count", Kind.STATUS, status=429, retry_after=7))
    answer = get(sandbox)
    assert (answer.status_code, answer.headers["Retry-After"], counter.done) == (429, "7", 0)
    assert get(sandbox).status_code == 200


def test_a_fault_strikes_as_often_as_it_says_and_where_it_says(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("count", Kind.STATUS, path="GET /up", times=2, status=503))
    codes = [
        get(sandbox, path).status_code for path in ("/count/up", "/count/down", "/count/up", "/count/up")
    ]
    assert codes == [503, 200, 503, 200]
    assert sandbox.faults.standing() == ()


def test_a_standing_fault_strikes_until_it_is_cleared(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("count", Kind.STATUS, times=None, status=500))
    assert [get(sandbox).status_code for _ in range(3)] == [500] * 3
    sandbox.faults.clear("count")
    assert get(sandbox).status_code == 200


@pytest.mark.parametrize(("kind", "done"), [(Kind.RESET_BEFORE, 0), (Kind.RESET_AFTER, 1)])
def test_a_broken_connection_is_before_or_after_the_effect(
    sandbox: Sandbox, counter: Counter, kind: Kind, done: int
) -> None:
    sandbox.faults.add(Fault("count", kind))
    with pytest.raises(requests.ConnectionError):
        get(sandbox)
    assert counter.done == done
    assert sandbox.faults.calls("count") == [Call("count", "GET", "/up", 0)]


@pytest.mark.parametrize(("kind", "done"), [(Kind.DELAY, 0), (Kind.SLOW_AFTER, 1)])
def test_a_slow_answer_is_before_or_after_the_effect(
    sandbox: Sandbox, counter: Counter, kind: Kind, done: int
) -> None:
    sandbox.faults.add(Fault("count", kind, seconds=30))
    with pytest.raises(requests.Timeout):
        requests.get(sandbox.base_url + "/count/up", timeout=0.2)
    assert counter.done == done


def test_a_service_is_slow_only_where_it_was_dialled(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("slack", Kind.DELAY, seconds=30, times=None))
    assert get(sandbox).status_code == 200


def test_slack_words_its_faults_itself(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("slack", Kind.STATUS, status=429, retry_after=3))
    assert get(sandbox, "/api/auth.test").json() == {"ok": False, "error": "ratelimited"}


def test_a_connection_is_kept_alive(sandbox: Sandbox) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(sandbox.base_url).port, timeout=5)
    connection.request("POST", "/count/up", b"a body that nobody reads")
    connection.getresponse().read()
    first = connection.sock
    connection.request("GET", "/count/up")
    assert connection.getresponse().read() == b"2 /count /up"
    assert connection.sock is first
    connection.close()


def test_settle_waits_for_what_is_in_flight(sandbox: Sandbox, counter: Counter) -> None:
    counter.hold = threading.Event()
    asking = threading.Thread(target=get, args=(sandbox,))
    asking.start()
    counter.entered.wait(10)
    with pytest.raises(UnsettledError):
        sandbox.settle(0.05)
    counter.hold.set()
    sandbox.settle()
    assert counter.done == 1
    asking.join()


def test_settle_waits_for_timers_that_the_dial_made_due(sandbox: Sandbox) -> None:
    rung: list[str] = []
    sandbox.clock.call_after(timedelta(hours=1), lambda: rung.append("hour"))
    sandbox.clock.call_after(timedelta(hours=3), lambda: rung.append("three"))
    sandbox.settle()
    assert rung == []
    sandbox.clock.advance(timedelta(hours=2))
    sandbox.settle()
    assert rung == ["hour"]


def test_settle_raises_what_a_timer_raised(sandbox: Sandbox) -> None:
    def broken() -> None:
        raise RuntimeError("a broken timer")

    sandbox.clock.call_after(timedelta(0), broken)
    with pytest.raises(RuntimeError, match="a broken timer"):
        sandbox.settle()
    sandbox.settle()


def test_faults_and_clock_are_dialled_over_http(sandbox: Sandbox) -> None:
    url = sandbox.base_url + "/_sandbox"
    fault = {"service": "count", "kind": "status", "status": 503}
    assert requests.post(f"{url}/faults", json=fault, timeout=5).json()["faults"][0]["status"] == 503
    assert get(sandbox).status_code == 503
    before = sandbox.clock.now()
    requests.post(f"{url}/clock", json={"advance": 3600}, timeout=5)
    assert sandbox.clock.now() - before >= timedelta(hours=1)
    assert requests.get(f"{url}/calls", timeout=5).json()["calls"][0]["path"] == "/up"


@pytest.mark.parametrize(
    ("dial", "given", "status"),
    [
        ("faults", {"service": "count", "kind": "fire"}, 400),
        ("clock", {"advance": "x"}, 400),
        ("door", {}, 404),
    ],
)
def test_nonsense_on_the_dials_is_refused(
    sandbox: Sandbox, dial: str, given: dict[str, Any], status: int
) -> None:
    assert requests.post(f"{sandbox.base_url}/_sandbox/{dial}", json=given, timeout=5).status_code == status


def test_a_form_of_another_page_cannot_turn_the_dials(sandbox: Sandbox) -> None:
    answer = requests.post(f"{sandbox.base_url}/_sandbox/clock", data='{"advance": 3600}', timeout=5)
    assert answer.status_code == 400
