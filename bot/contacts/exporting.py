"""Gives contacts out as a file, written while it is being read: never the whole of it in memory."""

from collections.abc import Iterator

from bot.contacts.cards import card
from bot.contacts.columns import OWN_FIELDS, OWN_HEADER
from bot.contacts.sheets import written
from store import contacts, imports, members
from store.contact_changes import fields_of
from store.database import Database
from store.members import Member

AT_ONCE = 500


class Exporting:
    """What happens when contacts are exported. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def table(self, member: Member) -> Iterator[bytes]:
        """Write all contacts as CSV; the mark in front tells spreadsheets that it is UTF-8."""
        yield b"\xef\xbb\xbf"
        yield from (row.encode() for row in written(self._rows(member)))

    def cards(self, member: Member) -> Iterator[bytes]:
        """Write all contacts as vCards."""
        return (card(fields).encode() for fields in self._all(member))

    def _rows(self, member: Member) -> Iterator[tuple[str, ...]]:
        yield OWN_HEADER
        for fields in self._all(member):
            yield tuple(fields[name] for name in OWN_FIELDS)

    def _all(self, member: Member) -> Iterator[dict[str, str]]:
        owners: dict[str, str] = {"": ""}
        last = ""
        while True:
            with self._database.read() as tx:
                ids = imports.after(tx, member.workspace_id, last, AT_ONCE)
                found = contacts.by_ids(tx, member.workspace_id, ids)
                for one in found:
                    owner = one.owner_member_id or ""
                    if owner not in owners:
                        known = members.get(tx, member.workspace_id, owner)
                        owners[owner] = (known.address or "") if known else ""
            for one in found:
                yield {**fields_of(one), "owner": owners[one.owner_member_id or ""]}
            if not ids:
                return
            last = ids[-1]
