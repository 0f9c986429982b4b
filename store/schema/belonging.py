"""What every table is made with: names of constraints, and references inside one workspace."""

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, MetaData
from sqlalchemy.schema import SchemaItem

from store.columns import id_column

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def in_workspace(**kw: bool) -> Column[str]:
    """The column that says whose row it is."""
    return id_column("workspace_id", **kw)


def of_workspace() -> SchemaItem:
    """A reference to the workspace: the row goes with it."""
    return ForeignKeyConstraint(["workspace_id"], ["workspace.id"], ondelete="CASCADE")


def of_member() -> SchemaItem:
    """A reference to a member of the same workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", "member_id"], ["member.workspace_id", "member.id"], ondelete="CASCADE"
    )


def of_contact() -> SchemaItem:
    """A reference to a contact of the same workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", "contact_id"], ["contact.workspace_id", "contact.id"], ondelete="CASCADE"
    )


def of_account() -> SchemaItem:
    """A reference to a connected account of the same workspace: what was derived from it goes with it."""
    return ForeignKeyConstraint(
        ["workspace_id", "account_id"], ["account.workspace_id", "account.id"], ondelete="CASCADE"
    )


def one_of(column: str, *values: str) -> CheckConstraint:
    """A check that a column holds one of these words."""
    return CheckConstraint(f"{column} in ({', '.join(repr(value) for value in values)})", name=column)
