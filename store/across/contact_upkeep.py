"""What becomes of contacts whose day of Undo is over, and of files that were read in."""

from datetime import datetime

from sqlalchemy import Delete, Update, and_, delete, or_, select, update

from store.contact_endings import UNDO
from store.schema import contact, contact_import, freed_address, moved_row, recent_contact


def over(now: datetime) -> tuple[Delete | Update, ...]:
    """The statements of one clearing, in order.

    Of a contact that was merged, the bare row stays: it says where old buttons lead to.
    """
    ended = contact.c.deleted_at <= now - UNDO
    gone = select(contact.c.id).where(ended)
    heir = contact.alias("heir")
    kept = select(heir.c.id).where(heir.c.id == contact.c.merged_into)
    emptied = dict.fromkeys(("name", "company", "title", "phone", "notes", "search"), "")
    return (
        delete(contact_import).where(contact_import.c.keep_until < now),
        delete(contact).where(ended, or_(contact.c.merged_into.is_(None), ~kept.exists())),
        *(
            delete(table).where(table.c.contact_id.in_(gone))
            for table in (freed_address, moved_row, recent_contact)
        ),
        update(contact)
        .where(ended, and_(contact.c.merged_into.is_not(None), contact.c.name != ""))
        .values(**emptied, owner_member_id=None, added_by=None),
    )
