"""Calendar Sync."""

import sqlalchemy as sa
from alembic import op

from store.columns import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.String(length=26), nullable=False),
        sa.Column("calendar_id", sa.Text(), nullable=False),
        sa.Column("appointment_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Text(), server_default="", nullable=False),
        sa.Column("etag", sa.Text(), server_default="", nullable=False),
        sa.Column("written", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="wanted", nullable=False),
        sa.Column("begun", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state in ('wanted', 'written', 'asked', 'kept', 'gone', 'left', 'out')",
            name=op.f("ck_calendar_event_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["account.workspace_id", "account.id"],
            name=op.f("fk_calendar_event_workspace_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_calendar_event_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_event")),
        sa.UniqueConstraint(
            "workspace_id",
            "member_id",
            "appointment_id",
            "account_id",
            "calendar_id",
            name=op.f("uq_calendar_event_workspace_id_member_id_appointment_id_account_id_calendar_id"),
        ),
    )
    with op.batch_alter_table("calendar_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_event_workspace_id_member_id_state"),
            ["workspace_id", "member_id", "state"],
            unique=False,
        )

    op.create_table(
        "calendar_sync",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.Column("account_id", sa.String(length=26), nullable=False),
        sa.Column("calendar_id", sa.Text(), nullable=False),
        sa.Column("calendar_name", sa.Text(), nullable=False),
        sa.Column("titles", sa.Text(), server_default="full", nullable=False),
        sa.Column("state", sa.Text(), server_default="on", nullable=False),
        sa.Column("app_id", sa.Text(), server_default="", nullable=False),
        sa.Column("view_id", sa.Text(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state in ('on', 'lost')", name=op.f("ck_calendar_sync_state")),
        sa.CheckConstraint("titles in ('full', 'name', 'busy')", name=op.f("ck_calendar_sync_titles")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["account.workspace_id", "account.id"],
            name=op.f("fk_calendar_sync_workspace_id_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_calendar_sync_workspace_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", name=op.f("pk_calendar_sync")),
    )


def downgrade() -> None:
    op.drop_table("calendar_sync")
    with op.batch_alter_table("calendar_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_event_workspace_id_member_id_state"))

    op.drop_table("calendar_event")
