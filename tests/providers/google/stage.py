"""Google's stage: the sandbox's Google on loopback, the real client in front."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import parse_qsl, urlsplit

from providers import Provider
from providers.google import google_provider
from providers.mail import Mailbox
from providers.oauth import Capability
from sandbox.faults import Fault, Kind
from sandbox.google import scopes
from sandbox.google.accounts import Client
from sandbox.mail.mailbox import DRAFT, INBOX, SPAM, TRASH, FiledMessage
from sandbox.mail.mailbox import Mailbox as KeptMail
from tests.providers.contract import REDIRECT, Stage
from tests.sandbox.google.stand import ANN, Stand, letter, raw

SERVICE = "google"
NEEDED = {
    Capability.READ: scopes.READONLY,
    Capability.SEND: scopes.COMPOSE,
    Capability.DRAFT: scopes.COMPOSE,
}


class GoogleStage(Stage):
    """The stand of the sandbox's own tests, seen through Mailroom's provider. `pauses` are what it waited."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.pauses: list[float] = []
        stand.google.register(Client(stand.client.id, stand.client.secret, (REDIRECT,)))
        self.provider = self._provider(stand.client.secret)

    def _provider(self, secret: str) -> Provider:
        base = self.stand.base
        return google_provider(
            self.stand.client.id,
            secret,
            f"{base}/o/oauth2/v2/auth",
            f"{base}/token",
            f"{base}/revoke",
            f"{base}/v1/userinfo",
            base,
            base,
            now=self.stand.clock.now,
            wait=self.pauses.append,
        )

    def open(self, *missing: Capability) -> Mailbox:
        left_out = {NEEDED[one] for one in missing}
        given = {scopes.OPENID, scopes.EMAIL, scopes.READONLY, scopes.COMPOSE} - left_out
        return self.provider.open_mailbox(self.stand.token(ANN, *given), ANN.address)

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
        ago = timedelta(minutes=minutes_ago)
        if body is None:
            more = {"Cc": cc} if cc else {}
            return self.stand.mail(sender, to, subject, text, ago=ago, answers=answers, **more)
        body["From"], body["To"], body["Subject"] = sender, to, subject
        body["Message-ID"] = "<body@test.example>"
        self.stand.world.send(body.as_bytes(), at=self.stand.clock.now() - ago)
        return "<body@test.example>"

    def inbox(self, address: str) -> list[EmailMessage]:
        filed = self.stand.world.mailbox(address).messages()
        return [read(one) for one in filed if INBOX in one.labels and DRAFT not in one.labels]

    def _own(self) -> list[FiledMessage]:
        return list(self.stand.world.mailbox(ANN.address).messages())

    def move(self, subject: str, place: str) -> None:
        mailbox = self.stand.world.mailbox(ANN.address)
        for one in self._own():
            if one.raw.subject == subject:
                mailbox.relabel(one.id, add=[{"spam": SPAM, "trash": TRASH}[place]], remove=[INBOX])

    @property
    def kept(self) -> KeptMail:
        return self.stand.world.mailbox(ANN.address)

    def drafts(self) -> list[EmailMessage]:
        return [read(one) for one in self._own() if DRAFT in one.labels]

    def edit_draft(self, recipient: str) -> None:
        changed = {"message": {"raw": raw(letter(ANN.address, recipient, "Lunch"))}}
        with self.stand.gmail() as client:
            drafts = client.users().drafts()
            (draft,) = drafts.list(userId="me").execute()["drafts"]
            drafts.update(userId="me", id=draft["id"], body=changed).execute()

    def discard_drafts(self) -> None:
        with self.stand.gmail() as client:
            drafts = client.users().drafts()
            for draft in drafts.list(userId="me").execute()["drafts"]:
                drafts.delete(userId="me", id=draft["id"]).execute()

    def lose_answer_of_send(self) -> None:
        self.stand.faults.add(Fault(SERVICE, Kind.RESET_AFTER, r"POST .*/drafts/send"))

    def lose_request_of_send(self) -> None:
        self.stand.faults.add(Fault(SERVICE, Kind.RESET_BEFORE, r"POST .*/drafts/send"))

    def fail(self, status: int) -> None:
        self.stand.faults.add(Fault(SERVICE, Kind.STATUS, r"GET /gmail/", status=status))

    def refuse_reading(self, *, refused: bool = True) -> None:
        self.stand.google.limits.units_per_user_minute = 0 if refused else 10**6

    def stop_sending(self) -> None:
        self.stand.google.stop_sending(ANN, self.stand.clock.now() + timedelta(hours=1))

    def end_access(self) -> None:
        self.stand.google.expire_access(ANN)

    def consent(
        self, url: str, *, without: Sequence[Capability] = (), deny: bool = False
    ) -> Mapping[str, str]:
        back = self.stand.google.consent(url, ANN, untick=[NEEDED[one] for one in without], deny=deny)
        return dict(parse_qsl(urlsplit(back).query))

    def take_back(self) -> None:
        self.stand.google.revoke(ANN)

    def with_wrong_secret(self) -> Provider:
        return self._provider("not-our-secret")

    def fail_sign_in(self, status: int) -> None:
        self.stand.faults.add(Fault(SERVICE, Kind.STATUS, r"POST /token", status=status))


def read(filed: FiledMessage) -> EmailMessage:
    """Read a filed message as its reader's program does."""
    message = message_from_bytes(filed.raw.bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
