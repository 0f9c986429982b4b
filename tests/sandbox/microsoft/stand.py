"""A Microsoft on loopback with a few people, the real msal in front of it, and plain requests to Graph."""

import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msal
import requests

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage
from sandbox.microsoft import scopes
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.service import Microsoft
from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.world import World

OWN = "https://login.microsoftonline.com"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
REDIRECT = "https://mailroom.example/connect/microsoft/callback"
ASKED = [scopes.USER_READ, scopes.MAIL_READ, scopes.MAIL_SEND]
IMMUTABLE = 'IdType="ImmutableId"'
MARK = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name mailroom"

CLEO = Person("Cleo Martin", ("cleo@northwind.example", "sales@northwind.example"), "microsoft")
BEN = Person("Ben Ito", ("ben@northwind.example",), "microsoft")
HOME = Person("Cleo Martin", ("cleo.martin@outlook.example",), "microsoft")
GIL = Person("Gil Moss", ("gil@gmail.example",), "google")
DANA = Person("Dana Reyes", ("dana@partner.example",))
EVE = Person("Eve", ("eve@elsewhere.example",))

Json = dict[str, Any]


class Mapped:
    """The http client that msal gets: Microsoft's own address leads to the sandbox."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._session = requests.Session()
        self.asked: list[str] = []

    def get(self, url: str, **kwargs: Any) -> requests.Response:
        return self._session.get(self._mapped(url), timeout=10, **kwargs)

    def post(self, url: str, **kwargs: Any) -> requests.Response:
        return self._session.post(self._mapped(url), timeout=10, **kwargs)

    def _mapped(self, url: str) -> str:
        assert url.startswith(OWN), url
        self.asked.append(url.removeprefix(OWN))
        return self._base + url.removeprefix(OWN)

    def close(self) -> None:
        self._session.close()


@dataclass(slots=True)
class Stand:
    """Everything a test of the sandbox's Microsoft needs."""

    microsoft: Microsoft
    world: World
    clock: Clock
    faults: Faults
    base: str
    app: App
    http: Mapped
    session: requests.Session
    caches: dict[str, msal.SerializableTokenCache] = field(default_factory=dict)

    def client(
        self, authority: str = "common", *, cache: Any = None, secret: str = "", client_id: str = ""
    ) -> Any:
        """Build the real client, as the product builds it: no instance discovery, its own http client."""
        return msal.ConfidentialClientApplication(
            client_id or self.app.id,
            client_credential=secret or self.app.secrets[0].text,
            authority=f"{OWN}/{authority}",
            http_client=self.http,
            instance_discovery=False,
            token_cache=cache,
        )

    def begin(self, client: Any, wanted: list[str] | None = None, **options: Any) -> tuple[str, Json]:
        """Begin a sign-in; return the address on the sandbox and the flow."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*response_mode.*")
            flow = client.initiate_auth_code_flow(
                wanted or ASKED, redirect_uri=REDIRECT, response_mode="query", **options
            )
        return self.base + flow["auth_uri"].removeprefix(OWN), flow

    def connect(
        self,
        person: Person | str,
        wanted: list[str] | None = None,
        *,
        authority: str = "common",
        **options: Any,
    ) -> Json:
        """Walk a whole sign-in with msal."""
        cache = msal.SerializableTokenCache()
        client = self.client(authority, cache=cache)
        url, flow = self.begin(client, wanted, **options)
        back = self.microsoft.consent(url, person)
        result: Json = client.acquire_token_by_auth_code_flow(flow, came(back))
        assert "access_token" in result, result
        self.caches[person if isinstance(person, str) else person.address] = cache
        return result

    def token(self, person: Person | str, *wanted: str) -> str:
        """Give a token straight from the grants, for tests that are not about signing in."""
        given = frozenset(wanted or ASKED)
        return self.microsoft.realm.grants.give_access(self.app.id, self.microsoft.account(person), given)

    def graph(
        self,
        method: str,
        path: str,
        *,
        person: Person | str = CLEO,
        token: str = "",
        prefer: str = IMMUTABLE,
        body: Any = None,
        headers: dict[str, str] | None = None,
        **query: str,
    ) -> requests.Response:
        """Ask Graph. Query names are given without their dollar sign: top="5"."""
        asked = {
            name if name.isupper() or name == "changeType" else f"${name}": v for name, v in query.items()
        }
        sent = {"Authorization": f"Bearer {token or self.token(person)}", **(headers or {})}
        if prefer:
            sent["Prefer"] = prefer
        url = path if path.startswith("http") else self.base + "/graph/v1.0" + path
        return self.session.request(method, url, params=asked, headers=sent, json=body, timeout=10)

    def get(self, path: str, **options: Any) -> Json:
        """Ask Graph for what must be there."""
        answer = self.graph("GET", path, **options)
        assert answer.status_code == 200, answer.text
        read: Json = answer.json()
        return read

    def refused(self, method: str, path: str, **options: Any) -> tuple[int, str]:
        """Ask Graph for what must be refused; return status and code."""
        answer = self.graph(method, path, **options)
        assert answer.status_code >= 400, answer.text
        error = answer.json()["error"]
        assert set(error) == {"code", "message", "innerError"}
        assert set(error["innerError"]) == {"date", "request-id", "client-request-id"}
        return answer.status_code, error["code"]

    def batch(self, requests_: list[Json], **options: Any) -> dict[str, Json]:
        answer = self.graph("POST", "/$batch", body={"requests": requests_}, prefer="", **options)
        assert answer.status_code == 200, answer.text
        return {one["id"]: one for one in answer.json()["responses"]}

    def mail(
        self,
        sender: str,
        to: str,
        subject: str,
        text: str = "Hello",
        *,
        ago: timedelta = timedelta(0),
        answers: str = "",
        html: str = "",
        **headers: str,
    ) -> str:
        """Let a message be sent in the world; return its Message-ID."""
        message_id = f"<{secrets.token_hex(8)}@test.example>"
        written = letter(sender, to, subject, text, **headers)
        if html:
            written.add_alternative(html, subtype="html")
        written["Message-ID"] = message_id
        if answers:
            written["In-Reply-To"] = answers
            written["References"] = answers
        self.world.send(written.as_bytes(), at=self.clock.now() - ago)
        return message_id

    def newest(self, person: Person = CLEO, folder: str = "inbox", **options: Any) -> Json:
        """Read the newest message of a folder."""
        found = self.get(f"/me/mailFolders/{folder}/messages", person=person, top="1", **options)["value"]
        read: Json = found[0]
        return read


def letter(sender: str, to: str, subject: str, text: str = "Hello", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def sent_to(stand: Stand, person: Person) -> list[RawMessage]:
    """List what arrived for somebody, the newest first."""
    return [one.raw for one in stand.world.mailbox(person.address).messages() if "INBOX" in one.labels]


def html(text: str) -> Json:
    return {"contentType": "html", "content": text}


def came(back: str) -> dict[str, str]:
    """Read what the browser carries back to the app."""
    assert back.startswith(REDIRECT + "?"), back
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


@contextmanager
def standing() -> Iterator[Stand]:
    clock = Clock(NOON)
    clock.freeze()
    sandbox = Sandbox(SlackApp.from_manifest({"display_information": {"name": "Unused"}}), clock)
    world = World(clock.now)
    for person in (CLEO, BEN, HOME, GIL, DANA, EVE):
        world.add(person)
    microsoft = Microsoft(world, clock.now, sandbox.faults)
    microsoft.mount(sandbox)
    app = App("7d3b1a52-0000-4000-8000-00000000c0de", (Secret("secret-1"),), (REDIRECT,))
    microsoft.register(app)
    base = sandbox.start() + "/microsoft"
    http, session = Mapped(base), requests.Session()
    try:
        yield Stand(microsoft, world, clock, sandbox.faults, base, app, http, session)
    finally:
        http.close()
        session.close()
        sandbox.stop()
