"""Whose conversations are meant: a contact with all its addresses, or an address nobody has added yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import NotYours
from bot.payloads import PersonRef
from providers.content.addresses import normalise
from providers.mail import Thread
from store import contacts
from store.contacts import Contact
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to have conversations with. `contact` is None for a stranger."""

    addresses: tuple[str, ...]
    contact: Contact | None = None

    @property
    def name(self) -> str:
        """What to call them: the contact's name, else the address."""
        return self.contact.name if self.contact and self.contact.name else self.addresses[0]

    @property
    def ref(self) -> PersonRef:
        return PersonRef(contact=self.contact.id) if self.contact else PersonRef(address=self.addresses[0])


def resolve(tx: Transaction, workspace_id: str, ref: PersonRef) -> Person:
    """Find who a payload names. Raises NotYours when the contact is gone."""
    if ref.contact:
        contact = contacts.get(tx, workspace_id, ref.contact)
        if contact is None or not contact.addresses:
            raise NotYours
        return Person(contact.addresses, contact)
    try:
        return by_address(tx, workspace_id, normalise(ref.address))
    except ValueError:
        raise NotYours from None


def is_called(contact: Contact, name: str) -> bool:
    """Say whether each of these words is one of the contact's name, whole."""
    return set(contacts.fold(name).split()) <= set(contacts.fold(contact.name).split())


def by_address(tx: Transaction, workspace_id: str, address: str) -> Person:
    """Find whose address it is; a stranger is a person too."""
    contact = contacts.by_address(tx, workspace_id, address)
    return Person(contact.addresses, contact) if contact else Person((address,))


def name_in(threads: Iterable[Thread], address: str) -> str:
    """Find how somebody signs: the name in their newest message that has one; "" where none has."""
    signed = (
        (message.date, message.sender.name)
        for thread in threads
        for message in thread.messages
        if message.sender.address == address and message.sender.name
    )
    return max(signed, default=(None, ""))[1]
