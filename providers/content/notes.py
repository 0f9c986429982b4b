"""What a message is besides its words. These are facts; the views make sentences of them."""

from dataclasses import dataclass
from datetime import date, datetime

from providers.mail import EmailAddress


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How an event comes again. Weekdays count from Monday, 0, where the event is at home."""

    unit: str  # DAILY, WEEKLY, MONTHLY, YEARLY; "": by a rule that no short sentence can say
    every: int = 1
    days: tuple[int, ...] = ()
    nth: int = 0  # of a month's weekdays, -1 the last; 0: not by weekday
    month_day: int = 0
    times: int = 0  # 0: not counted
    until: datetime | date | None = None
    begins: int = 0  # the weekday of the first one


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar message (RFC 5546). `method` is REQUEST, CANCEL, REPLY, COUNTER, PUBLISH …, upper case.

    Aware datetimes are instants; a naive one is a time on whatever clock hangs there ("floating"), a date a
    whole day. `end` of whole days is the last day, not the one after it.
    """

    method: str
    what: str
    start: datetime | date | None
    end: datetime | date | None
    where: str
    organizer: EmailAddress | None
    attendees: tuple[EmailAddress, ...]
    answer: str = ""  # of a REPLY: ACCEPTED, DECLINED, TENTATIVE
    repeats: Recurrence | None = None
    clipped: int = 0  # attendees left out


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient of a delivery report (RFC 3464)."""

    address: str
    action: str  # failed, delayed, delivered, relayed, expanded
    status: str  # "5.1.1", "" when the report has none
    reason: str  # the other side's own words, one line


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A bounce, a delay or a confirmation of delivery. `subject` is that of the message it is about."""

    failures: tuple[Failure, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ReadReceipt:
    """A disposition notification (RFC 8098). `deleted`: removed without being opened."""

    reader: str
    deleted: bool
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Encrypted:
    """A message that cannot be read here. `kind`: "pgp" or "smime"; `signed`: sealed, but only signed."""

    kind: str
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Winmail:
    """Outlook's own container (winmail.dat, TNEF), which other programs cannot open."""


@dataclass(frozen=True, slots=True)
class AttachedMessage:
    """A whole message inside this one."""

    sender: EmailAddress | None
    subject: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece of a message that was sent in pieces (message/partial). 0: not said."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The content lies elsewhere and was not fetched (message/external-body)."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """Only the beginning is shown; the provider's own page shows all."""


@dataclass(frozen=True, slots=True)
class HiddenWords:
    """The message has no words but such as nobody was to see. They are shown."""


@dataclass(frozen=True, slots=True)
class NoText:
    """The message has no words of its own (attachments only, or nothing at all)."""


Note = (
    Invitation
    | DeliveryReport
    | ReadReceipt
    | Encrypted
    | Winmail
    | AttachedMessage
    | Fragment
    | Elsewhere
    | TooLong
    | HiddenWords
    | NoText
)
