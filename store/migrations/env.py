"""Alembic's way in. `store.migrations` calls it with an open connection; there is no alembic.ini."""

from alembic import context

from store.migrations import compared
from store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    include_object=compared(connection.dialect.name),
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    compare_type=True,
    user_module_prefix="",
    compare_server_default=False,
)
context.run_migrations()
