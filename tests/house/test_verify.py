"""Nothing reaches Bolt that Slack has not signed just now, whatever is sent."""

import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as some
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request, Response

from bot.verify import MOST_BYTES, Proof, Verdict, Verifier
from bot.web import create_web
from tests.house.given import SIGNING_SECRET, settings

NOW = 1_790_000_000
FORM = "application/x-www-form-urlencoded"
COMMAND = urlencode({"command": "/inbox", "text": "help", "user_id": "U1", "team_id": "T1"}).encode()
EVENT = json.dumps({"type": "event_callback", "event": {"type": "app_home_opened"}}).encode()


def sign(body: bytes, timestamp: str = str(NOW), secret: str = SIGNING_SECRET) -> dict[str, str]:
    base = b"v0:" + timestamp.encode() + b":" + body
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature}"}


class Front:
    """The web front with a Slack side that counts what reaches it."""

    def __init__(self, answers: list[int] | None = None) -> None:
        self.reached: list[bytes] = []
        self.answers = answers or []
        web = create_web(settings(), slack=self._slack, now=lambda: NOW)
        self.client: FlaskClient = web.test_client()

    def _slack(self, request: Request) -> Response:
        self.reached.append(request.get_data())
        return Response(status=self.answers.pop(0) if self.answers else 200)

    def send(self, body: bytes, headers: dict[str, str], content_type: str = FORM) -> TestResponse:
        return self.client.post(
            "/slack/events", data=body, headers=Headers(headers), content_type=content_type
        )


def test_a_signed_command_a_press_and_an_event_reach_bolt_as_they_were_sent() -> None:
    front = Front()
    press = urlencode({"payload": json.dumps({"type": "block_actions"})}).encode()
    assert front.send(COMMAND, sign(COMMAND)).status_code == 200
    assert front.send(press, sign(press)).status_code == 200
    assert front.send(EVENT, sign(EVENT), "application/json").status_code == 200
    assert front.reached == [COMMAND, press, EVENT]


@pytest.mark.parametrize("offset", [-301, 301, -86_400, 10**9])
def test_a_request_of_another_time_is_refused(offset: int) -> None:
    front = Front()
    assert front.send(COMMAND, sign(COMMAND, str(NOW + offset))).status_code == 401
    assert front.reached == []


@pytest.mark.parametrize("offset", [-299, 0, 299])
def test_a_clock_that_is_a_little_off_is_fine(offset: int) -> None:
    assert Front().send(COMMAND, sign(COMMAND, str(NOW + offset))).status_code == 200


@pytest.mark.parametrize(
    "timestamp", ["", "soon", "1e9", "-5", "+1790000000", "１７９０００００００", "9" * 400, " 1790000000 "]
)
def test_a_timestamp_that_is_no_number_is_refused_and_breaks_nothing(timestamp: str) -> None:
    proof = Proof(timestamp, sign(COMMAND, "1")["X-Slack-Signature"])
    assert Verifier(SIGNING_SECRET, lambda: NOW).judge(proof, FORM, COMMAND) is Verdict.FORGED


@pytest.mark.parametrize(
    "signature", ["", "v0=", "v0=ä", "v1=" + "0" * 64, "v0=" + "g" * 64, "v0=" + "0" * 64 + "\n"]
)
def test_a_signature_of_another_shape_is_refused_and_breaks_nothing(signature: str) -> None:
    proof = Proof(str(NOW), signature)
    assert Verifier(SIGNING_SECRET, lambda: NOW).judge(proof, FORM, COMMAND) is Verdict.FORGED


def test_another_apps_secret_opens_nothing() -> None:
    front = Front()
    assert front.send(COMMAND, sign(COMMAND, secret="another")).status_code == 401
    assert front.reached == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"text=help", FORM),
        (b"payload=[]", FORM),
        (b"payload=%7B%7D", FORM),
        (b"payload={", FORM),
        (b"payload=%ff%fe", FORM),
        (b"\xff\xfe", FORM),
        (b"payload=" + b"%5B" * 100_000, FORM),
        (b"payload=%7B%22type%22%3A1%7D", FORM),
        (b'payload={"type":"a"}&payload={"type":"b"}', FORM),
        (b"a=b&" * 5_000, FORM),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"\x00", "application/json"),
        (EVENT, "text/plain"),
        (EVENT, ""),
    ],
)
def test_what_is_signed_but_malformed_is_answered_with_400_and_stays_outside(
    body: bytes, content_type: str
) -> None:
    front = Front()
    assert front.send(body, sign(body), content_type).status_code == 400
    assert front.reached == []


def test_a_body_of_more_than_a_mebibyte_is_refused_before_it_is_looked_at() -> None:
    front = Front()
    large = b"command=%2Finbox&text=" + b"a" * MOST_BYTES
    assert front.send(large, sign(large)).status_code == 413
    assert Verifier(SIGNING_SECRET, lambda: NOW).judge(Proof("", ""), FORM, large) is Verdict.TOO_LARGE
    just = b"command=%2Finbox&text=" + b"a" * (MOST_BYTES - 22)
    assert front.send(just, sign(just)).status_code == 200
    assert len(front.reached) == 1


def test_a_listener_that_breaks_is_answered_with_500_and_an_empty_body() -> None:
    calls = []

    def breaks(request: Request) -> Response:
        calls.append(1)
        raise RuntimeError("broken")

    client = create_web(settings(), slack=breaks, now=lambda: NOW).test_client()
    headers = Headers(sign(COMMAND))
    answers = [
        client.post("/slack/events", data=COMMAND, headers=headers, content_type=FORM) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert answers[0].get_data() == b""
    assert len(calls) == 2


def test_slacks_look_at_our_certificate_is_answered_and_does_nothing() -> None:
    front = Front()
    assert front.send(b"ssl_check=1&token=abc", {}).status_code == 200
    assert front.send(b"ssl_check=1&payload=%7B%7D", {}).status_code == 401
    assert front.reached == []


SHARED = Front()


@run_with(max_examples=400, deadline=None)
@given(
    body=some.one_of(some.binary(max_size=300), some.just(COMMAND), some.just(EVENT)),
    content_type=some.sampled_from(
        [FORM, "application/json", "multipart/form-data", "", "application/json; charset=x"]
    ),
    timestamp=some.one_of(
        some.just(str(NOW)), some.text(some.characters(codec="latin-1", exclude_categories=["Cc"]))
    ),
    signature=some.one_of(
        some.text("0123456789abcdef", min_size=64, max_size=64).map("v0={}".format),
        some.text(some.characters(codec="latin-1", exclude_categories=["Cc"])),
    ),
)
def test_no_unsigned_request_reaches_bolt_or_breaks_us(
    body: bytes, content_type: str, timestamp: str, signature: str
) -> None:
    front = SHARED
    front.reached.clear()
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}
    assert front.send(body, headers, content_type).status_code in (400, 401)
    assert front.reached == []


@run_with(max_examples=400, deadline=None)
@given(place=some.integers(0, len(COMMAND) - 1), flip=some.integers(1, 255), cut=some.booleans())
def test_no_changed_byte_passes(place: int, flip: int, cut: bool) -> None:
    front = SHARED
    front.reached.clear()
    changed = (
        COMMAND[:place] if cut else COMMAND[:place] + bytes([COMMAND[place] ^ flip]) + COMMAND[place + 1 :]
    )
    assert front.send(changed, sign(COMMAND)).status_code == 401
    assert front.reached == []


@run_with(max_examples=150, deadline=None)
@given(
    payload=some.recursive(
        some.none() | some.booleans() | some.floats() | some.text(),
        lambda s: some.lists(s) | some.dictionaries(some.text(), s),
    )
)
def test_signed_json_of_any_shape_is_passed_on_only_with_a_type(payload: object) -> None:
    front = Front()
    body = json.dumps(payload).encode()
    wanted = isinstance(payload, dict) and isinstance(payload.get("type"), str)
    assert front.send(body, sign(body), "application/json").status_code == (200 if wanted else 400)
    assert bool(front.reached) == wanted
