"""A Google on loopback with a few people, and the real client in front of it."""

import base64
import hashlib
import importlib.resources
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.google import scopes
from sandbox.google.accounts import Client
from sandbox.google.service import Google
from sandbox.mail.people import Person, SendAs
from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.world import World

CREDENTIALS: Callable[[str], Any] = Credentials
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
REDIRECT = "https://mailroom.example/connect/google/callback"
ASKED = (scopes.OPENID, scopes.EMAIL, scopes.READONLY, scopes.COMPOSE)

ANN = Person(
    "Ann Lee",
    ("ann@northwind.example", "sales@northwind.example", "old@northwind.example"),
    "google",
    (
        SendAs("sales@northwind.example", "Northwind Sales"),
        SendAs("ann@elsewhere.example", "Ann", accepted=False),
    ),
    signature="<p>Ann Lee</p>",
)
BEN = Person("Ben Ito", ("ben@northwind.example",), "google")
PRIVATE = Person("Ann Lee", ("ann.lee@freemail.example",), "google")
DANA = Person("Dana Reyes", ("dana@partner.example",))
EVE = Person("Eve", ("eve@elsewhere.example",))


@dataclass(slots=True)
class Stand:
    """Everything a test of the sandbox's Google needs."""

    google: Google
    world: World
    clock: Clock
    faults: Faults
    base: str
    client: Client
    verifiers: dict[str, str] = field(default_factory=dict)
    opened: list[Any] = field(default_factory=list)

    def ask(self, **changes: str) -> str:
        """Make the address of the consent page, as an app does, with PKCE."""
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        state = secrets.token_urlsafe(8)
        self.verifiers[state] = verifier
        query = {
            "client_id": self.client.id,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": " ".join(ASKED),
            "state": state,
            "nonce": "n-" + state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "access_type": "offline",
            **changes,
        }
        return f"{self.base}/o/oauth2/v2/auth?" + urlencode({k: v for k, v in query.items() if v})

    def exchange(self, back: str, **changes: str) -> requests.Response:
        """Trade the code in a redirect for tokens."""
        came = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
        form = {
            "grant_type": "authorization_code",
            "client_id": self.client.id,
            "client_secret": self.client.secret,
            "redirect_uri": REDIRECT,
            "code": came.get("code", ""),
            "code_verifier": self.verifiers.get(came.get("state", ""), ""),
            **changes,
        }
        return self.post("/token", {k: v for k, v in form.items() if v})

    def refresh(self, refresh_token: str, **changes: str) -> requests.Response:
        form = {
            "grant_type": "refresh_token",
            "client_id": self.client.id,
            "client_secret": self.client.secret,
            "refresh_token": refresh_token,
            **changes,
        }
        return self.post("/token", form)

    def connect(self, person: Person, **changes: str) -> dict[str, Any]:
        """Walk the whole sign-in."""
        answer = self.exchange(self.google.consent(self.ask(**changes), person))
        assert answer.status_code == 200, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens

    def post(self, path: str, form: dict[str, str]) -> requests.Response:
        return requests.post(self.base + path, data=form, timeout=10)

    def get(self, path: str, token: str, **query: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get(self.base + path, params=query, headers=headers, timeout=10)

    def post_json(self, path: str, body: object, token: str = "") -> requests.Response:
        headers = {"Authorization": f"Bearer {token or self.token(ANN)}"}
        return requests.post(self.base + path, json=body, headers=headers, timeout=10)

    def token(self, person: Person, *wanted: str) -> str:
        """Give a token straight from the grants, for tests that are not about signing in."""
        given = frozenset(wanted or ASKED)
        return self.google.realm.grants.give_access(self.client.id, person, given)

    def gmail(self, person: Person = ANN, *wanted: str) -> Any:
        """Build the real client on the sandbox, its discovery document patched as the product patches it."""
        document = json.loads(discovery_text())
        document["rootUrl"] = self.base + "/"
        document["baseUrl"] = self.base + "/"
        made = build_from_document(document, credentials=CREDENTIALS(self.token(person, *wanted)))
        self.opened.append(made)
        return made

    def mail(
        self,
        sender: str,
        to: str,
        subject: str,
        text: str = "Hello",
        *,
        ago: timedelta = timedelta(0),
        answers: str = "",
        **headers: str,
    ) -> str:
        """Let a message be sent in the world; return its Message-ID."""
        message_id = f"<{secrets.token_hex(8)}@test.example>"
        written = letter(sender, to, subject, text, **headers)
        written["Message-ID"] = message_id
        if answers:
            written["In-Reply-To"] = answers
            written["References"] = answers
        self.world.send(written.as_bytes(), at=self.clock.now() - ago)
        return message_id


def letter(sender: str, to: str, subject: str, text: str = "Hello", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def refused(request: Any) -> tuple[int, str]:
    """Execute a request that must be refused; return status and reason."""
    with pytest.raises(HttpError) as caught:
        request.execute()
    error = json.loads(caught.value.content)["error"]
    assert error["code"] == caught.value.resp.status
    return error["code"], error["errors"][0]["reason"]


def raw(message: EmailMessage | bytes) -> str:
    """Encode a message for the API."""
    data = message if isinstance(message, bytes) else message.as_bytes()
    return base64.urlsafe_b64encode(data).decode()


def discovery_text() -> str:
    held = importlib.resources.files("googleapiclient") / "discovery_cache" / "documents" / "gmail.v1.json"
    return held.read_text()


@contextmanager
def standing() -> Iterator[Stand]:
    clock = Clock(NOON)
    clock.freeze()
    sandbox = Sandbox(SlackApp.from_manifest({"display_information": {"name": "Unused"}}), clock)
    world = World(clock.now)
    for person in (ANN, BEN, PRIVATE, DANA, EVE):
        world.add(person)
    google = Google(world, clock.now, sandbox.faults)
    google.mount(sandbox)
    client = Client("client-1.apps.example", "secret-1", (REDIRECT,))
    google.register(client)
    stand = Stand(google, world, clock, sandbox.faults, sandbox.start() + "/google", client)
    try:
        yield stand
    finally:
        for one in stand.opened:
            one.close()
        sandbox.stop()
