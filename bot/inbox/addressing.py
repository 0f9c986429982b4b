"""Who a message may be from and to: the member's own addresses, the person's, and none besides."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.inbox.letters import Choice
from bot.inbox.people import Person, resolve
from bot.inbox.rules import from_me
from bot.payloads import PersonRef, WriteRef
from providers.content.compose import can_be_written_to
from providers.mail import Message
from providers.oauth import Capability
from store import accounts, own_addresses
from store.accounts import Account
from store.database import Transaction
from store.members import Member

NEEDED = (Capability.SEND,)  # whatever a provider needs to prepare a message comes with this grant


@dataclass(frozen=True, slots=True)
class Choices:
    """Who a message may be from and to, as things stand now."""

    person: Person
    accounts: tuple[Account, ...]
    senders: tuple[Choice, ...]
    recipients: tuple[Choice, ...]

    def sender(self, key: str) -> Choice | None:
        """Find what was chosen as From. None: it may not be used any more."""
        return by_key(self.senders, key)

    def recipient(self, key: str) -> Choice | None:
        """Find what was chosen as To. None: it does not belong to the person any more."""
        return by_key(self.recipients, key)

    def account(self, choice: Choice) -> Account:
        """The account behind a From."""
        return next(a for a in self.accounts if a.id == choice.account_id)


def by_key(choices: Iterable[Choice], key: str) -> Choice | None:
    """Find a choice by what a window calls it."""
    return next((one for one in choices if one.key == key), None)


def choices_of(tx: Transaction, member: Member, ref: WriteRef) -> Choices:
    """Say who a window's message may be from and to. Raises NotYours when the person is gone."""
    place = member.workspace_id
    person = resolve(tx, place, PersonRef(ref.contact, ref.address))
    own = own_addresses.of_member(tx, place, member.id)
    mine = accounts.of_member(tx, place, member.id)
    if ref.thread:
        usable = [a for a in mine if a.id == ref.account]
    else:
        usable = [a for a in mine if a.state == "active" and _allowed(a)]
    senders: dict[str, Choice] = {}
    for account in usable:
        rows = [o for o in own if o.account_id == account.id and o.source in ("login", "alias")]
        first = Choice(account.id, account.address, account.name)
        for one in (first, *(Choice(account.id, o.address, o.name) for o in rows)):
            senders.setdefault(one.key, one)
    is_own = {o.address for o in own}
    to = [a for a in dict.fromkeys((*person.addresses, ref.answers_to)) if a and a not in is_own]
    return Choices(person, tuple(usable), tuple(senders.values()), tuple(Choice("", a) for a in to))


def _allowed(account: Account) -> bool:
    return all(one in account.granted for one in NEEDED)


def recipient_of(message: Message, own: frozenset[str], person: Person) -> tuple[str, str]:
    """Where an answer goes, and the other address that the person asks for, where it is none of theirs."""
    if from_me(message, own):
        there = [one.address for one in message.to if one.address in person.addresses]
        return (there or list(person.addresses))[0], ""
    wrote = message.sender.address if message.sender.address in person.addresses else person.addresses[0]
    wanted = [one.address for one in message.reply_to if one.address not in own]
    asked = [address for address in wanted if can_be_written_to(address)]
    if not asked or wrote in asked:
        return wrote, ""
    theirs = [one for one in asked if one in person.addresses]
    return (theirs[0], "") if theirs else (wrote, asked[0])
