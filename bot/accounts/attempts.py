"""An attempt to connect, as windows, messages and pages show it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.payloads import ListRef
from providers.oauth import Capability


class Outcome(StrEnum):
    """How an attempt stands. The words are kept in rows: they are only added to."""

    LINK = "link"  # nobody has pressed Go on yet
    UNDER_WAY = "under_way"  # somewhere in the browser
    CONNECTED = "connected"
    CODE = "code"  # six digits are to be typed
    DECLINED = "declined"
    NOTHING_ALLOWED = "nothing_allowed"  # every box was left open
    APPROVAL = "admin_approval"
    BLOCKED = "blocked"
    NOT_VERIFIED = "not_verified"
    NO_MAILBOX = "no_mailbox"  # the account is one without mail
    OTHER_ACCOUNT = "other_account"  # a reconnect came back with another mailbox
    USED_HERE = "used_here"  # by another member of this workspace
    TOO_MANY_TRIES = "too_many_tries"
    EXPIRED = "expired"  # too old, at our place or the provider's
    UNAVAILABLE = "unavailable"  # the provider did not answer
    NOT_SET_UP = "not_set_up"  # the provider refuses Mailroom itself: for whoever runs it
    NOT_ADMITTED = "not_admitted"  # became a guest or left, meanwhile
    FAILED = "failed"
    ENDED = "ended"  # cancelled, replaced by a new link, or "This is not me"


ABOUT_APPROVAL = "approval."  # begins the state of a link for administrators; sign-ins' states hold no dot
FAILURES = frozenset(Outcome) - {Outcome.LINK, Outcome.UNDER_WAY, Outcome.CONNECTED, Outcome.CODE}


class Cause(StrEnum):
    """Why a page in the browser cannot even say whose attempt it is."""

    UNKNOWN = "unknown"  # forged, mistyped, or long gone
    USED = "used"
    EXPIRED = "expired"
    OTHER_BROWSER = "other_browser"
    NOT_FROM_HERE = "not_from_here"  # a form that our page did not send
    UNAVAILABLE = "unavailable"  # the provider's sign-in does not answer; the link is as good as before


class Answered(StrEnum):
    """What an administrator's browser came back with."""

    APPROVED = "approved"
    DECLINED = "declined"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for before anything was connected, and whose conversations that is."""

    ref: ListRef
    name: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, as it stands now."""

    id: str
    provider: str
    label: str  # "Gmail"
    company: str  # "Google"
    member_name: str
    workspace_name: str
    outcome: Outcome
    asked: frozenset[Capability]
    granted: frozenset[Capability] = frozenset()
    address: str = ""  # the mailbox, once it is known
    account_id: str = ""
    expected: str = ""  # the mailbox that a reconnect is about
    wish: Wish | None = None
    begun_at: datetime | None = None
    team_id: str = ""
    app_id: str = ""
    approve_url: str = ""  # for an administrator, where organisations decide; "" where there is no such way
    takes_back: bool = True  # the provider lets an app give its access back
    adds: frozenset[Capability] = frozenset()  # what this attempt asks for beyond the mailbox itself
    scans_nightly: bool = False  # the member's nightly scan is on

    @property
    def for_calendar(self) -> bool:
        """It was begun in Calendar Sync, and leads back there."""
        return Capability.CALENDAR in self.adds

    @property
    def missing(self) -> tuple[Capability, ...]:
        """What was asked and not allowed, in a fixed order."""
        return tuple(one for one in Capability if one in self.asked - self.granted)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was just made. Its address is known now and never again."""

    attempt: Attempt
    url: str
