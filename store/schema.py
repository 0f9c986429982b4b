"""Every table. What a column may hold of a person stands in the data inventory of docs/security.md.

Every row belongs to one workspace, and references inside a workspace carry its id in the key, so that the
database itself refuses a row of one workspace that points into another.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy import text as sql
from sqlalchemy.schema import SchemaItem

from store.columns import id_column, maybe_text, maybe_when, sealed, text, when

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _workspace(**kw: bool) -> Column[str]:
    return id_column("workspace_id", **kw)


def _of_workspace() -> SchemaItem:
    return ForeignKeyConstraint(["workspace_id"], ["workspace.id"], ondelete="CASCADE")


def _of_member() -> SchemaItem:
    return ForeignKeyConstraint(
        ["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"
    )


def _of_contact() -> SchemaItem:
    return ForeignKeyConstraint(
        ["workspace_id", "contact_id"], ["contact.workspace_id", "contact.id"], ondelete="CASCADE"
    )


def _one_of(column: str, *values: str) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({', '.join(repr(value) for value in values)})", name=column)


workspace = Table(
    "workspace",
    metadata,
    id_column(),
    maybe_text("enterprise_id"),
    text("team_id", unique=True),
    text("name"),
    when("created_at"),
)

member = Table(
    "member",
    metadata,
    id_column(),
    _workspace(),
    text("slack_user_id"),
    text("name"),
    maybe_text("address"),  # Slack's e-mail, normalised; missing without users:read.email
    text("zone", server_default="UTC"),
    text("locale", server_default="en-US"),
    Column("is_admin", Boolean, nullable=False, server_default=false()),
    Column("is_guest", Boolean, nullable=False, server_default=false()),
    Column("is_deleted", Boolean, nullable=False, server_default=false()),
    when("refreshed_at"),
    maybe_text("dm_channel"),
    text("home_page", server_default="today"),
    maybe_when("home_page_at"),
    Column("home_version", Integer, nullable=False, server_default="0"),
    maybe_when("told_sharing_at"),
    Column("preview_lines", Boolean, nullable=False, server_default=false()),
    Column("undo_seconds", Integer, nullable=False, server_default="0"),
    Column("names_in_notifications", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("workspace_id", "slack_user_id"),
    UniqueConstraint("workspace_id", "id"),
    _of_workspace(),
)

account = Table(
    "account",
    metadata,
    id_column(),
    _workspace(),
    id_column("member_id"),
    text("provider"),
    text("subject"),  # the provider's name for the person: never changes, unlike the address
    text("address"),
    text("name"),
    text("state", server_default="active"),
    Column("is_default", Boolean, nullable=False, server_default=false()),
    text("granted"),  # capabilities, space-separated
    *sealed("tokens_sealed"),
    Column("tokens_version", Integer, nullable=False, server_default="1"),
    when("expires_at"),  # of the access token
    maybe_when("refresh_lease_until"),  # by the database's clock
    Column("refresh_fence", Integer, nullable=False, server_default="0"),
    *sealed("signature_sealed", nullable=True),
    Column("quote_last", Boolean, nullable=False, server_default=true()),
    when("connected_at"),
    maybe_when("lost_at"),
    maybe_when("told_lost_at"),
    maybe_when("last_read_at"),
    UniqueConstraint("workspace_id", "member_id", "provider", "subject"),
    UniqueConstraint("workspace_id", "id"),
    _one_of("state", "active", "reconnect"),
    _of_member(),
)

own_address = Table(
    "own_address",
    metadata,
    _workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    # "" where the member said so herself; no foreign key, so accounts.py deletes these with the account
    text("account_id", primary_key=True, server_default=""),
    text("address", primary_key=True),
    text("source", primary_key=True),
    text("name", server_default=""),
    _one_of("source", "login", "alias", "member"),
    _of_member(),
)

signin = Table(  # one attempt to connect, from the link to the callback
    "signin",
    metadata,
    id_column(),
    _workspace(),
    id_column("member_id"),
    text("provider"),
    text("ticket_hash", unique=True),
    maybe_text("state_hash", unique=True),
    maybe_text("cookie_hash"),
    *sealed("flow_sealed", nullable=True),
    *sealed("wish_sealed", nullable=True),
    maybe_text("reconnect_account_id"),
    maybe_text("view_id"),
    when("created_at"),
    when("expires_at", index=True),
    maybe_when("used_at"),
    _of_member(),
)

pending = Table(  # a grant in hand, waiting for six digits
    "pending",
    metadata,
    id_column(),
    _workspace(),
    id_column("member_id"),
    id_column("signin_id"),
    text("provider"),
    text("subject"),
    text("address"),
    text("name"),
    text("granted"),
    *sealed("tokens_sealed"),
    when("expires_at"),  # of the access token
    text("digits_hash"),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    *sealed("wish_sealed", nullable=True),
    maybe_text("view_id"),
    when("created_at"),
    when("expires_on", index=True),  # of the row itself
    _of_member(),
)

contact = Table(
    "contact",
    metadata,
    id_column(),
    _workspace(),
    text("name"),
    text("company", server_default=""),
    text("title", server_default=""),
    text("phone", server_default=""),
    text("notes", server_default=""),
    maybe_text("owner_member_id"),
    text("source"),
    maybe_text("added_by"),
    when("created_at"),
    when("updated_at"),
    maybe_when("deleted_at"),
    text("search"),  # name, company and addresses, folded: no accents, no case
    UniqueConstraint("workspace_id", "id"),
    _of_workspace(),
)

contact_address = Table(
    "contact_address",
    metadata,
    _workspace(primary_key=True),
    text("address", primary_key=True),
    id_column("contact_id", index=True),
    Column("position", SmallInteger, nullable=False),
    _of_contact(),
)

contact_change = Table(
    "contact_change",
    metadata,
    id_column(),
    _workspace(),
    id_column("contact_id"),
    maybe_text("member_id"),
    when("at"),
    text("field"),
    maybe_text("before"),
    maybe_text("after"),
    _of_contact(),
    Index(None, "workspace_id", "contact_id", "at"),
)

recent_contact = Table(
    "recent_contact",
    metadata,
    _workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    id_column("contact_id", primary_key=True),
    when("at"),
    _of_member(),
    _of_contact(),
)

outgoing = Table(  # a message being sent
    "outgoing",
    metadata,
    id_column(),
    _workspace(),
    id_column("member_id"),
    id_column("account_id"),  # no foreign key: what was sent outlives a disconnected account
    text("window_nonce"),
    maybe_text("contact_id"),
    text("from_address"),
    text("to_address"),
    text("kind"),
    maybe_text("thread_id"),
    maybe_text("reply_message_id"),
    *sealed("subject_sealed", nullable=True),
    *sealed("body_sealed", nullable=True),
    text("state"),
    text("key"),  # our random header, by which it is found again
    maybe_text("prepared_ref"),
    maybe_text("error_code"),
    maybe_text("error_kind"),
    maybe_text("sent_message_id"),
    when("created_at"),
    when("due_at"),
    maybe_when("sent_at"),
    maybe_when("keep_until"),
    maybe_text("view_id"),
    maybe_text("view_hash"),
    maybe_when("told_at"),
    UniqueConstraint("workspace_id", "window_nonce"),
    _one_of("kind", "reply", "new"),
    _one_of("state", "queued", "drafting", "sending", "sent", "failed", "uncertain", "dropped"),
    _of_member(),
    Index(None, "workspace_id", "member_id", "created_at"),
)

work = Table(  # the ledger: store/work.py
    "work",
    metadata,
    id_column(),
    _workspace(),
    text("kind"),
    text("key"),
    maybe_text("lane"),  # at most one row of a lane runs at a time
    when("due_at"),  # by the injected clock
    text("state", server_default="ready"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("fence", Integer, nullable=False, server_default="0"),
    maybe_when("lease_until"),  # by the database's clock
    maybe_text("owner"),
    maybe_text("step"),
    maybe_text("ref"),  # what it is about: an id, never an address or a text
    maybe_text("error_code"),
    when("created_at"),
    maybe_when("finished_at"),
    UniqueConstraint("workspace_id", "kind", "key"),
    _one_of("state", "ready", "leased", "done", "dead", "review"),
    _of_workspace(),
    Index(
        "ix_work_due",
        "due_at",
        sqlite_where=sql("state in ('ready', 'leased')"),
        postgresql_where=sql("state in ('ready', 'leased')"),
    ),
    Index(
        "uq_work_lane",
        "workspace_id",
        "lane",
        unique=True,
        sqlite_where=sql("state = 'leased'"),
        postgresql_where=sql("state = 'leased'"),
    ),
)

seen = Table(  # deliveries and presses that were taken already
    "seen",
    metadata,
    _workspace(primary_key=True),
    text("key", primary_key=True),
    when("at", index=True),
    _of_workspace(),
)

ticket = Table(  # single-use pages
    "ticket",
    metadata,
    text("hash", primary_key=True),
    _workspace(),
    id_column("member_id"),
    text("kind"),
    *sealed("payload_sealed"),
    maybe_text("cookie_hash"),
    when("created_at"),
    when("expires_at", index=True),
    maybe_when("used_at"),
    _of_member(),
)

activity = Table(
    "activity",
    metadata,
    id_column(),
    _workspace(),
    id_column("member_id"),
    text("kind"),
    when("at"),
    _of_member(),
    Index(None, "workspace_id", "member_id", "at"),
)

SEALED = tuple(
    column for table in metadata.sorted_tables for column in table.columns if column.info.get("sealed")
)

__all__ = [
    "SEALED",
    "account",
    "activity",
    "contact",
    "contact_address",
    "contact_change",
    "member",
    "metadata",
    "outgoing",
    "own_address",
    "pending",
    "recent_contact",
    "seen",
    "signin",
    "ticket",
    "work",
    "workspace",
]
