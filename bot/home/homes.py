"""What App Home shows of one member, ready to be drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.accounts.attempts import Attempt
from bot.accounts.kept import Connected, SettingsPage
from bot.appointments.dates import Row
from bot.appointments.syncs import Question
from bot.blocks import Block
from bot.discovery.nightly_pages import NightlySettings
from bot.discovery.people import NOBODY, PAGE, Waiting
from bot.discovery.progress import ScanState
from bot.inbox.letters import Standing
from bot.words import Reader
from store.contacts import Contact
from store.members import Member

TODAY, PEOPLE, CONTACTS = "today", PAGE, "contacts"
APPOINTMENTS, ACCOUNTS = "appointments", "accounts"
PAGES = (TODAY, PEOPLE, CONTACTS, APPOINTMENTS, ACCOUNTS)  # in the order of the navigation


@dataclass(frozen=True, slots=True)
class Sight:
    """How a page is looked at. `place` says where on it, in the page's own words, "" at its beginning.

    `version` numbers the drawing: block ids that hold it make Slack forget what was ticked or chosen.
    """

    place: str
    version: int


# A page that a feature draws. It reads when it is called, and app.py puts it into DrawHome's table.
DrawPage = Callable[[Member, Reader, Sight], list[Block]]


@dataclass(frozen=True, slots=True)
class Home:
    """One drawing. Of two, the one with the higher `version` is the newer.

    `published` is Slack's hash of what stands there, None while nothing does. `attempt` is a sign-in that
    waits for the browser; `people` counts the workspace's contacts. `place` is where on the page it stands.
    """

    version: int
    published: str | None
    page: str
    settings: SettingsPage
    attempt: Attempt | None
    needs_you: tuple[Standing, ...]
    under_way: tuple[Standing, ...]
    recent: tuple[Contact, ...]
    people: int
    place: str = ""
    coming: tuple[Row, ...] = ()  # the next appointments
    questions: tuple[Question, ...] = ()  # what a calendar says otherwise
    night: NightlySettings | None = None  # None: nothing is said of it
    waiting: Waiting = NOBODY  # people found
    blocked: int = 0  # addresses and domains
    scans: ScanState | None = None  # likewise

    @property
    def connected(self) -> tuple[Connected, ...]:
        return self.settings.connected

    @property
    def lost(self) -> tuple[Connected, ...]:
        """Accounts whose access has ended."""
        return tuple(one for one in self.connected if one.account.state == "reconnect")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What of the deployment is shown. `url` is the public base of the pages, without a slash at its end.

    `support` is a link to whoever helps, "" where nobody is named.
    """

    url: str
    command: str
    support: str = ""
