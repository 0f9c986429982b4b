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
    """The window in which some people of a digest are chosen; `drawn` numbers its drawings."""

    digest: str
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class DigestRef(Payload):
    """A digest of the presser's and, in it, somebody found in their mail."""

    digest: str
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class ScanRef(Payload):
    """A scan of the presser's mail."""

    scan: str


@dataclass(frozen=True, slots=True)
class LeftOutRef(Payload):
    """A stretch of those who were left out for one reason."""

    reason: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class LeftOutPerson(Payload):
    """Somebody who was left out, and the stretch of the list that shows them."""

    address: str
    reason: str = ""
    start: int = 0
