"""Takes in files of contacts. What was read lies sealed in the database until it is imported or a day old."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import Any

from bot.contacts.cards import cards
from bot.contacts.columns import FIELDS, OWN_HEADER, guess
from bot.contacts.doorkeeping import hashed
from bot.contacts.planning import Report, report_of
from bot.contacts.sheets import Broken, decoded, rows
from store import imports, work
from store.database import Database, Transaction, new_id
from store.imports import Import
from store.members import Member
from store.sealing import Keyring

CHECK, APPLY = "contacts.check", "contacts.apply"  # kinds of work
CSV, VCARD = "csv", "vcard"
MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 100_000
STRETCH = 500  # people read, sealed and imported at once
SAMPLE = 3
Place = tuple[str, str]
LAYOUT: Place = ("contact_import", "layout_sealed")
FINDINGS: Place = ("contact_import", "findings_sealed")
ROWS: Place = ("import_chunk", "rows_sealed")


class Overtaken(Exception):
    """Another file came on the same page: nothing of this one is kept."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table looks like: its header, what each column holds, the first rows."""

    header: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    sample: list[list[str]] = field(default_factory=list)


class Importing:
    """What happens with a file before its people are contacts. Thread-safe."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        nudge: Callable[[str], None],
        *,
        stretch: int = STRETCH,
    ) -> None:
        self._database, self._keyring, self._nudge = database, keyring, nudge
        self._at_once = stretch

    def receive(self, member: Member, ticket: str, parts: Iterable[bytes]) -> None:
        """Read a whole file and keep what is in it. Raises, with nothing kept: Broken, Overtaken, Busy."""
        texts = decoded(parts)
        first = next(texts, "").lstrip("\ufeff")
        whole = chain([first], texts)
        if first.lstrip()[:11].upper() == "BEGIN:VCARD":
            self._keep(member, ticket, VCARD, Layout(), cards(whole))
            return
        table = rows(whole, OWN_HEADER)
        header = next(table, (0, []))[1]
        layout = Layout([cell[:200] for cell in header], guess(header))
        if "addresses" not in layout.columns and len(header) < 2:
            raise Broken("no columns", 1)
        self._keep(member, ticket, CSV, layout, table)

    def _keep(
        self, member: Member, ticket: str, kind: str, layout: Layout, source: Iterator[tuple[int, Any]]
    ) -> None:
        import_id, workspace_id = new_id(), member.workspace_id
        with self._database.write() as tx:
            begun = imports.begin(
                tx,
                workspace_id,
                import_id,
                member_id=member.id,
                ticket_hash=hashed(ticket),
                kind=kind,
                layout_sealed=self._seal(LAYOUT, workspace_id, import_id, asdict(layout)),
            )
        if not begun:
            raise Overtaken
        try:
            chunks, lines = self._keep_rows(workspace_id, import_id, layout, source)
        except BaseException:  # a broken file leaves nothing behind, whatever broke it
            with self._database.write() as tx:
                imports.drop(tx, workspace_id, import_id)
            raise
        with self._database.write() as tx:
            sealed = self._seal(LAYOUT, workspace_id, import_id, asdict(layout))
            values = {"chunks": chunks, "lines": lines, "layout_sealed": sealed}
            if not imports.change(tx, workspace_id, import_id, "reading", state="uploaded", **values):
                raise Overtaken
            if kind == VCARD:
                self._begin_check(tx, workspace_id, import_id)

    def _keep_rows(
        self, workspace_id: str, import_id: str, layout: Layout, source: Iterator[tuple[int, Any]]
    ) -> tuple[int, int]:
        lines = position = 0
        while stretch := list(islice(source, self._at_once)):
            lines += len(stretch)
            if lines > MOST_ROWS:
                raise Broken("too many rows", stretch[-1][0])
            if layout.header and not position:
                layout.sample.extend([cell[:80] for cell in cells] for _, cells in stretch[:SAMPLE])
            chunk_id = new_id()
            sealed = self._seal(ROWS, workspace_id, chunk_id, stretch)
            with self._database.write() as tx:
                if not imports.add_chunk(tx, workspace_id, import_id, chunk_id, position, sealed):
                    raise Overtaken
            position += 1
        if not lines:
            raise Broken("empty")
        return position, lines

    def check(self, file: Import, workspace_id: str, columns: Sequence[str], take: str) -> None:
        """Have every line looked at, with what a person says of the columns, once."""
        layout = self.layout(file, workspace_id)
        known = [one if one in FIELDS else "" for one in columns][: len(layout.header)]
        known += [""] * (len(layout.header) - len(known))
        fresh = Layout(layout.header, known, layout.sample)
        sealed = self._seal(LAYOUT, workspace_id, file.id, asdict(fresh))
        with self._database.write() as tx:
            taken = take if take in ("fill", "replace") else "fill"
            if imports.change(tx, workspace_id, file.id, "uploaded", layout_sealed=sealed, take=taken):
                self._begin_check(tx, workspace_id, file.id)

    def _begin_check(self, tx: Transaction, workspace_id: str, import_id: str) -> None:
        imports.change(tx, workspace_id, import_id, "uploaded", state="checking", done=0)
        made = work.enqueue(tx, workspace_id, CHECK, new_id(), ref=import_id, lane=f"import:{import_id}")
        self._nudge(made.id)

    def back_to_columns(self, file: Import, workspace_id: str) -> None:
        """Let the columns be said anew."""
        with self._database.write() as tx:
            imports.change(tx, workspace_id, file.id, "checked", state="uploaded")

    def apply(self, file: Import, workspace_id: str) -> None:
        """Import what was looked at. A second press changes nothing."""
        with self._database.write() as tx:
            # what is said and counted from here on is what has happened, not what was to happen
            fresh = dict.fromkeys(("done", "fresh", "changed", "same", "refused"), 0)
            if imports.change(
                tx, workspace_id, file.id, "checked", state="applying", findings_sealed=None, **fresh
            ):
                made = work.enqueue(
                    tx, workspace_id, APPLY, file.id, ref=file.id, lane=f"import:{workspace_id}"
                )
                self._nudge(made.id)

    def cancel(self, file: Import, workspace_id: str) -> None:
        """Forget the file, unless it is being imported already."""
        with self._database.write() as tx:
            for state in ("uploaded", "checking", "checked"):
                if imports.change(
                    tx,
                    workspace_id,
                    file.id,
                    state,
                    state="cancelled",
                    findings_sealed=None,
                    finished_at=tx.now,
                ):
                    imports.forget_rows(tx, workspace_id, file.id)

    def layout(self, file: Import, workspace_id: str) -> Layout:
        """What the table looks like."""
        return Layout(**self._open(LAYOUT, workspace_id, file.id, file.layout_sealed))

    def report(self, file: Import, workspace_id: str) -> Report:
        """What is said of its lines so far."""
        if file.findings_sealed is None:
            return Report()
        return report_of(self._open(FINDINGS, workspace_id, file.id, file.findings_sealed))

    def seal_report(self, workspace_id: str, import_id: str, report: Report) -> str:
        """Seal what `report` reads."""
        return self._seal(FINDINGS, workspace_id, import_id, report.plain())

    def stretch(self, workspace_id: str, file: Import, position: int) -> list[tuple[int, Any]]:
        """Read people of the file again, as they stand in it."""
        with self._database.read() as tx:
            held = imports.chunk(tx, workspace_id, file.id, position)
        return [(line, one) for line, one in self._open(ROWS, workspace_id, *held)] if held else []

    def _seal(self, place: Place, workspace_id: str, row_id: str, content: object) -> str:
        return self._keyring.seal(json.dumps(content), *place, workspace_id, row_id)

    def _open(self, place: Place, workspace_id: str, row_id: str, sealed: str) -> Any:
        return json.loads(self._keyring.open(sealed, *place, workspace_id, row_id))
