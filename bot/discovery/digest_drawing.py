"""Draws digests anew from their rows: where somebody presses in one, and wherever they were decided."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from functools import partial

from bot.discovery.digest_views import digest_message
from bot.discovery.digesting import Digests
from bot.discovery.people import Undone, Wish
from bot.discovery.reviewing import ReviewService
from bot.discovery_payloads import DigestRef
from bot.errors import NotYours
from bot.places import Place
from bot.slack import CannotReach, MessageFixed, ask
from bot.visits import Body, Visits
from store.digests import Digest
from store.members import Member

REDRAWN = timedelta(days=30)  # older digests are redrawn by a press in them, not from elsewhere

# the digest that is pressed in: its own answer draws it, so that nothing else has to
_pressed: ContextVar[str] = ContextVar("mailroom_digest_pressed", default="")


class DigestDrawing:
    """Keeps digests in step with what was decided. Thread-safe."""

    def __init__(self, digests: Digests, visits: Visits) -> None:
        self._digests, self._visits = digests, visits

    def decided(self, member: Member, candidate_ids: Collection[str]) -> None:
        """Redraw, behind, the digests that name these people; one that cannot be changed any more stays."""
        here = _pressed.get()
        since = self._visits.clock() - REDRAWN
        naming = self._digests.naming(member, candidate_ids, since)
        for digest in naming:
            if digest.id != here:
                self._visits.engine.quick(None, partial(self._redraw, member, digest))

    def _redraw(self, member: Member, digest: Digest) -> None:
        page = self._digests.page(member, digest.id)
        if page is None:
            return
        answer = digest_message(page, self._visits.reader(member))
        client = self._visits.clients.patient(member.workspace_id)
        with suppress(MessageFixed, CannotReach):
            ask(
                client.chat_update,
                channel=digest.channel or "",
                ts=digest.ts,
                text=answer.text,
                blocks=list(answer.blocks),
            )

    def show(self, member: Member, digest_id: str, place: Place) -> None:
        """Draw the digest that was pressed in, in its place. Raises: NotYours."""
        page = self._digests.page(member, digest_id)
        if page is None:
            raise NotYours
        place.show(digest_message(page, place.reader))


@contextmanager
def pressed_in(digest_id: str) -> Iterator[None]:
    """Let a digest be redrawn by the answer to the press in it alone."""
    token = _pressed.set(digest_id)
    try:
        yield
    finally:
        _pressed.reset(token)


class DigestPresses:
    """What a press in a digest does. Thread-safe."""

    def __init__(self, digests: Digests, reviews: ReviewService) -> None:
        self._digests, self._reviews = digests, reviews

    def take(self, member: Member, digest_id: str, body: Body) -> None:
        """Learn from the press where the digest stands, if nobody was sure of it."""
        place = body.get("container") or {}
        if place.get("message_ts"):
            self._digests.adopt(member, digest_id, str(place.get("channel_id", "")), str(place["message_ts"]))

    def decide(self, member: Member, ref: DigestRef, wish: Wish) -> None:
        """Add or dismiss somebody; whoever was decided before, or is kept no longer, stays as they are."""
        with pressed_in(ref.digest), suppress(NotYours):
            self._reviews.carry_out(member, wish)

    def undo(self, member: Member, ref: DigestRef) -> Undone:
        """Let somebody wait again."""
        with pressed_in(ref.digest), suppress(NotYours):
            return self._reviews.bring_back(member, ref.candidate)
        return Undone()
