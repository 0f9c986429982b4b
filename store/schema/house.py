"""Workspaces, their members, what was seen and done, and the ledger."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy import text as sql

from store.columns import id_column, maybe_text, maybe_when, text, when
from store.schema.belonging import in_workspace, metadata, of_member, of_workspace, one_of

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
    in_workspace(),
    text("slack_user_id"),
    text("name"),
    text("handle", server_default=""),  # what others type after @
    maybe_text("address"),  # Slack's e-mail, normalised; missing without users:read.email
    text("zone", server_default="UTC"),
    text("locale", server_default="en-US"),
    Column("is_admin", Boolean, nullable=False, server_default=false()),
    Column("is_guest", Boolean, nullable=False, server_default=false()),
    Column("is_deleted", Boolean, nullable=False, server_default=false()),
    when("refreshed_at"),
    Column("slack_updated", BigInteger, nullable=False, server_default="0"),  # of two words the newer counts
    maybe_text("dm_channel"),
    text("home_page", server_default="today"),
    maybe_when("home_page_at"),
    Column("home_version", Integer, nullable=False, server_default="0"),
    maybe_text("home_hash"),  # Slack's name for what it shows: an older drawing never goes over a newer one
    maybe_when("told_sharing_at"),
    Column("preview_lines", Boolean, nullable=False, server_default=true()),
    Column("undo_seconds", Integer, nullable=False, server_default="0"),
    Column("names_in_notifications", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("workspace_id", "slack_user_id"),
    UniqueConstraint("workspace_id", "id"),
    of_workspace(),
)

seen = Table(  # deliveries and presses that were taken already
    "seen",
    metadata,
    in_workspace(primary_key=True),
    text("key", primary_key=True),
    when("at", index=True),
    of_workspace(),
)

activity = Table(
    "activity",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    text("kind"),
    when("at"),
    of_member(),
    Index(None, "workspace_id", "member_id", "at"),
)

work = Table(  # the ledger: store/work.py
    "work",
    metadata,
    id_column(),
    in_workspace(),
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
    maybe_when("limited_since"),  # since when every attempt was answered with "too much, later"
    when("created_at"),
    maybe_when("finished_at"),
    UniqueConstraint("workspace_id", "kind", "key"),
    one_of("state", "ready", "leased", "done", "dead", "review"),
    of_workspace(),
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
