"""Somebody's conversations in a window, until the record takes that place."""

from bot.blocks import plain, section, window
from bot.inbox import views
from bot.inbox.service import InboxService
from bot.payloads import ListRef, PersonRef, ThreadPlace
from bot.places import WindowPlace
from bot.visits import Visit


class PersonWindow:
    """Shows conversations in a window."""

    def __init__(self, inbox: InboxService) -> None:
        self._inbox = inbox

    def __call__(
        self,
        visit: Visit,
        place: WindowPlace,
        person: PersonRef,
        words: str = "",
        back: ThreadPlace | None = None,
    ) -> None:
        """Read and draw."""
        del back
        ref = ListRef(person.contact, person.address, words)
        found = self._inbox.list_threads(visit.member, ref, 10, fresh=True)
        blocks = views.card(found.person, visit.reader)
        for row in found.stretch.rows:
            blocks += views.conversation(row, found, visit.member, visit.reader)
        if not found.stretch.rows:
            blocks.append(section(plain(visit.reader.say("There is no one-to-one mail."))))
        reader = visit.reader
        place.show(
            window(reader.say("Conversations"), blocks, callback_id="inbox.person", close=reader.say("Close"))
        )
