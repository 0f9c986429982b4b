"""What buttons and windows of Inbox Contact Discovery carry. The rules are those of bot/payloads.py."""

from dataclasses import dataclass

from bot.payloads import Payload


@dataclass(frozen=True, slots=True)
class CandidateRef(Payload):
    """Somebody found in the presser's mail."""

    candidate: str


@dataclass(frozen=True, slots=True)
class CandidateAct(Payload):
    """A menu entry of somebody found in the presser's mail."""

    candidate: str
    act: str


@dataclass(frozen=True, slots=True)
class GroupRef(Payload):
    """Everybody of a group who was found by then (seconds since 1970), and what is to be decided."""

    group: str
    act: str
    until: int = 0


@dataclass(frozen=True, slots=True)
class WishRef(Payload):
    """People to be decided once the member has read who sees contacts: ids with commas, or a group."""

    act: str
    where: str
    ids: str = ""
    group: str = ""
    until: int = 0


@dataclass(frozen=True, slots=True)
class BatchRef(Payload):
    """People who were decided by one press."""

    batch: str


@dataclass(frozen=True, slots=True)
class BlockRef(Payload):
    """Something that the presser has blocked, and the page of the list that it stands on."""

    hash: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class SeveralRef(Payload):
    """A digest of the presser's, whose people are chosen from. `drawn` numbers the drawings of the window."""

    digest: str
    drawn: int = 0
