"""From single messages that a search found to pages of conversations.

Graph's own link to a next page counts messages, ours counts conversations: so each page reads the search from
its beginning and goes on behind the last conversation that was shown. The place is a moment and a hash: no
address stands in a cursor, and mail that comes in between moves nothing.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from providers.damaged import Json, moment_at, text_at
from providers.errors import CursorExpired


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation and its newest message that the search found."""

    id: str
    newest: datetime

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands in the list; two of the same moment are told apart."""
        return self.newest, hashlib.sha256(self.id.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: behind a place, after so many conversations."""

    place: tuple[datetime, str] | None = None
    shown: int = 0

    def follows(self, found: Found) -> bool:
        """Say whether a conversation stands on this page or a later one."""
        return self.place is None or found.place < self.place

    def behind(self, last: Found, count: int) -> str:
        """Write the cursor of the next page."""
        moment, sign = last.place
        held = [1, moment.isoformat(), sign, self.shown + count]
        return base64.urlsafe_b64encode(json.dumps(held).encode()).decode()


def read_start(cursor: str | None) -> Start:
    """Read a cursor. Raises CursorExpired for what is none of ours."""
    if cursor is None:
        return Start()
    try:
        version, moment, sign, shown = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        place = datetime.fromisoformat(moment).astimezone(UTC), str(sign)
        if version == 1 and 0 <= int(shown) <= 1000:
            return Start(place, int(shown))
    except (binascii.Error, ValueError, TypeError, OverflowError):
        pass
    raise CursorExpired("cursor")


def conversations(hits: Iterable[Json]) -> list[Found]:
    """Gather the conversations, the one with the newest hit first."""
    newest: dict[str, datetime] = {}
    for one in hits:
        key, moment = text_at(one, "conversationId"), moment_at(one, "receivedDateTime", "sentDateTime")
        if key:
            newest[key] = max(newest.get(key, moment), moment)
    found = [Found(key, moment) for key, moment in newest.items()]
    return sorted(found, key=lambda one: one.place, reverse=True)
