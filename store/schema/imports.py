"""Contacts on their way in from a file."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Table, UniqueConstraint

from store.columns import id_column, maybe_when, sealed, text, when
from store.schema.belonging import in_workspace, metadata, of_member, one_of

contact_import = Table(
    "contact_import",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    text("ticket_hash", unique=True),  # the page on which it stands
    text("kind"),
    text("state", server_default="reading"),
    text("take", server_default="fill"),  # what becomes of a value that both have
    Column("chunks", Integer, nullable=False, server_default="0"),
    Column("lines", Integer, nullable=False, server_default="0"),  # people in the file
    Column("done", Integer, nullable=False, server_default="0"),  # of them, in this state
    Column("fresh", Integer, nullable=False, server_default="0"),  # the four figures
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("same", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    *sealed("layout_sealed"),  # names of columns, what each one holds, first lines as a sample
    *sealed("findings_sealed", nullable=True),  # lines with the reason why they are left out
    when("created_at"),
    maybe_when("finished_at"),
    when("keep_until", index=True),
    one_of("kind", "csv", "vcard"),
    one_of("state", "reading", "uploaded", "checking", "checked", "applying", "done", "refused", "cancelled"),
    one_of("take", "fill", "replace"),
    UniqueConstraint("workspace_id", "id"),
    of_member(),
    Index(None, "workspace_id", "member_id", "created_at"),
)

import_chunk = Table(  # some hundred people of the file, as they stand in it
    "import_chunk",
    metadata,
    id_column(),
    in_workspace(),
    id_column("import_id"),
    Column("position", Integer, nullable=False),
    *sealed("rows_sealed"),
    UniqueConstraint("workspace_id", "import_id", "position"),
    ForeignKeyConstraint(
        ["workspace_id", "import_id"],
        ["contact_import.workspace_id", "contact_import.id"],
        ondelete="CASCADE",
    ),
)
