"""Connected accounts, as the settings and their windows show them."""

from dataclasses import dataclass
from enum import StrEnum

from providers.oauth import Capability
from store.accounts import Account
from store.own_addresses import OwnAddress


@dataclass(frozen=True, slots=True)
class Connected:
    """One account with the words for its kind."""

    account: Account
    label: str  # "Gmail"
    company: str  # "Google"
    asked: frozenset[Capability]

    @property
    def granted(self) -> frozenset[Capability]:
        return frozenset(Capability(name) for name in self.account.granted)

    @property
    def missing(self) -> tuple[Capability, ...]:
        """What connecting asks for and was not allowed."""
        return tuple(one for one in Capability if one in self.asked - self.granted)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What "Gmail & Outlook" on App Home shows."""

    connected: tuple[Connected, ...]
    preview_lines: bool
    offers: tuple[str, ...] = ("google",)  # kinds of account that can be connected here


@dataclass(frozen=True, slots=True)
class Addresses:
    """An account with every address that is the member's own."""

    connected: Connected
    own: tuple[OwnAddress, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Writing:
    """How mail from an account is written."""

    connected: Connected
    signature: str
    quote_last: bool


@dataclass(frozen=True, slots=True)
class Parting:
    """An account that is about to be disconnected. `events`: how many of ours stand in its calendars.

    `lives_on`: the grant carries another connection too. `access_page`: where the person takes the access
    back, where the provider lets no app do it; else "".
    """

    connected: Connected
    lives_on: bool
    access_page: str = ""
    events: int = 0


class Withdrawn(StrEnum):
    """What became of the access at the provider. Stands in steps of the ledger: words are only added."""

    DONE = "done"
    LIVES_ON = "lives_on"
    NO_WAY = "no_way"  # the vendor offers none
    ASKED = "asked"  # it is deleted here; the vendor is being asked
    LATER = "later"  # the vendor did not answer, and is asked again for a week
    FAILED = "failed"  # it did not answer for a week, or cannot be asked any more
    GONE = "gone"  # there was nothing left to disconnect


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a disconnect went. `address` is "" where the account is gone already."""

    withdrawn: Withdrawn
    address: str = ""
    company: str = ""
    access_page: str = ""  # where the person sees and ends the access herself
    events: str = ""  # one of the words below, "" where none stood there


EVENTS_KEPT, EVENTS_OUT, EVENTS_LEFT = "kept", "out", "left"  # left: they could not be taken out
