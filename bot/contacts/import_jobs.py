"""Looks at every line of a file, and then, when a person says so, makes contacts of them.

Each stretch is one transaction together with how far it is: killed anywhere, the rest follows, and no line
counts twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.contacts.columns import Finding, Reason, Row, merged, row_of
from bot.contacts.importing import APPLY, CHECK, CSV, Importing
from bot.contacts.rules import MOST_ADDRESSES, NOTES
from bot.engine import Again, Done, Handler, Job, Outcome
from store import activity, contact_changes, contacts, imports, members
from store.contact_changes import IMPORTED, fields_of
from store.contacts import Contact
from store.database import Database, Transaction, new_id
from store.imports import Import
from store.members import Member

FROM_FILE = "file"  # the source of a contact that was imported
MOST_FINDINGS = 200  # shown; all of them are counted


@dataclass(slots=True)
class Plan:
    """What a stretch of rows comes to."""

    fresh: list[Row] = field(default_factory=list)
    changed: list[tuple[Contact, dict[str, str]]] = field(default_factory=list)
    same: int = 0
    left_out: list[Finding] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, int]:
        return {
            "fresh": len(self.fresh),
            "changed": len(self.changed),
            "same": self.same,
            "refused": len(self.left_out),
        }


def plan(
    tx: Transaction,
    workspace_id: str,
    rows: Iterable[Row | Finding],
    seen: dict[str, int],
    take: str,
) -> Plan:
    """Hold rows against the contacts that are there. `seen`: addresses of lines before, with their line."""
    found = Plan()
    good: list[Row] = []
    for row in rows:
        first = row if isinstance(row, Finding) else first_of(row, seen)
        if isinstance(first, Finding):
            found.left_out.append(first)
        else:
            good.append(first)
    holders = imports.holders(tx, workspace_id, [one for row in good for one in row.addresses])
    known = {one.id: one for one in contacts.by_ids(tx, workspace_id, sorted(set(holders.values())))}
    taken: set[str] = set()
    for row in good:
        ids = sorted({holders[one] for one in row.addresses if one in holders})
        if not ids:
            found.fresh.append(row)
        elif len(ids) > 1 or ids[0] in taken:
            found.left_out.append(Finding(row.line, Reason.TWO))
        else:
            taken.add(ids[0])
            now = known[ids[0]]
            fields = _brought(now, row, take)
            if fields is None:
                found.left_out.append(Finding(row.line, Reason.TOO_MANY, str(MOST_ADDRESSES)))
            elif fields == fields_of(now):
                found.same += 1
            else:
                found.changed.append((now, fields))
    return found


def first_of(row: Row, seen: dict[str, int]) -> Row | Finding:
    """Take a row unless an address of its stood above in the file already."""
    above = next((seen[address] for address in row.addresses if address in seen), 0)
    if above:
        return Finding(row.line, Reason.AGAIN, str(above))
    seen.update(dict.fromkeys(row.addresses, row.line))
    return row


def _brought(now: Contact, row: Row, take: str) -> dict[str, str] | None:
    """What a contact becomes by a row: what it lacks, or all that the file says. None: too much."""
    fields = fields_of(now)
    for name, text in row.fields.items():
        if name not in ("addresses", "owner") and text and (take == "replace" or not fields[name]):
            fields[name] = text
    if row.fields["owner"] and (take == "replace" or not fields["owner"]):
        fields["owner"] = row.fields["owner"]
    addresses = list(dict.fromkeys([*now.addresses, *row.addresses]))
    if len(addresses) > MOST_ADDRESSES or len(fields["notes"]) > NOTES:
        return None
    return {**fields, "addresses": "\n".join(addresses)}


def create_handlers(
    database: Database, importing: Importing, changed: Callable[[Member], None]
) -> dict[str, Handler]:
    """Bind the work with files to its services. `changed` draws a member's Home anew."""
    files = Files(database, importing, changed)
    return {
        CHECK: Handler(files.check, files.gave_up, lane="bulk"),
        APPLY: Handler(files.apply, files.gave_up, lane="bulk"),
    }


class Files:
    """The work with files of contacts."""

    def __init__(self, database: Database, importing: Importing, changed: Callable[[Member], None]) -> None:
        self._database, self._importing, self._changed = database, importing, changed

    def check(self, job: Job) -> Outcome:
        """Look at every line; nothing is imported."""
        file = self._file(job)
        if file is None or file.state != "checking":
            return Done()
        seen: dict[str, int] = {}
        figures = dict.fromkeys(("fresh", "changed", "same", "refused"), 0)
        left_out: list[Finding] = []
        for position in range(file.chunks):
            if job.leaving:
                return Again(timedelta(0))
            rows = self._rows(job, file, position)
            with self._database.read() as tx:
                found = plan(tx, job.workspace_id, self._owned(tx, job, rows), seen, file.take)
            figures = {name: number + found.figures[name] for name, number in figures.items()}
            left_out += found.left_out[: MOST_FINDINGS - len(left_out)]
            with self._database.write() as tx:
                if not imports.change(tx, job.workspace_id, file.id, "checking", done=position + 1):
                    return Done()  # cancelled
        sealed = self._importing.seal_findings(job.workspace_id, file.id, left_out)
        with self._database.write() as tx:
            imports.change(
                tx, job.workspace_id, file.id, "checking", state="checked", findings_sealed=sealed, **figures
            )
            job.finish_in(tx)
        return Done()

    def apply(self, job: Job) -> Outcome:
        """Make contacts of the lines, stretch after stretch; `job.step` counts those that are done."""
        file = self._file(job)
        if file is None or file.state != "applying":
            return Done()
        begin = int(job.step or 0)
        seen: dict[str, int] = {}
        for position in range(begin):  # what earlier stretches held, to find those that come again
            for row in self._rows(job, file, position):
                if isinstance(row, Row):
                    first_of(row, seen)
        for position in range(begin, file.chunks):
            if job.leaving:
                return Again(timedelta(0))
            rows = self._rows(job, file, position)
            with self._database.write() as tx:
                self._import(tx, job, file, rows, seen)
                imports.change(tx, job.workspace_id, file.id, "applying", done=position + 1)
                job.reach_in(tx, str(position + 1))
        with self._database.write() as tx:
            imports.change(tx, job.workspace_id, file.id, "applying", state="done", finished_at=tx.now)
            imports.forget_rows(tx, job.workspace_id, file.id)
            activity.note(tx, job.workspace_id, file.member_id, "imported")
            member = members.get(tx, job.workspace_id, file.member_id)
            job.finish_in(tx)
        if member:
            self._changed(member)
        return Done()

    def gave_up(self, job: Job, _code: str) -> None:
        """Say on the page that it did not work; what was imported stays."""
        file = self._file(job)
        if file:
            with self._database.write() as tx:
                for state in ("checking", "applying"):
                    imports.change(tx, job.workspace_id, file.id, state, state="refused", finished_at=tx.now)

    def _file(self, job: Job) -> Import | None:
        with self._database.read() as tx:
            return imports.get(tx, job.workspace_id, job.ref or "")

    def _rows(self, job: Job, file: Import, position: int) -> list[Row | Finding]:
        columns = self._importing.layout(file, job.workspace_id).columns
        held = self._importing.stretch(job.workspace_id, file, position)
        if file.kind != CSV:
            return [row_of(line, fields) for line, fields in held]
        found: list[Row | Finding] = []
        for line, cells in held:
            if any(cell.strip() for cell in cells[len(columns) :]):
                found.append(Finding(line, Reason.WIDE))
            else:
                found.append(row_of(line, merged(cells, columns)))
        return found

    def _owned(self, tx: Transaction, job: Job, rows: Iterable[Row | Finding]) -> list[Row | Finding]:
        """Put the member's id where the row names an owner by address; nobody for one who is not known."""
        owners: dict[str, str] = {"": ""}
        found: list[Row | Finding] = []
        for row in rows:
            if isinstance(row, Row):
                address = row.fields["owner"]
                if address not in owners:
                    member = members.by_address(tx, job.workspace_id, address)
                    owners[address] = member.id if member else ""
                row = replace(row, fields={**row.fields, "owner": owners[address]})
            found.append(row)
        return found

    def _import(
        self,
        tx: Transaction,
        job: Job,
        file: Import,
        rows: list[Row | Finding],
        seen: dict[str, int],
    ) -> None:
        found = plan(tx, job.workspace_id, self._owned(tx, job, rows), seen, file.take)
        people: list[dict[str, Any]] = []
        addresses: list[dict[str, Any]] = []
        for row in found.fresh:
            contact_id = new_id()
            people.append(_values(row.fields, contact_id, file.member_id))
            addresses += [
                {"contact_id": contact_id, "address": one, "position": place}
                for place, one in enumerate(row.addresses)
            ]
        imports.add_all(tx, job.workspace_id, people, addresses)
        for now, fields in found.changed:
            changed = contact_changes.change(
                tx, job.workspace_id, now.id, now.version, fields, member_id=file.member_id
            )
            contact_changes.note(
                tx, job.workspace_id, now.id, IMPORTED, member_id=file.member_id, version=changed.version
            )


def _values(fields: Mapping[str, str], contact_id: str, member_id: str) -> dict[str, Any]:
    addresses = fields["addresses"].split("\n")
    return {
        "id": contact_id,
        **{name: fields[name] for name in ("name", "company", "title", "phone", "notes")},
        "owner_member_id": fields["owner"] or None,
        "source": FROM_FILE,
        "added_by": member_id,
        "search": contacts.searched(fields["name"], fields["company"], addresses),
    }
