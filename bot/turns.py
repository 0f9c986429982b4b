"""Quick presses in one window: each is drawn in its turn, and an earlier one never over a later one."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.blocks import View
from bot.places import WindowPlace

MOST = 500  # windows remembered; of a forgotten one a choice that meets another is not drawn


@dataclass(slots=True)
class Turn:
    """One window's choices. `drawn`: Slack's names for its states, from the one that was pressed in."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    newest: float = 0.0
    drawn: list[str] = field(default_factory=list)

    def standing(self, pressed_in: str) -> str:
        """Name the state that our own drawing left the window in. Anybody else's refuses us, as it should."""
        if pressed_in not in self.drawn:
            self.drawn = [pressed_in]
        return self.drawn[-1]


class Turns:
    """Gives turns, window by window. Thread-safe within one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: OrderedDict[str, Turn] = OrderedDict()

    @contextmanager
    def of(self, view_id: str, pressed_at: float) -> Iterator[Turn | None]:
        """Wait for the window's turn. None: a later choice has had it already."""
        with self._lock:
            turn = self._turns.setdefault(view_id, Turn())
            self._turns.move_to_end(view_id)
            while len(self._turns) > MOST:
                self._turns.popitem(last=False)
        with turn.lock:
            if pressed_at < turn.newest:
                yield None
                return
            turn.newest = pressed_at
            yield turn

    def draw(self, place: WindowPlace, pressed_at: float, view: View) -> None:
        """Draw the window pressed in, unless a later press was drawn. `place.seen`: the state pressed in.

        Raises WindowChanged where anybody else has drawn it since: as the third window it may be a form by
        now, with words typed into it.
        """
        with self.of(place.view_id, pressed_at) as turn:
            if turn is not None:
                place.seen = turn.standing(place.seen)
                place.show(view)
                turn.drawn.append(place.seen)
