"""When the request at hand has its answer: the entrance says it, work that must come after waits for it."""

from contextvars import ContextVar
from threading import Event

_at_hand: ContextVar[Event | None] = ContextVar("mailroom_answered", default=None)


def begin() -> Event:
    """Begin a request. Whoever answers it sets the event when the answer has left."""
    event = Event()
    _at_hand.set(event)
    return event


def at_hand() -> Event:
    """The event of the request that this thread is answering; a set one where there is none."""
    event = _at_hand.get()
    if event is None:
        event = Event()
        event.set()
    return event
