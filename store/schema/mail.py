"""Contacts, and messages being sent to them."""

from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from store.columns import id_column, maybe_text, maybe_when, sealed, text, when
from store.schema.belonging import in_workspace, metadata, of_contact, of_member, of_workspace, one_of

_THERE: dict[str, Any] = {  # most lists leave out what was deleted
    "sqlite_where": sql("deleted_at IS NULL"), "postgresql_where": sql("deleted_at IS NULL")
}  # fmt: skip

contact = Table(
    "contact",
    metadata,
    id_column(),
    in_workspace(),
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
    maybe_text("merged_into"),  # the contact that took this one's place, so that old buttons lead there
    Column("version", Integer, nullable=False, server_default="1"),  # counts changes
    # name, company and addresses, folded: no accents, no case; in the order of its bytes on both databases
    Column("search", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False),
    UniqueConstraint("workspace_id", "id"),
    of_workspace(),
    Index(None, "workspace_id", "search", "id", "deleted_at", **_THERE),
    Index(None, "workspace_id", "created_at", "id", "deleted_at", **_THERE),
    # parts of words: SQLite reads an index through faster than it would look up its parts
    Index(
        "ix_contact_search_parts",
        "search",
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    ).ddl_if(dialect="postgresql"),
)

contact_address = Table(
    "contact_address",
    metadata,
    in_workspace(primary_key=True),
    text("address", primary_key=True),
    id_column("contact_id"),
    Column("position", SmallInteger, nullable=False),
    of_contact(),
    # with the workspace in front: SQLite, which keeps no statistics, takes the key's first column else
    Index(None, "workspace_id", "contact_id"),
)

contact_change = Table(
    "contact_change",
    metadata,
    id_column(),
    in_workspace(),
    id_column("contact_id"),
    maybe_text("member_id"),
    when("at"),
    text("field"),
    maybe_text("before"),
    maybe_text("after"),
    Column("version", Integer, nullable=False, server_default="1"),  # of the contact, which this made
    maybe_text("merged_id"),  # the contact whose merging made the change
    of_contact(),
    Index(None, "workspace_id", "contact_id", "at"),
)

freed_address = Table(  # what a deleted contact gets back, if nobody has it by then
    "freed_address",
    metadata,
    in_workspace(primary_key=True),
    id_column("contact_id", primary_key=True),
    text("address", primary_key=True),
    Column("position", SmallInteger, nullable=False),
    of_contact(),
)

moved_row = Table(  # what went along when a contact was merged into another one, and comes back on Undo
    "moved_row",
    metadata,
    in_workspace(primary_key=True),
    id_column("contact_id", primary_key=True),  # the one that was merged
    text("kind", primary_key=True),  # the table
    text("row_id", primary_key=True),
    of_contact(),
)

recent_contact = Table(
    "recent_contact",
    metadata,
    in_workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    id_column("contact_id", primary_key=True),
    when("at"),
    of_member(),
    of_contact(),
)

outgoing = Table(  # a message being sent
    "outgoing",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    id_column("account_id"),  # no foreign key: what was sent outlives a disconnected account
    text("window_nonce"),
    maybe_text("contact_id"),
    text("from_address"),
    text("to_address"),
    text("person_address"),  # whose conversation it is: answers may be asked for elsewhere
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
    maybe_text("view_id"),  # the window that shows how it stands
    maybe_when("told_at"),
    maybe_text("told_ts"),  # the direct message that tells of it, to be redrawn
    Column("attempt", Integer, nullable=False, server_default="1"),  # with the id, the ledger's key
    UniqueConstraint("workspace_id", "window_nonce"),
    one_of("kind", "reply", "new"),
    one_of("state", "queued", "drafting", "sending", "sent", "failed", "uncertain", "dropped"),
    of_member(),
    Index(None, "workspace_id", "member_id", "created_at"),
)
