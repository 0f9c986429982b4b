"""What the rows of a file come to, held against the contacts that are there: looked at and imported alike."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.contacts.columns import Finding, Passed, Reason, Row, Told, Why, clipped
from bot.contacts.rules import MOST_ADDRESSES
from store import contacts, imports, members
from store.contact_changes import fields_of
from store.contacts import Contact
from store.database import Transaction

MOST_TOLD = 200  # lines shown; all of them are counted
ONE_EACH = ("name", "company", "title", "phone", "owner", "notes")


@dataclass(slots=True)
class Seen:
    """What lines before came to: addresses with their line, and contacts that have had their line."""

    addresses: dict[str, int] = field(default_factory=dict)
    contacts: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Plan:
    """What a stretch of rows comes to. `told`: rows of which something has to be said."""

    fresh: list[Row] = field(default_factory=list)
    changed: list[tuple[Contact, dict[str, str]]] = field(default_factory=list)
    same: int = 0
    left_out: list[Finding] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, int]:
        return {
            "fresh": len(self.fresh),
            "changed": len(self.changed),
            "same": self.same,
            "refused": len(self.left_out),
        }


@dataclass(slots=True)
class Report:
    """What is said of lines, as far as it is shown. `lines`: of how many something is said.

    `otherwise`: lines that change nothing, though the file says something else than the contact.
    """

    left_out: list[Finding] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    lines: int = 0
    otherwise: int = 0

    def add(self, found: Plan) -> None:
        """Take in what a stretch came to."""
        self.left_out += sorted(found.left_out, key=lambda one: one.line)[: MOST_TOLD - len(self.left_out)]
        self.told += found.told[: MOST_TOLD - len(self.told)]
        self.lines += len(found.told)
        self.otherwise += sum(not (one.is_new or one.used or one.replaced) for one in found.told)

    def plain(self) -> dict[str, Any]:
        """Give it as what JSON holds."""
        return asdict(self)


def report_of(plain: dict[str, Any]) -> Report:
    """Read what `plain` gave."""
    left_out = [Finding(one["line"], Reason(one["reason"]), one["about"]) for one in plain["left_out"]]
    return Report(left_out, [_told(one) for one in plain["told"]], plain["lines"], plain["otherwise"])


def _told(plain: dict[str, Any]) -> Told:
    passed = tuple(Passed(one["field"], one["text"], Why(one["why"])) for one in plain["passed"])
    return Told(
        plain["line"],
        plain["name"],
        plain["is_new"],
        tuple(plain["used"]),
        tuple(plain["replaced"]),
        passed,
    )


def plan(tx: Transaction, workspace_id: str, rows: Iterable[Row | Finding], seen: Seen, take: str) -> Plan:
    """Hold rows against the contacts that are there. `seen` is of the lines before, and takes these in."""
    found = Plan()
    owners: dict[str, str] = {"": ""}
    for row, ids, known in _matched(tx, workspace_id, rows, seen, found):
        owner = _owner(tx, workspace_id, row, owners)
        if not ids:
            _add(found, row, owner)
        else:
            _bring(found, known[ids[0]], row, owner, take)
    return found


def remember(tx: Transaction, workspace_id: str, rows: Iterable[Row | Finding], seen: Seen) -> None:
    """Take into `seen` lines that were imported before."""
    for _ in _matched(tx, workspace_id, rows, seen, Plan()):
        pass


def _matched(
    tx: Transaction, workspace_id: str, rows: Iterable[Row | Finding], seen: Seen, found: Plan
) -> Iterable[tuple[Row, list[str], dict[str, Contact]]]:
    """Part what cannot be imported from rows with the contact that has an address of theirs, if any."""
    good: list[Row] = []
    for row in rows:
        first = row if isinstance(row, Finding) else _first_of(row, seen)
        if isinstance(first, Finding):
            found.left_out.append(first)
        else:
            good.append(first)
    holders = imports.holders(tx, workspace_id, [one for row in good for one in row.addresses])
    known = {one.id: one for one in contacts.by_ids(tx, workspace_id, sorted(set(holders.values())))}
    for row in good:
        ids = sorted({holders[one] for one in row.addresses if one in holders})
        if len(ids) > 1 or (ids and ids[0] in seen.contacts):
            found.left_out.append(Finding(row.line, Reason.TWO))
            continue
        seen.contacts.update(ids)
        yield row, ids, known


def _first_of(row: Row, seen: Seen) -> Row | Finding:
    """Take a row unless an address of its stood above in the file already."""
    above = next((seen.addresses[one] for one in row.addresses if one in seen.addresses), 0)
    if above:
        return Finding(row.line, Reason.AGAIN, str(above))
    seen.addresses.update(dict.fromkeys(row.addresses, row.line))
    return row


def _owner(tx: Transaction, workspace_id: str, row: Row, owners: dict[str, str]) -> str:
    """The id of the member whom a row names by address, "" for nobody who may look after contacts."""
    address = row.fields["owner"]
    if address not in owners:
        member = members.by_address(tx, workspace_id, address)
        owners[address] = member.id if member and member.is_admitted else ""
    return owners[address]


def _passed(row: Row, owner: str) -> tuple[Passed, ...]:
    if owner or not row.fields["owner"]:
        return row.passed
    return (*row.passed, Passed("owner", clipped(row.fields["owner"]), Why.NOBODY))


def _add(found: Plan, row: Row, owner: str) -> None:
    passed = _passed(row, owner)
    if passed:
        found.told.append(Told(row.line, clipped(row.fields["name"]), is_new=True, passed=passed))
    found.fresh.append(Row(row.line, {**row.fields, "owner": owner}, row.is_named, passed))


def _bring(found: Plan, now: Contact, row: Row, owner: str, take: str) -> None:
    """Say what a contact becomes by a row: it gets what it lacks, or all that the file says."""
    before, after = fields_of(now), fields_of(now)
    brought = {**row.fields, "owner": owner, "name": row.fields["name"] if row.is_named else ""}
    used: list[str] = []
    replaced: list[str] = []
    passed = list(_passed(row, owner))
    for name in ONE_EACH:
        text = brought[name]
        if not text or text == before[name]:
            continue
        if before[name] and take != "replace":
            passed.append(Passed(name, clipped(row.fields[name]), Why.OTHER))
            continue
        (replaced if before[name] else used).append(name)
        after[name] = text
    addresses = list(dict.fromkeys([*now.addresses, *row.addresses]))
    if len(addresses) > len(now.addresses):
        used.append("addresses")
        after["addresses"] = "\n".join(addresses)
    if len(addresses) > MOST_ADDRESSES:
        found.left_out.append(Finding(row.line, Reason.TOO_MANY, str(MOST_ADDRESSES)))
        return
    if used or replaced:
        found.changed.append((now, after))
    else:
        found.same += 1
    if used or replaced or passed:
        told = Told(row.line, clipped(now.name), False, tuple(used), tuple(replaced), tuple(passed))
        found.told.append(told)
