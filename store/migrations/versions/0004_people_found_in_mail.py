"""People found in mail: scans, candidates, dismissals, blocks."""

import sqlalchemy as sa
from alembic import op

from store.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "block",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("shown_sealed", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("substr(shown_sealed, 1, 3) = 'v1.'", name=op.f("ck_block_shown_sealed")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_block_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "hash", name=op.f("pk_block")),
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("company", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("reasons", sa.Text(), server_default="", nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("conversations", sa.Integer(), server_default="0", nullable=False),
        sa.Column("received", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("strength", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=True),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("named_at", UtcDateTime(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_in", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=True),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("keep_until", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state in ('pending', 'added', 'dismissed')", name=op.f("ck_candidate_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_candidate_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_candidate_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id", "member_id", "address", name=op.f("uq_candidate_workspace_id_member_id_address")
        ),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_keep_until"), ["keep_until"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_candidate_workspace_id_member_id_state_strength"),
            ["workspace_id", "member_id", "state", "strength"],
            unique=False,
        )

    op.create_table(
        "dismissal",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_dismissal_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "address_hash", name=op.f("pk_dismissal")),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="running", nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("view_id", sa.Text(), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("looked_at", sa.Integer(), server_default="0", nullable=False),
        sa.Column("found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("contacts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("left_out", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("kind in ('asked', 'every_sender', 'night')", name=op.f("ck_scan_kind")),
        sa.CheckConstraint("state in ('running', 'done', 'cancelled', 'failed')", name=op.f("ck_scan_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_scan_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_scan_workspace_id_id")),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scan_workspace_id_member_id_started_at"),
            ["workspace_id", "member_id", "started_at"],
            unique=False,
        )

    op.create_table(
        "mail_cursor",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["account.workspace_id", "account.id"],
            name=op.f("fk_mail_cursor_workspace_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_mail_cursor_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "account_id", name=op.f("pk_mail_cursor")),
    )
    op.create_table(
        "met",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.String(length=26), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("mails", sa.Integer(), server_default="0", nullable=False),
        sa.Column("human", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("conversations", sa.Integer(), server_default="0", nullable=False),
        sa.Column("threads", sa.Text(), server_default="", nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=True),
        sa.Column("newer_unread", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("marks", sa.Text(), server_default="", nullable=False),
        sa.Column("reasons", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="met", nullable=False),
        sa.Column("scan_id", sa.String(length=26), nullable=False),
        sa.Column("keep_until", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state in ('met', 'asked', 'decided')", name=op.f("ck_met_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["account.workspace_id", "account.id"],
            name=op.f("fk_met_workspace_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_met_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "account_id", "address", name=op.f("pk_met")),
    )
    with op.batch_alter_table("met", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_met_keep_until"), ["keep_until"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_met_workspace_id_member_id_reasons"),
            ["workspace_id", "member_id", "reasons"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_met_workspace_id_scan_id_state"),
            ["workspace_id", "scan_id", "state"],
            unique=False,
        )

    op.create_table(
        "scan_mailbox",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("scan_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("looked_at", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("filed_apart", sa.Integer(), server_default="0", nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'read', 'done', 'failed')", name=op.f("ck_scan_mailbox_state")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["account.workspace_id", "account.id"],
            name=op.f("fk_scan_mailbox_workspace_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_scan_mailbox_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "scan_id"],
            ["scan.workspace_id", "scan.id"],
            name=op.f("fk_scan_mailbox_workspace_id_scan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "scan_id", "account_id", name=op.f("pk_scan_mailbox")),
    )


def downgrade() -> None:
    op.drop_table("scan_mailbox")
    with op.batch_alter_table("met", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_met_workspace_id_scan_id_state"))
        batch_op.drop_index(batch_op.f("ix_met_workspace_id_member_id_reasons"))
        batch_op.drop_index(batch_op.f("ix_met_keep_until"))

    op.drop_table("met")
    op.drop_table("mail_cursor")
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_workspace_id_member_id_started_at"))

    op.drop_table("scan")
    op.drop_table("dismissal")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_workspace_id_member_id_state_strength"))
        batch_op.drop_index(batch_op.f("ix_candidate_keep_until"))

    op.drop_table("candidate")
    op.drop_table("block")
