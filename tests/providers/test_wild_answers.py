"""Whatever stands in the place of Google or Microsoft may say anything: only our own errors come of it.

A company's proxy, a hotel's page, a load balancer that cuts an answer off: none is the vendor's fault, and
none may end a member's access, leave the vendor's host with the token, or make somebody wait for years.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from providers import Provider
from providers.calendar import Days, Event, EventRef
from providers.damaged import life_at
from providers.errors import ProviderError, RateLimited, ReconnectRequired, Refused, Unavailable
from providers.google import google_provider
from providers.mail import Prepared
from providers.microsoft import microsoft_provider
from providers.oauth import Capability, SignInRefused, Tokens
from tests.providers.contract import outgoing

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
JSON, HTML = "application/json; charset=utf-8", "text/html"
REDIRECT = "http://127.0.0.1:1/oauth/callback"


@dataclass(slots=True)
class Saying:
    """What is said to every request."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    length: int | None = None  # announced, where it is not that of the body


@dataclass(slots=True)
class Place:
    """A server that says one thing to everybody, and notes who asked with a token."""

    says: Saying = field(default_factory=Saying)
    asked: list[str] = field(default_factory=list)
    tokens: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def opened() -> Iterator[Callable[[], Place]]:
    closing: list[Callable[[], None]] = []

    def begin() -> Place:
        place = Place()

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("content-length") or 0))
                place.asked.append(self.path)
                place.tokens += "token" in self.headers.get("Authorization", "")
                said = place.says
                self.send_response(said.status)
                headers = {"Content-Type": JSON, **said.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header(
                    "Content-Length", str(len(said.body) if said.length is None else said.length)
                )
                self.end_headers()
                self.wfile.write(said.body)

            def log_message(self, *args: object) -> None:
                """Write nothing."""

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.answer)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        place.port = server.server_port
        closing.extend([server.shutdown, server.server_close, thread.join])
        return place

    yield begin
    for close in closing:
        close()


@pytest.fixture
def place(opened: Callable[[], Place]) -> Place:
    return opened()


@pytest.fixture(params=["google", "microsoft"])
def vendor(request: pytest.FixtureRequest, place: Place) -> Iterator[Provider]:
    if request.param == "google":
        at = place.url
        signing_in = (f"{at}/auth", f"{at}/token", f"{at}/revoke", f"{at}/userinfo")
        made = google_provider("id", "secret", *signing_in, at, at, lambda: NOW, lambda seconds: None)
    else:
        made = outlook_at(place)
    yield made
    made.close()


def outlook_at(place: Place) -> Provider:
    return microsoft_provider(
        "id", "secret", place.url, f"{place.url}/v1.0", lambda: NOW, lambda seconds: None
    )


EVENT = Event("Prices", Days(NOW.date(), NOW.date() + timedelta(days=1)))
PREPARED = Prepared("key-0123456789", '{"v": 1, "draft": "r1", "thread": "t1", "message": "m1"}', outgoing())
TOKENS = Tokens("token", NOW, "secret-token", frozenset({Capability.READ}))


def acts(vendor: Provider) -> dict[str, Callable[[], object]]:
    """Everything that is ever asked of a vendor."""
    mail = vendor.open_mailbox("token", "ann@northwind.example")
    calendar = vendor.open_calendar("token", "ann@northwind.example")
    ref = EventRef("c1", "mailroom0key", "e1", '"etag"')
    return {
        "list": lambda: mail.threads_with(["dana@northwind.example"], "", 20, None),
        "open": lambda: mail.thread("t1"),
        "file": lambda: b"".join(mail.attachment("m1", "2").chunks),
        "own": lambda: mail.own_addresses(),
        "scan": lambda: mail.correspondents(NOW - timedelta(days=14), None),
        "exchanges": lambda: mail.exchanges(["dana@northwind.example"], NOW - timedelta(days=14)),
        "prepare": lambda: mail.prepare(outgoing(), "key-0123456789"),
        "send": lambda: mail.send(PREPARED),
        "find": lambda: mail.find_sent(PREPARED),
        "discard": lambda: mail.discard(PREPARED),
        "draft": lambda: mail.save_draft(outgoing()),
        "calendars": lambda: calendar.calendars(),
        "put": lambda: calendar.put(EventRef("c1", "mailroom0key"), EVENT),
        "change": lambda: calendar.put(ref, EVENT),
        "remove": lambda: calendar.remove(ref),
        "get": lambda: calendar.get(ref),
        "events": lambda: calendar.events("c1", NOW, NOW + timedelta(days=7)),
        "refresh": lambda: vendor.oauth.refresh(TOKENS),
        "revoke": lambda: vendor.oauth.revoke(TOKENS),
    }


def failures(vendor: Provider) -> dict[str, ProviderError | SignInRefused | None]:
    """Do all of it. What comes of each; anything but our own errors gets through."""
    came: dict[str, ProviderError | SignInRefused | None] = {}
    for name, act in acts(vendor).items():
        try:
            act()
            came[name] = None
        except (ProviderError, SignInRefused) as error:
            came[name] = error
    return came


CUT = b'{"threads": [{"id": "1"'
GARBAGE = {
    "cut": Saying(body=CUT),
    "shorter than announced": Saying(body=b'{"value": []}', length=400),
    "a page": Saying(headers={"Content-Type": HTML}, body=b"<!DOCTYPE html><h1>Sign in to the network</h1>"),
    "a page that says it is JSON": Saying(body=b"<!DOCTYPE html><h1>Sign in to the network</h1>"),
    "latin-1": Saying(
        headers={"Content-Type": "application/json; charset=latin-1"}, body=b'{"id": "\xfcber"}'
    ),
    "utf-16": Saying(body='{"id": "x", "value": []}'.encode("utf-16")),
    "no such charset": Saying(
        headers={"Content-Type": "application/json; charset=x-none"}, body=b'{"id": 1}'
    ),
    "packed wrongly": Saying(headers={"Content-Encoding": "gzip"}, body=b"{}"),
    "nothing": Saying(body=b""),
    "null": Saying(body=b"null"),
    "a list": Saying(body=b'[{"id": "1"}]'),
    "a number": Saying(body=b"1e999"),
    "deep": Saying(body=b"[" * 200_000),
    "a number of many digits": Saying(body=b'{"expires_in": ' + b"9" * 5_000 + b"}"),
    "half of surrogates": Saying(
        body=b'{"id": "\\ud800", "value": [{"id": "\\udfff", "subject": "\\ud83d"}]}'
    ),
    "other shapes": Saying(
        body=b'{"id": 7, "value": {"a": 1}, "threads": "x", "messages": [1, null], "drafts": [[]],'
        b' "items": [{"id": []}], "sendAs": [{"isPrimary": 3}], "historyId": {}, "payload": [],'
        b' "start": 5, "access_token": [], "expires_in": "soon", "error": 3}'
    ),
    "a part": Saying(status=206, headers={"Content-Range": "bytes 0-22/400"}, body=CUT),
    "no content": Saying(status=204, body=b""),
    "teapot": Saying(status=418, body=b"short and stout"),
    "an error of another shape": Saying(
        status=400, body=b'{"error": {"errors": 4, "code": {}, "message": []}}'
    ),
    "an error that is a list": Saying(status=500, body=b'[{"error": {"message": 5}}]'),
}


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_in_the_place_of_an_answer_is_one_of_our_errors_and_ends_no_access(
    vendor: Provider, place: Place, what: str
) -> None:
    place.says = GARBAGE[what]
    came = failures(vendor)
    assert not [name for name, error in came.items() if isinstance(error, ReconnectRequired)]
    if place.says.status < 400:
        assert not isinstance(came["send"], Refused), "nothing says that it was not sent"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_follows_to_elsewhere_and_no_token_goes_there(
    vendor: Provider, place: Place, opened: Callable[[], Place], status: int
) -> None:
    elsewhere = opened()
    place.says = Saying(status=status, headers={"Location": f"{elsewhere.url}/v1.0/me"}, body=b"")
    came = failures(vendor)
    assert elsewhere.asked == []
    assert place.asked
    unasked = {"prepare", "discard", "revoke"} if vendor.name == "microsoft" else set()
    assert {name for name, error in came.items() if error is None} == unasked


DATES = (
    "Fri, 20 Nov 2026 08:00:00 GMT",
    "Tue, 19 Jan 2038 03:14:07 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
)
NUMBERS = ("-1", "1000000000", "9" * 5_000, "\xb2", "1.5", "0x10", "1e9", "NaN", "1, 2")
WAITS = (*DATES, *NUMBERS, "soon", "", " ", ",")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("wait", WAITS)
def test_no_wait_that_is_named_is_believed_beyond_a_day(
    vendor: Provider, place: Place, wait: str, status: int
) -> None:
    place.says = Saying(status=status, headers={"Retry-After": wait}, body=b"{}")
    limited = [one for one in failures(vendor).values() if isinstance(one, RateLimited)]
    assert limited or status == 503
    for one in limited:
        assert timedelta(0) < one.retry_after <= timedelta(days=1)


LIVES = (b"1e400", b"NaN", b"-Infinity", b"-1", b"0", b"1e300", b"true", b'"3600"', b"99999999999999")


@pytest.mark.parametrize("seconds", LIVES)
def test_how_long_a_token_lives_is_read_only_where_it_can_be(seconds: bytes) -> None:
    assert life_at(json.loads(b'{"expires_in": ' + seconds + b"}"), "expires_in") is None
    assert life_at({"expires_in": 3599.0}, "expires_in") == timedelta(seconds=3599)


@pytest.mark.parametrize("seconds", LIVES)
@pytest.mark.parametrize("vendor", ["google"], indirect=True)
def test_a_token_that_lives_for_ever_or_never_is_none(vendor: Provider, place: Place, seconds: bytes) -> None:
    place.says = Saying(body=b'{"access_token": "a", "token_type": "Bearer", "expires_in": ' + seconds + b"}")
    with pytest.raises(Unavailable):
        vendor.oauth.refresh(TOKENS)


def test_a_page_in_the_place_of_microsofts_metadata_is_not_kept_for_a_day(place: Place) -> None:
    vendor = outlook_at(place)
    place.says = GARBAGE["a page"]
    asked = frozenset({Capability.READ})
    with pytest.raises(ProviderError):
        vendor.oauth.begin("state", REDIRECT, asked, "")
    base = "https://login.microsoftonline.com/common"
    place.says = Saying(
        body=f'{{"authorization_endpoint": "{base}/oauth2/v2.0/authorize", "issuer": "{base}/v2.0",'
        f' "token_endpoint": "{base}/oauth2/v2.0/token"}}'.encode()
    )
    assert "/oauth2/v2.0/authorize?" in vendor.oauth.begin("state", REDIRECT, asked, "").url
    vendor.close()
