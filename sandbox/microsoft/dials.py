"""What tests and the demo turn at the sandbox's Microsoft."""

import secrets
from email.message import EmailMessage
from email.utils import format_datetime

from sandbox.mail.people import Person
from sandbox.mail.raw import RawMessage
from sandbox.microsoft.directory import Account, Tenant
from sandbox.microsoft.graph.quota import Limits, Used
from sandbox.microsoft.graph.shelf import CHAT, Reference
from sandbox.microsoft.graph.state import GraphState
from sandbox.microsoft.realm import Realm


class Dials:
    """Each method is one thing that can be otherwise than usual."""

    def __init__(self, realm: Realm, state: GraphState) -> None:
        self.realm = realm
        self._state = state

    @property
    def limits(self) -> Limits:
        return self._state.limits

    def account(self, person: Person | str) -> Account:
        """Find somebody's Microsoft account. Raises LookupError."""
        found = self.realm.account(person if isinstance(person, str) else person.address)
        if found is None:
            raise LookupError("nobody with this address has a Microsoft account")
        return found

    def tenant(self, domain: str) -> Tenant:
        """Reach an organisation's dials: its policy, its administrators, what was consented for all."""
        return self.realm.tenant(domain)

    def add_administrator(self, address: str, name: str = "Administrator") -> Account:
        """Let somebody administer the organisation of this address; nobody needs a mailbox for that."""
        return self.realm.add_administrator(address, name)

    def used(self, person: Person | str, client_id: str) -> Used:
        """Read what an app's requests to somebody's mailbox have come to."""
        return self._state.meter.used((client_id, self.account(person).key))

    def forgive_quota(self) -> None:
        self._state.meter.forgive()

    def withdraw(self, person: Person | str, client_id: str | None = None) -> None:
        """Let somebody take their consent back: the next refresh says so (65001)."""
        self.realm.grants.withdraw(self.account(person), client_id)

    def change_password(self, person: Person | str) -> None:
        """End every refresh token of an account (50173)."""
        self.realm.grants.sign_out(self.account(person))

    def disable(self, person: Person | str) -> None:
        """Disable an account (50057)."""
        self.realm.grants.disabled.add(self.account(person).key)

    def expire_access(self, person: Person | str) -> None:
        """Let the access tokens end at once; refresh tokens stay good."""
        self.realm.grants.expire_access(self.account(person))

    def challenge(self, person: Person | str, *, lifted: bool = False) -> None:
        """Let Graph want a token that was asked for with claims (continuous access evaluation)."""
        value = "" if lifted else str(int(self.realm.now().timestamp()))
        self.realm.grants.challenge(self.account(person), value)

    def without_mailbox(self, person: Person | str) -> None:
        """Make it an account whose mailbox Graph does not reach."""
        self._state.without_mailbox.add(self.account(person).address.lower())

    def without_mail_property(self, person: Person | str) -> None:
        """Let `mail` of /me be null, as with many personal accounts."""
        self._state.without_mail.add(self.account(person).address)

    def without_invitations(self, person: Person | str) -> None:
        """Make it one of the mailboxes that call the properties of invitations unknown."""
        self._state.without_invitations.add(self.account(person).address)

    def refuse_sending(self, person: Person | str, code: str = "ErrorMessageSubmissionBlocked") -> None:
        """Refuse everything somebody sends, "" lifts it."""
        address = self.account(person).address.lower()
        if code:
            self._state.cannot_send[address] = code
        else:
            self._state.cannot_send.pop(address, None)

    def chat(self, person: Person | str, other: Person, text: str) -> None:
        """Leave an item of a Teams chat in the mailbox, as Teams does."""
        account = self.account(person)
        message = EmailMessage()
        message["From"] = f"{other.name} <{other.address}>"
        message["To"] = f"{account.name} <{account.address}>"
        message["Subject"] = ""
        message["Date"] = format_datetime(self.realm.now())
        message["Message-ID"] = f"<{secrets.token_hex(12)}@teams.example>"
        message.set_content(text)
        mailbox = self.realm.world.mailbox(account.address)
        mailbox.file(RawMessage(message.as_bytes()), {CHAT}, self.realm.now())

    def attach_reference(self, person: Person | str, message_id: str, name: str, url: str) -> None:
        """Attach a link to a file in the cloud to a message. Raises LookupError."""
        shelf = self._state.shelf(self._person(person))
        for item in shelf.items():
            if item.filed.raw.message_id == message_id:
                shelf.references.setdefault(item.key, []).append(Reference(name, url))
                return
        raise LookupError("there is no such message")

    def warm(self, person: Person | str) -> None:
        """Read a mailbox once, so that measurements meet no cold cache of the sandbox's own."""
        for item in self._state.shelf(self._person(person)).items():
            self._state.index.body(item.filed.raw)
            for name in ("from", "to", "cc", "bcc"):
                self._state.index.header(item.filed.raw, name)

    def _person(self, person: Person | str) -> Person:
        found = self.account(person).person
        if found is None:
            raise LookupError("this account has no mailbox")
        return found
