"""What was read, ready to be drawn: a stretch of somebody's conversations, or one of them open."""

from dataclasses import dataclass
from datetime import datetime

from bot.inbox.listing import Stretch
from bot.inbox.people import Person
from bot.inbox.rules import Addresses, Conversation
from bot.payloads import ListRef
from providers.mail import Message, Thread
from store.accounts import Account
from store.appointments import Appointment


@dataclass(frozen=True, slots=True)
class ThreadList:
    """One stretch of somebody's conversations, ready to be drawn."""

    person: Person
    ref: ListRef
    stretch: Stretch
    accounts: tuple[Account, ...]
    links: dict[str, str]  # account id → the provider's page with everything of this person
    coming: Appointment | None = None  # the next one with this contact, whoever made it


@dataclass(frozen=True, slots=True)
class OpenThread:
    """A thread opened by the member, with what decides how it is shown."""

    thread: Thread
    as_of: datetime
    account: Account
    several_accounts: bool
    person: Person
    own: Addresses
    conversation: Conversation
    answers: Message  # the message that Reply answers
