"""Calendar Sync: where a member's appointments are written to, and the events that stand there."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    false,
)

from store.columns import id_column, maybe_text, text, when
from store.schema.belonging import in_workspace, metadata, of_account, of_member, one_of

calendar_sync = Table(  # one for a member, while it is on or its calendar has gone
    "calendar_sync",
    metadata,
    in_workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    id_column("account_id"),
    text("calendar_id"),  # the provider's; Google names the main one by the mailbox's address
    text("calendar_name"),
    text("titles", server_default="full"),
    text("state", server_default="on"),
    text("app_id", server_default=""),  # Slack's name for the app: for links back
    maybe_text("view_id"),  # the window that shows how it stands
    when("changed_at"),
    one_of("titles", "full", "name", "busy"),
    one_of("state", "on", "lost"),
    of_member(),
    of_account(),
)

calendar_event = Table(  # one appointment in one calendar; goes with its account
    "calendar_event",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    id_column("account_id"),
    text("calendar_id"),
    id_column("appointment_id"),  # no foreign key: what was written must still be found and taken out
    text("event_id", server_default=""),
    text("etag", server_default=""),
    text("written", server_default=""),  # a hash of what was written last
    text("state", server_default="wanted"),
    Column("begun", Boolean, nullable=False, server_default=false()),  # an attempt may have come through
    text("asked", server_default=""),  # which change by hand, of which version, was asked about
    Column("version", Integer, nullable=False, server_default="0"),  # of the appointment, as written
    when("changed_at"),
    UniqueConstraint("workspace_id", "member_id", "appointment_id", "account_id", "calendar_id"),
    one_of("state", "wanted", "written", "asked", "kept", "gone", "left", "out"),
    of_member(),
    of_account(),
    Index(None, "workspace_id", "member_id", "state"),
)
