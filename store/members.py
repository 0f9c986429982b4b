"""Members: the people of a workspace who use Mailroom, as Slack describes them, and their wishes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from store.database import Transaction
from store.ids import new_id
from store.schema import member


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says about a person (users.info). `address` is normalised, None where Slack hides it."""

    slack_user_id: str
    name: str
    address: str | None
    zone: str
    locale: str
    is_admin: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    handle: str = ""  # what others type after @
    slack_updated: int = 0  # when this was last changed at Slack, in seconds


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a workspace."""

    id: str
    workspace_id: str
    slack_user_id: str
    name: str
    handle: str
    address: str | None
    zone: str
    locale: str
    is_admin: bool
    is_guest: bool
    is_deleted: bool
    refreshed_at: datetime
    slack_updated: int
    dm_channel: str | None
    home_page: str
    home_page_at: datetime | None
    home_version: int
    home_hash: str | None  # Slack's, of the drawing that was published last
    told_sharing_at: datetime | None
    preview_lines: bool
    undo_seconds: int
    names_in_notifications: bool

    @property
    def is_admitted(self) -> bool:
        """Say whether they may use Mailroom, as far as Slack has told."""
        return not self.is_guest and not self.is_deleted


_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
COLUMNS = tuple(member.c[name] for name in Member.__dataclass_fields__)


def arrive(tx: Transaction, workspace_id: str, profile: Profile, at: datetime | None = None) -> Member:
    """Add a member, or bring what Slack says about one up to date. Their wishes stay."""
    values = {name: getattr(profile, name) for name in Profile.__dataclass_fields__}
    values |= {"id": new_id(), "workspace_id": workspace_id, "refreshed_at": at or tx.now}
    tx.upsert(member, ("workspace_id", "slack_user_id"), values, keep=("id",))
    found = by_slack_user(tx, workspace_id, profile.slack_user_id)
    if found is None:
        raise RuntimeError("a member was added and is not there")
    return found


def refresh(
    tx: Transaction, workspace_id: str, profile: Profile, known: Member | None, at: datetime
) -> Member | None:
    """Bring what Slack was asked about one up to date. None: Slack has told something newer meanwhile.

    `known`: the member as they stood when Slack was asked; `at`: from when the answer is believed.
    """
    mine = (member.c.workspace_id == workspace_id, member.c.slack_user_id == profile.slack_user_id)
    row = tx.first(select(*COLUMNS).where(*mine).with_for_update())
    now = Member(*row) if row else None
    if now and (0 < profile.slack_updated < now.slack_updated or (known and _told(now) != _told(known))):
        return None
    return arrive(tx, workspace_id, profile, at)


def _told(of: Member) -> tuple[object, ...]:
    return (of.refreshed_at, of.slack_updated, of.is_guest, of.is_deleted, of.is_admin, of.name, of.handle)


def get(tx: Transaction, workspace_id: str, member_id: str) -> Member | None:
    """Read a member."""
    return _one(tx, member.c.workspace_id == workspace_id, member.c.id == member_id)


def by_slack_user(tx: Transaction, workspace_id: str, slack_user_id: str) -> Member | None:
    """Find a member by the id that Slack sends."""
    return _one(tx, member.c.workspace_id == workspace_id, member.c.slack_user_id == slack_user_id)


def by_address(tx: Transaction, workspace_id: str, address: str) -> Member | None:
    """Find a member who is still there by the address that Slack tells."""
    mine = (
        member.c.workspace_id == workspace_id,
        member.c.address == address,
        member.c.is_deleted.is_(False),
    )
    return _one(tx, *mine)


def administrators(tx: Transaction, workspace_id: str) -> tuple[Member, ...]:
    """List those who administer the workspace at Slack, of all who use Mailroom."""
    statement = (
        select(*COLUMNS)
        .where(
            member.c.workspace_id == workspace_id,
            member.c.is_admin,
            member.c.is_guest.is_(False),
            member.c.is_deleted.is_(False),
        )
        .order_by(member.c.id)
    )
    return tuple(Member(*row) for row in tx.all(statement))


def show_home(tx: Transaction, workspace_id: str, member_id: str, page: str) -> int:
    """Note which page Home shows and number this drawing. Of two drawings the higher number is the newer."""
    statement = (
        update(member)
        .where(member.c.workspace_id == workspace_id, member.c.id == member_id)
        .values(home_page=page, home_page_at=tx.now, home_version=member.c.home_version + 1)
        .returning(member.c.home_version)
    )
    return int(tx.scalar(statement) or 0)


def home_shown(tx: Transaction, workspace_id: str, member_id: str, version: int, published_hash: str) -> bool:
    """Note Slack's hash of a published Home. False: a newer drawing has begun, and this one may be gone."""
    statement = (
        update(member)
        .where(
            member.c.workspace_id == workspace_id,
            member.c.id == member_id,
            member.c.home_version == version,
        )
        .values(home_hash=published_hash)
    )
    return tx.changed(statement) == 1


def set_dm_channel(tx: Transaction, workspace_id: str, member_id: str, channel: str) -> None:
    """Keep the channel id of the member's direct messages, which never changes."""
    _set(tx, workspace_id, member_id, dm_channel=channel)


def told_sharing(tx: Transaction, workspace_id: str, member_id: str) -> None:
    """Note that the member has read who sees contacts."""
    _set(tx, workspace_id, member_id, told_sharing_at=tx.now)


def set_wishes(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    *,
    preview_lines: bool,
    undo_seconds: int,
    names_in_notifications: bool,
) -> None:
    """Keep what the member chose under Settings."""
    _set(
        tx,
        workspace_id,
        member_id,
        preview_lines=preview_lines,
        undo_seconds=undo_seconds,
        names_in_notifications=names_in_notifications,
    )


def distrust(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    *,
    is_guest: bool,
    is_deleted: bool,
    is_admin: bool,
    slack_updated: int,
) -> None:
    """Note that somebody is not what they were: at their next step Slack is asked about them anew."""
    now = {"is_guest": is_guest, "is_deleted": is_deleted, "is_admin": is_admin}
    _set(tx, workspace_id, member_id, **now, slack_updated=slack_updated, refreshed_at=_LONG_AGO)


def heard_of(tx: Transaction, workspace_id: str, member_id: str, slack_updated: int) -> None:
    """Note that Slack told of somebody and nothing that counts was new: what it says of earlier is old."""
    _set(tx, workspace_id, member_id, slack_updated=slack_updated)


def erase(tx: Transaction, workspace_id: str, member_id: str) -> bool:
    """Delete the member with accounts, messages being sent and everything else of theirs."""
    statement = delete(member).where(member.c.workspace_id == workspace_id, member.c.id == member_id)
    return tx.changed(statement) == 1


def _set(tx: Transaction, workspace_id: str, member_id: str, **values: Any) -> None:
    tx.execute(
        update(member).where(member.c.workspace_id == workspace_id, member.c.id == member_id).values(**values)
    )


def _one(tx: Transaction, *where: ColumnElement[bool]) -> Member | None:
    row = tx.first(select(*COLUMNS).where(*where))
    return None if row is None else Member(*row)
