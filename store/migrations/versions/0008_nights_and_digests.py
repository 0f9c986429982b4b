"""Nights and digests."""

import sqlalchemy as sa
from alembic import op

from store.columns import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="claimed", nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state in ('claimed', 'posting', 'posted', 'unsure', 'empty')", name=op.f("ck_digest_state")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_digest_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_digest_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "member_id",
            "local_date",
            name=op.f("uq_digest_workspace_id_member_id_local_date"),
        ),
    )
    op.create_table(
        "nightly",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("hash_key_sealed", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), server_default="8", nullable=False),
        sa.Column("working_days", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("plan", sa.Integer(), server_default="0", nullable=False),
        sa.Column("scan_at", UtcDateTime(), nullable=True),
        sa.Column("tell_at", UtcDateTime(), nullable=True),
        sa.Column("tell_date", sa.Date(), nullable=True),
        sa.Column("failed_nights", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("told_failing_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("substr(hash_key_sealed, 1, 3) = 'v1.'", name=op.f("ck_nightly_hash_key_sealed")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_nightly_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", name=op.f("pk_nightly")),
    )
    op.create_table(
        "digest_person",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("digest_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("candidate_id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "digest_id"],
            ["digest.workspace_id", "digest.id"],
            name=op.f("fk_digest_person_workspace_id_digest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_digest_person_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "digest_id", "position", name=op.f("pk_digest_person")),
    )
    with op.batch_alter_table("digest_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_digest_person_workspace_id_candidate_id"),
            ["workspace_id", "candidate_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("digest_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_person_workspace_id_candidate_id"))

    op.drop_table("digest_person")
    op.drop_table("digest")
    op.drop_table("nightly")
