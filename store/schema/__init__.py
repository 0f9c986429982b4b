"""Every table. What a column may hold of a person stands in the data inventory of docs/security.md.

Every row belongs to one workspace, and references inside a workspace carry its id in the key, so that the
database itself refuses a row of one workspace that points into another.
"""

from store.schema.access import account, own_address, pending, signin, ticket
from store.schema.appointments import appointment
from store.schema.belonging import metadata
from store.schema.calendars import calendar_event, calendar_sync
from store.schema.discovery import (
    block,
    candidate,
    digest,
    digest_person,
    dismissal,
    mail_cursor,
    met,
    nightly,
    scan,
    scan_mailbox,
)
from store.schema.house import activity, member, seen, work, workspace
from store.schema.imports import contact_import, import_chunk
from store.schema.mail import (
    contact,
    contact_address,
    contact_change,
    freed_address,
    moved_row,
    outgoing,
    recent_contact,
)

SEALED = tuple(
    column for table in metadata.sorted_tables for column in table.columns if column.info.get("sealed")
)

__all__ = [
    "SEALED",
    "account",
    "activity",
    "appointment",
    "block",
    "calendar_event",
    "calendar_sync",
    "candidate",
    "contact",
    "contact_address",
    "contact_change",
    "contact_import",
    "digest",
    "digest_person",
    "dismissal",
    "freed_address",
    "import_chunk",
    "mail_cursor",
    "member",
    "met",
    "metadata",
    "moved_row",
    "nightly",
    "outgoing",
    "own_address",
    "pending",
    "recent_contact",
    "scan",
    "scan_mailbox",
    "seen",
    "signin",
    "ticket",
    "work",
    "workspace",
]
