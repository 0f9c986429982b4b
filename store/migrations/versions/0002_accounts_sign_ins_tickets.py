"""Begin: accounts, sign-ins, tickets."""

import sqlalchemy as sa
from alembic import op

from store.columns import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("granted", sa.Text(), nullable=False),
        sa.Column("tokens_sealed", sa.Text(), nullable=False),
        sa.Column("tokens_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("refresh_lease_until", UtcDateTime(), nullable=True),
        sa.Column("refresh_fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("signature_sealed", sa.Text(), nullable=True),
        sa.Column("quote_last", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("connected_at", UtcDateTime(), nullable=False),
        sa.Column("lost_at", UtcDateTime(), nullable=True),
        sa.Column("told_lost_at", UtcDateTime(), nullable=True),
        sa.Column("last_read_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state in ('active', 'reconnect')", name=op.f("ck_account_state")),
        sa.CheckConstraint(
            "substr(signature_sealed, 1, 3) = 'v1.'", name=op.f("ck_account_signature_sealed")
        ),
        sa.CheckConstraint("substr(tokens_sealed, 1, 3) = 'v1.'", name=op.f("ck_account_tokens_sealed")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_account_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_account_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "member_id",
            "provider",
            "subject",
            name=op.f("uq_account_workspace_id_member_id_provider_subject"),
        ),
    )
    op.create_table(
        "own_address",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("source in ('login', 'alias', 'member')", name=op.f("ck_own_address_source")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_own_address_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "member_id", "account_id", "address", "source", name=op.f("pk_own_address")
        ),
    )
    op.create_table(
        "pending",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("signin_id", sa.String(length=26), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("granted", sa.Text(), nullable=False),
        sa.Column("tokens_sealed", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("digits_hash", sa.Text(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("wish_sealed", sa.Text(), nullable=True),
        sa.Column("view_id", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_on", UtcDateTime(), nullable=False),
        sa.CheckConstraint("substr(tokens_sealed, 1, 3) = 'v1.'", name=op.f("ck_pending_tokens_sealed")),
        sa.CheckConstraint("substr(wish_sealed, 1, 3) = 'v1.'", name=op.f("ck_pending_wish_sealed")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_pending_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending")),
    )
    with op.batch_alter_table("pending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_expires_on"), ["expires_on"], unique=False)
    op.create_table(
        "signin",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("ticket_hash", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.Text(), nullable=True),
        sa.Column("cookie_hash", sa.Text(), nullable=True),
        sa.Column("flow_sealed", sa.Text(), nullable=True),
        sa.Column("wish_sealed", sa.Text(), nullable=True),
        sa.Column("reconnect_account_id", sa.Text(), nullable=True),
        sa.Column("asks", sa.Text(), server_default="", nullable=False),
        sa.Column("view_id", sa.Text(), nullable=True),
        sa.Column("app_id", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.CheckConstraint("substr(flow_sealed, 1, 3) = 'v1.'", name=op.f("ck_signin_flow_sealed")),
        sa.CheckConstraint("substr(wish_sealed, 1, 3) = 'v1.'", name=op.f("ck_signin_wish_sealed")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_signin_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signin")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_signin_state_hash")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_signin_ticket_hash")),
    )
    with op.batch_alter_table("signin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signin_expires_at"), ["expires_at"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload_sealed", sa.Text(), nullable=False),
        sa.Column("cookie_hash", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("substr(payload_sealed, 1, 3) = 'v1.'", name=op.f("ck_ticket_payload_sealed")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_ticket_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_ticket")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_expires_at"), ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("ticket")
    op.drop_table("signin")
    op.drop_table("pending")
    op.drop_table("own_address")
    op.drop_table("account")
