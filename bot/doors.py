"""Buttons that lead from one feature into another.

The feature that owns a door listens for its action id; anybody may draw it. That is how features stay
independent of each other and still lead everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot import discovery_payloads as found
from bot import payloads
from bot.blocks import Block, button
from bot.words import Reader

CONNECT_WINDOW = "accounts.connect"  # its callback id: what was allowed there goes on in its place
RECORD_WINDOW = "record.window"  # its callback id: what lies on a record gives it back as it stood


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: the action id that its owner listens for, what it carries, what it is called."""

    action_id: str
    carries: type[payloads.Payload]
    label: str

    def draw(
        self,
        reader: Reader,
        payload: payloads.Payload | None = None,
        *,
        text: str = "",
        style: str = "",
        label: str = "",
    ) -> Block:
        """Draw the button. `text` replaces the usual words, `label` is for screen readers."""
        carried = payload if payload is not None else payloads.Nothing()
        if not isinstance(carried, self.carries):
            raise TypeError(f"{self.action_id} carries {self.carries.__name__}")
        words = text or reader.say(self.label)
        return button(words, self.action_id, payloads.encode(carried), style=style, label=label)


# owner: accounts
CONNECT_GOOGLE = Door("accounts.connect_google", payloads.ListRef, "Connect Gmail")
CONNECT_MICROSOFT = Door("accounts.connect_microsoft", payloads.ListRef, "Connect Outlook")
CONNECT = {"google": CONNECT_GOOGLE, "microsoft": CONNECT_MICROSOFT}  # by the provider's name
RECONNECT = Door("accounts.reconnect", payloads.AccountRef, "Reconnect")
ALLOW = Door("accounts.allow", payloads.AllowRef, "Allow")
# owner: inbox
SHOW_THREADS = Door("inbox.show_threads", payloads.ListRef, "Show")
OPEN_THREAD = Door("inbox.open_thread", payloads.ThreadRef, "Open")
REPLY = Door("inbox.reply", payloads.ThreadRef, "Reply")
WRITE = Door("inbox.write", payloads.PersonRef, "Write")
FIND = Door("inbox.find", payloads.Nothing, "Find")
OPEN_OUTGOING = Door("inbox.open_outgoing", payloads.OutgoingRef, "Open")
# owner: record
OPEN_RECORD = Door("record.open", payloads.PersonRef, "Record")
# owner: contacts
ADD_CONTACT = Door("contacts.add", payloads.PersonRef, "Add to contacts")
EDIT_CONTACT = Door("contacts.edit", payloads.ContactRef, "Edit")
# owner: appointments
MAKE_APPOINTMENT = Door("appointments.make", payloads.PersonRef, "New appointment")
OPEN_APPOINTMENT = Door("appointments.open", payloads.AppointmentRef, "Open")
CALENDAR_SYNC = Door("appointments.calendar", payloads.Nothing, "Set up")
CALENDAR_QUESTION = Door("appointments.question", payloads.CalendarEventRef, "Open")
# owner: discovery, scans
START_SCAN = Door("discovery.start_scan", payloads.Nothing, "Scan the last two weeks")
SHOW_SCAN = Door("discovery.show_scan", payloads.Nothing, "Show")
SKIPPED = Door("discovery.skipped", payloads.Nothing, "Why left out")
# owner: discovery, the night
NIGHTLY_ON = Door("discovery.nightly_on", payloads.Nothing, "Scan every night")
# owner: discovery, what was found
OPEN_PERSON = Door("discovery.open_person", found.CandidateRef, "See conversations")
CHOOSE_SEVERAL = Door("discovery.choose_several", found.SeveralRef, "Choose several")
BLOCKED = Door("discovery.blocked", found.BlockRef, "Blocked")
# owner: home
HOME_PAGE = Door("home.page", payloads.PageRef, "Open")
# several in one row: Slack wants each to have an action id of its own there
HOME_TURNS = tuple(Door(f"home.turn{n}", payloads.PageRef, "Open") for n in range(1, 6))

DOORS = (
    CONNECT_GOOGLE,
    CONNECT_MICROSOFT,
    RECONNECT,
    ALLOW,
    SHOW_THREADS,
    OPEN_THREAD,
    REPLY,
    WRITE,
    FIND,
    OPEN_OUTGOING,
    OPEN_RECORD,
    ADD_CONTACT,
    EDIT_CONTACT,
    MAKE_APPOINTMENT,
    OPEN_APPOINTMENT,
    CALENDAR_SYNC,
    CALENDAR_QUESTION,
    START_SCAN,
    SHOW_SCAN,
    SKIPPED,
    OPEN_PERSON,
    CHOOSE_SEVERAL,
    BLOCKED,
    HOME_PAGE,
    *HOME_TURNS,
)


def connect_buttons(
    reader: Reader, offers: Iterable[str], wish: payloads.ListRef | None = None, *, more: bool = False
) -> list[Block]:
    """Draw a button for each kind of account on offer. `wish` is what is shown once it is connected.

    `more`: there is a mailbox already, so that none of them is what the screen is about.
    """
    wished, offered = wish or payloads.ListRef(), set(offers)
    found = [door for name, door in CONNECT.items() if name in offered]
    return [
        door.draw(reader, wished, style="" if place or more else "primary")
        for place, door in enumerate(found)
    ]
