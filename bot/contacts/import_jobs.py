"""Looks at every line of a file, and then, when a person says so, makes contacts of them.

Each stretch is one transaction together with how far it is: killed anywhere, the rest follows, and no line
counts twice.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.contacts.columns import Finding, Reason, Row, merged, row_of, surplus
from bot.contacts.importing import APPLY, CHECK, CSV, Importing
from bot.contacts.planning import Plan, Report, Seen, plan, remember
from bot.engine import Again, Done, Handler, Job, Outcome
from store import activity, contact_changes, contacts, imports, members
from store.contact_changes import IMPORTED
from store.database import Database, Transaction, new_id
from store.imports import Import
from store.members import Member

FROM_FILE = "file"  # the source of a contact that was imported
FIGURES = ("fresh", "changed", "same", "refused")


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
        seen, report = Seen(), Report()
        figures = dict.fromkeys(FIGURES, 0)
        for position in range(file.chunks):
            if job.leaving:
                return Again(timedelta(0))
            rows = self._rows(job, file, position)
            with self._database.read() as tx:
                found = plan(tx, job.workspace_id, rows, seen, file.take)
            figures = {name: number + found.figures[name] for name, number in figures.items()}
            report.add(found)
            with self._database.write() as tx:
                if not imports.change(tx, job.workspace_id, file.id, "checking", done=position + 1):
                    return Done()  # cancelled
        sealed = self._importing.seal_report(job.workspace_id, file.id, report)
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
        seen = self._seen(job, file, begin)
        report = self._importing.report(file, job.workspace_id)
        figures = {name: int(getattr(file, name)) for name in FIGURES}
        for position in range(begin, file.chunks):
            if job.leaving:
                return Again(timedelta(0))
            rows = self._rows(job, file, position)
            with self._database.write() as tx:
                found = self._import(tx, job, file, rows, seen)
                figures = {name: number + found.figures[name] for name, number in figures.items()}
                report.add(found)
                sealed = self._importing.seal_report(job.workspace_id, file.id, report)
                done = {"done": position + 1, "findings_sealed": sealed, **figures}
                imports.change(tx, job.workspace_id, file.id, "applying", **done)
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

    def _seen(self, job: Job, file: Import, until: int) -> Seen:
        """What earlier stretches held, to find lines that come again."""
        seen = Seen()
        for position in range(until):
            rows = self._rows(job, file, position)
            with self._database.read() as tx:
                remember(tx, job.workspace_id, rows, seen)
        return seen

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
                found.append(row_of(line, merged(cells, columns), surplus(cells, columns)))
        return found

    def _import(
        self,
        tx: Transaction,
        job: Job,
        file: Import,
        rows: list[Row | Finding],
        seen: Seen,
    ) -> Plan:
        found = plan(tx, job.workspace_id, rows, seen, file.take)
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
        return found


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
