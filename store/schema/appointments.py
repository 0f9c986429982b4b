"""Appointments with contacts, shared by the workspace."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, UniqueConstraint, false

from store.columns import id_column, maybe_text, text, when
from store.schema.belonging import in_workspace, metadata, of_contact, one_of

appointment = Table(
    "appointment",
    metadata,
    id_column(),
    in_workspace(),
    id_column("contact_id"),
    maybe_text("owner_member_id"),  # no foreign key: appointments are the team's and outlive a member
    text("title"),
    text("place", server_default=""),
    text("notes", server_default=""),
    text("zone"),
    Column("day", Date, nullable=False),  # with `clock`, on the wall of `zone`: the truth for its time
    text("clock", server_default=""),  # "14:05"; empty for all day
    Column("minutes", Integer, nullable=False),
    Column("all_day", Boolean, nullable=False, server_default=false()),
    when("starts_at"),  # the instants that follow from it
    when("ends_at"),
    Column("remind_minutes", Integer, nullable=True),
    text("state", server_default="planned"),
    Column("version", Integer, nullable=False, server_default="1"),
    maybe_text("changed_by"),
    when("created_at"),
    when("changed_at"),
    UniqueConstraint("workspace_id", "id"),
    one_of("state", "planned", "cancelled"),
    of_contact(),
    Index(None, "workspace_id", "owner_member_id", "starts_at"),
    Index(None, "workspace_id", "contact_id", "starts_at"),
)
