"""Contacts that change: edited, deleted for a day, merged, read from a file."""

import sqlalchemy as sa
import structlog
from alembic import op

from store.columns import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_THERE = {"sqlite_where": sa.text("deleted_at IS NULL"), "postgresql_where": sa.text("deleted_at IS NULL")}


def upgrade() -> None:
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_index(
            batch_op.f("ix_contact_workspace_id_created_at_id_deleted_at"),
            ["workspace_id", "created_at", "id", "deleted_at"],
            unique=False,
            **_THERE,
        )
        batch_op.create_index(
            batch_op.f("ix_contact_workspace_id_search_id_deleted_at"),
            ["workspace_id", "search", "id", "deleted_at"],
            unique=False,
            **_THERE,
        )
    _index_parts()
    with op.batch_alter_table("contact_change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("merged_id", sa.Text(), nullable=True))
    op.create_table(
        "freed_address",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("contact_id", sa.String(length=26), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("fk_freed_address_workspace_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "contact_id", "address", name=op.f("pk_freed_address")),
    )
    op.create_table(
        "moved_row",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("contact_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("fk_moved_row_workspace_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "contact_id", "kind", "row_id", name=op.f("pk_moved_row")),
    )
    _imports()


def _imports() -> None:
    op.create_table(
        "contact_import",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("ticket_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="reading", nullable=False),
        sa.Column("take", sa.Text(), server_default="fill", nullable=False),
        sa.Column("chunks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lines", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fresh", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("same", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused", sa.Integer(), server_default="0", nullable=False),
        sa.Column("layout_sealed", sa.Text(), nullable=False),
        sa.Column("findings_sealed", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("keep_until", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind in ('csv', 'vcard')", name=op.f("ck_contact_import_kind")),
        sa.CheckConstraint(
            "state in ('reading', 'uploaded', 'checking', 'checked', 'applying', 'done', 'refused',"
            " 'cancelled')",
            name=op.f("ck_contact_import_state"),
        ),
        sa.CheckConstraint(
            "substr(findings_sealed, 1, 3) = 'v1.'", name=op.f("ck_contact_import_findings_sealed")
        ),
        sa.CheckConstraint(
            "substr(layout_sealed, 1, 3) = 'v1.'", name=op.f("ck_contact_import_layout_sealed")
        ),
        sa.CheckConstraint("take in ('fill', 'replace')", name=op.f("ck_contact_import_take")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_contact_import_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_import")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_contact_import_ticket_hash")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_contact_import_workspace_id_id")),
    )
    with op.batch_alter_table("contact_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_import_keep_until"), ["keep_until"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contact_import_workspace_id_member_id_created_at"),
            ["workspace_id", "member_id", "created_at"],
            unique=False,
        )
    op.create_table(
        "import_chunk",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("import_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rows_sealed", sa.Text(), nullable=False),
        sa.CheckConstraint("substr(rows_sealed, 1, 3) = 'v1.'", name=op.f("ck_import_chunk_rows_sealed")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "import_id"],
            ["contact_import.workspace_id", "contact_import.id"],
            name=op.f("fk_import_chunk_workspace_id_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_chunk")),
        sa.UniqueConstraint(
            "workspace_id",
            "import_id",
            "position",
            name=op.f("uq_import_chunk_workspace_id_import_id_position"),
        ),
    )


def _index_parts() -> None:
    """Index parts of words where PostgreSQL has the means; without it searches find as much, more slowly."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    try:
        with connection.begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            op.create_index(
                "ix_contact_search_parts",
                "contact",
                ["search"],
                postgresql_using="gin",
                postgresql_ops={"search": "gin_trgm_ops"},
            )
    except sa.exc.DBAPIError:  # not installed, or not for us to create
        structlog.get_logger().warning("no pg_trgm", see="docs/installing.md, PostgreSQL")


def downgrade() -> None:
    op.drop_table("import_chunk")
    op.drop_table("contact_import")
    op.drop_table("moved_row")
    op.drop_table("freed_address")
    with op.batch_alter_table("contact_change", schema=None) as batch_op:
        batch_op.drop_column("merged_id")
        batch_op.drop_column("version")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX IF EXISTS ix_contact_search_parts")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_workspace_id_search_id_deleted_at"))
        batch_op.drop_index(batch_op.f("ix_contact_workspace_id_created_at_id_deleted_at"))
        batch_op.drop_column("version")
        batch_op.drop_column("merged_into")
