"""What the inbox leads to and does not own: app.py hands it in, so that features stay independent."""

from typing import Protocol

from bot.payloads import PersonRef, ThreadPlace
from bot.places import WindowPlace
from bot.visits import Visit


class ShowPerson(Protocol):
    """Fill a window with somebody's record, or, for a stranger, with what is known of them."""

    def __call__(
        self,
        visit: Visit,
        place: WindowPlace,
        person: PersonRef,
        words: str = "",
        back: ThreadPlace | None = None,
    ) -> None:
        """Read and draw. Runs behind; raises what the services raise.

        `words` narrow the conversations shown. `back` is the thread window that this one takes the place of.
        """
