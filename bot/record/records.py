"""What a record shows: somebody, the viewer's own conversations with them, who added them."""

from dataclasses import dataclass, replace

from bot.appointments.dates import OfContact
from bot.inbox.people import Person
from bot.inbox.threads import ThreadList
from bot.payloads import ListRef, MineRef, PersonRef, RecordPlace, ThreadPlace
from store.contact_changes import Change

INBOX = ""  # a tab, beside DETAILS and APPOINTMENTS
CHANGES = 10  # shown of a contact
CONTACT_ROWS, STRANGER_ROWS = 10, 5  # conversations at once


@dataclass(frozen=True, slots=True)
class Made:
    """A change of the contact, and the name of who made it, "" where nobody is known.

    `before` and `after` are as a person reads them: of the owner, names.
    """

    change: Change
    by: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Record:
    """Somebody's record, as it stands in a window.

    `found` is None on another tab, while no mailbox is connected, and where `own` says that the address is
    the viewer's own. `claimed` is an address that was just taken as the viewer's, which can be taken back.
    `offers` are the kinds of account that could be connected then.
    `added_by` and `owner` are names, "" where nobody is known. `dates` is there on the tab Appointments.
    """

    person: Person
    place: RecordPlace
    found: ThreadList | None = None
    connected: bool = True
    offers: tuple[str, ...] = ("google",)
    own: bool = False
    claimed: MineRef | None = None
    added_by: str = ""
    owner: str = ""
    dates: OfContact | None = None
    changes: tuple[Made, ...] = ()

    @property
    def rows(self) -> int:
        """How many conversations are shown at once."""
        return CONTACT_ROWS if self.person.contact else STRANGER_ROWS


def begin(person: PersonRef, words: str = "", back: ThreadPlace | None = None) -> RecordPlace:
    """How a record stands when it is opened. `back` is the thread whose window it takes."""
    place = RecordPlace(contact=person.contact, address=person.address, words=words)
    if back is None:
        return place
    return replace(
        place,
        back_account=back.account,
        back_thread=back.thread,
        back_open=back.open,
        back_page=back.page,
        back_oldest_first=back.oldest_first,
    )


def thread_behind(place: RecordPlace) -> ThreadPlace | None:
    """The thread whose window this record took, as it stood there."""
    if not place.back_thread:
        return None
    return ThreadPlace(
        place.back_account,
        place.back_thread,
        place.contact,
        place.address,
        place.back_open,
        place.back_page,
        place.back_oldest_first,
    )


def list_of(place: RecordPlace) -> ListRef:
    """The stretch of conversations that a record stands at."""
    return ListRef(place.contact, place.address, place.words, place.start)
