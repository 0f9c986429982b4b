"""Microsoft's stage: the sandbox's Entra and Graph on loopback, real msal and requests in front."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import parse_qsl, urlsplit

from providers import Provider
from providers.mail import Mailbox
from providers.microsoft import microsoft_provider
from providers.oauth import Capability
from sandbox.clock import Clock
from sandbox.faults import Fault, Faults, Kind
from sandbox.mail.mailbox import DRAFT, INBOX, SPAM, TRASH, FiledMessage
from sandbox.mail.mailbox import Mailbox as KeptMail
from sandbox.mail.people import Person, SendAs
from sandbox.mail.raw import RawMessage, with_header
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.service import Microsoft
from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.world import World
from tests.providers.contract import REDIRECT, Stage
from tests.sandbox.google.stand import letter

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
APP = App("6f1c2a44-0000-4000-8000-3d5b1c7e9a01", (Secret("secret-1"),), (REDIRECT,))
GRAPH, SIGN_IN, BATCH = "graph", "microsoft", "graph.batch"
SCOPES = frozenset({"User.Read", "Mail.Read", "Mail.ReadWrite", "Mail.Send"})
NEEDED = {
    Capability.READ: {"Mail.Read", "Mail.ReadWrite"},
    Capability.SEND: {"Mail.Send"},
    Capability.DRAFT: {"Mail.ReadWrite"},
}

ANN = Person(
    "Ann Lee",
    ("ann@northwind.example", "sales@northwind.example"),
    "microsoft",
    (
        SendAs("sales@northwind.example", "Northwind Sales"),
        SendAs("ann@elsewhere.example", "Ann", accepted=False),
    ),
)
BEN = Person("Ben Ito", ("ben@northwind.example",), "microsoft")
PRIVATE = Person("Ann Lee", ("ann.lee@outlook.example",), "microsoft")
DANA = Person("Dana Reyes", ("dana@partner.example",), "google")
EVE = Person("Eve", ("eve@elsewhere.example",))


class MicrosoftStage(Stage):
    """Ann at work, with Outlook. `pauses` are what the provider waited; `ann` may be dialled to another."""

    def __init__(self, sandbox: Sandbox, world: World, microsoft: Microsoft) -> None:
        self.sandbox, self.world, self.microsoft = sandbox, world, microsoft
        self.pauses: list[float] = []
        self.base = f"{sandbox.base_url}/microsoft"
        self.provider = self.built("secret-1")

    @property
    def faults(self) -> Faults:
        return self.sandbox.faults

    @property
    def clock(self) -> Clock:
        return self.sandbox.clock

    def built(self, secret: str) -> Provider:
        return microsoft_provider(
            APP.id,
            secret,
            self.base,
            f"{self.base}/graph/v1.0",
            now=self.clock.now,
            wait=self.pauses.append,
        )

    def open(self, *missing: Capability) -> Mailbox:
        left_out = {scope for one in missing for scope in NEEDED[one]}
        return self.provider.open_mailbox(self.token(ANN, SCOPES - left_out), ANN.address)

    def token(self, person: Person, scopes: frozenset[str] = SCOPES) -> str:
        """Give a token straight from the grants, for tests that are not about signing in."""
        grants = self.microsoft.realm.grants
        return grants.give_access(APP.id, self.microsoft.account(person), scopes, "")

    def mail(
        self,
        sender: str,
        to: str,
        subject: str,
        text: str = "Hello",
        *,
        minutes_ago: int = 0,
        cc: str = "",
        answers: str = "",
        body: EmailMessage | None = None,
    ) -> str:
        at = self.clock.now() - timedelta(minutes=minutes_ago)
        message_id = (
            f"<{len(self.faults.calls())}.{minutes_ago}.{abs(hash((subject, text, answers)))}@test.example>"
        )
        if body is None:
            body = letter(sender, to, subject, text, **({"Cc": cc} if cc else {}))
        else:
            body["From"], body["To"], body["Subject"] = sender, to, subject
        body["Message-ID"] = message_id
        if answers:
            body["In-Reply-To"] = body["References"] = answers
        self.world.send(body.as_bytes(), at=at)
        return message_id

    def inbox(self, address: str) -> list[EmailMessage]:
        filed = self.world.mailbox(address).messages()
        return [read(one) for one in filed if INBOX in one.labels and DRAFT not in one.labels]

    def own(self, *labels: str) -> list[FiledMessage]:
        """What lies in Ann's mailbox under all of the labels."""
        filed = self.world.mailbox(ANN.address).messages()
        return [one for one in filed if one.labels.issuperset(labels)]

    def move(self, subject: str, place: str) -> None:
        mailbox = self.world.mailbox(ANN.address)
        for one in self.own():
            if one.raw.subject == subject:
                mailbox.relabel(one.id, add=[{"spam": SPAM, "trash": TRASH}[place]], remove=[INBOX])

    @property
    def kept(self) -> KeptMail:
        return self.world.mailbox(ANN.address)

    def drafts(self) -> list[EmailMessage]:
        return [read(one) for one in self.own(DRAFT)]

    def edit_draft(self, recipient: str) -> None:
        mailbox = self.world.mailbox(ANN.address)
        (draft,) = self.own(DRAFT)
        mailbox.remove(draft.id)
        mailbox.file(RawMessage(with_header(draft.raw.bytes(), "To", recipient)), {DRAFT}, draft.at)

    def discard_drafts(self) -> None:
        for one in self.own(DRAFT):
            self.world.mailbox(ANN.address).remove(one.id)

    def lose_answer_of_send(self) -> None:
        self.faults.add(Fault(GRAPH, Kind.RESET_AFTER, r"POST .*/(reply|sendMail)$"))

    def lose_request_of_send(self) -> None:
        self.faults.add(Fault(GRAPH, Kind.RESET_BEFORE, r"POST .*/(reply|sendMail)$"))

    def fail(self, status: int) -> None:
        # as often as the provider's patience asks again
        self.faults.add(Fault(GRAPH, Kind.STATUS, r"GET /v1|POST /v1.0/\$batch", times=8, status=status))

    def refuse_reading(self, *, refused: bool = True) -> None:
        self.microsoft.limits.requests = 0 if refused else 10**6

    def stop_sending(self) -> None:
        path = r"POST .*/(reply|sendMail)$"
        self.faults.add(Fault(GRAPH, Kind.STATUS, path, times=None, status=429, retry_after=3600))

    def end_access(self) -> None:
        self.microsoft.expire_access(ANN)

    def consent(
        self, url: str, *, without: Sequence[Capability] = (), deny: bool = False, person: Person = ANN
    ) -> Mapping[str, str]:
        # Microsoft's page has no boxes to leave empty: what is granted is decided elsewhere
        tenant = self.microsoft.account(person).tenant
        tenant.withheld = {scope for one in without for scope in NEEDED[one]}
        return dict(parse_qsl(urlsplit(self.microsoft.consent(url, person, deny=deny)).query))

    def take_back(self) -> None:
        self.microsoft.withdraw(ANN)

    def with_wrong_secret(self) -> Provider:
        return self.built("not-our-secret")

    def fail_sign_in(self, status: int) -> None:
        self.faults.add(Fault(SIGN_IN, Kind.STATUS, r"POST .*/token$", status=status))


def read(filed: FiledMessage) -> EmailMessage:
    """Read a filed message as its reader's program does."""
    message = message_from_bytes(filed.raw.bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@contextmanager
def standing() -> Iterator[MicrosoftStage]:
    """Microsoft on loopback at noon, with a few people; no connection may be left open by its provider."""
    clock = Clock(NOON)
    clock.freeze()
    sandbox = Sandbox(SlackApp.from_manifest({"display_information": {"name": "Unused"}}), clock)
    world = World(clock.now)
    for person in (ANN, BEN, PRIVATE, DANA, EVE):
        world.add(person)
    microsoft = Microsoft(world, clock.now, sandbox.faults)
    microsoft.mount(sandbox)
    microsoft.register(APP)
    sandbox.start()
    try:
        stage = MicrosoftStage(sandbox, world, microsoft)
        yield stage
        stage.provider.close()
    finally:
        sandbox.stop()
