"""What App Home shows of one member, ready to be drawn."""

from dataclasses import dataclass

from bot.accounts.attempts import Attempt
from bot.accounts.kept import Connected, SettingsPage
from bot.inbox.letters import Standing
from store.contacts import Contact

TODAY, ACCOUNTS = "today", "accounts"
PAGES = (TODAY, ACCOUNTS)


@dataclass(frozen=True, slots=True)
class Home:
    """One drawing. Of two, the one with the higher `version` is the newer.

    `published` is Slack's hash of what stands there, None while nothing does. `attempt` is a sign-in that
    waits for the browser; `people` counts the workspace's contacts.
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
