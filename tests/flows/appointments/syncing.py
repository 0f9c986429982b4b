"""Calendar Sync as somebody at their Slack uses it, and what then stands in their calendars."""

from dataclasses import dataclass
from datetime import timedelta

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Entry, Hours
from sandbox.slack.person import Person
from sandbox.slack.state import View
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import link_of
from tests.flows.appointments.dates import save
from tests.flows.home.looking import look, shown
from tests.stage import Stage, connect, texts

NIGHT = timedelta(days=1)


@dataclass(slots=True)
class Syncing:
    """One member with one connected mailbox, and its calendars."""

    stage: Stage
    handle: str
    address: str

    @property
    def person(self) -> Person:
        return self.stage.person(self.handle)

    def connect(self) -> None:
        """Connect the mailbox."""
        connect(self.stage, self.handle, self.address)

    def open(self) -> View:
        """Press Set up or Change on Home's page Appointments."""
        look(self.stage, self.handle)
        self.stage.press(self.person, shown(self.stage, self.handle), "home.appointments")
        self.stage.press(self.person, shown(self.stage, self.handle), "appointments.calendar")
        return self.person.window()

    def allow(self) -> None:
        """Allow the calendar in the browser, and go on in the same window."""
        self.stage.press(self.person, self.person.window(), "accounts.allow")
        sign_in(Browser(), link_of(self.person), self.address)
        self.stage.settle()
        self.stage.press(self.person, self.person.window(), "appointments.calendar")

    def choose(self, calendar: str = "Projects", titles: str = "full") -> View:
        """Choose a calendar and switch on."""
        window = self.person.window()
        element = self.person.element(window, "appointments.sync_calendar")
        named = {one["text"]["text"]: one["value"] for one in element["options"]}
        value = named.get(calendar, element["options"][0]["value"])  # the main one has the address for a name
        self.person.fill(window, "appointments.sync_calendar", value)
        self.person.fill(window, "appointments.sync_titles", titles)
        assert save(self.stage, self.handle).accepted
        return self.person.window()

    def switch_on(self, calendar: str = "Projects", titles: str = "full") -> str:
        """From Home to on, and return what the window says at the end."""
        if "Press Allow" in texts(self.open().blocks):
            self.allow()
        said = texts(self.choose(calendar, titles).blocks)
        self.person.close()
        return said

    def change(self, calendar: str = "Projects", titles: str = "full") -> None:
        """Write into another calendar, or show other titles."""
        self.stage.press(self.person, self.open(), "appointments.sync_change")
        self.choose(calendar, titles)
        self.person.close()

    def switch_off(self, remain: str = "keep") -> str:
        """Switch off, and return what the window says."""
        self.stage.press(self.person, self.open(), "appointments.sync_ask_off")
        self.person.fill(self.person.window(), "appointments.sync_remain", remain)
        assert save(self.stage, self.handle).accepted
        said = texts(self.person.window().blocks)
        self.person.close()
        return said

    # --- the calendar -------------------------------------------------------------------------------------

    def shelf(self, name: str = "Projects") -> Calendar:
        """One of the person's calendars."""
        person = self.stage.world.person(self.address)
        assert person is not None
        return next(one for one in self.stage.world.calendars.of(person) if one.name == name)

    def entries(self, name: str = "Projects") -> list[Entry]:
        """What Mailroom wrote there."""
        return [one for one in self.shelf(name).entries() if one.properties]

    def only(self, name: str = "Projects") -> Entry:
        """The one event that stands there."""
        (entry,) = self.entries(name)
        return entry

    def move(self, by: timedelta, name: str = "Projects") -> None:
        """Move the one event by hand."""
        entry = self.only(name)
        assert isinstance(entry.when, Hours)
        when = Hours(entry.when.starts + by, entry.when.ends + by, entry.when.zone)
        self.shelf(name).change(entry.id, when=when)

    def nobody_was_mailed(self) -> None:
        """Hold that no guest heard anything."""
        assert self.stage.world.calendars.guest_mails == ()
