"""Ends contacts so that it can be taken back for a day: deleting, and making one of two."""

from collections.abc import Collection
from dataclasses import replace

from bot.contacts.pairs import MOST_NOTES, Ended, Follow, Pair, TooMuch, differing, together
from bot.contacts.rules import MOST_ADDRESSES
from bot.errors import NotYours
from bot.payloads import MergeRef
from store import activity, contact_changes, contact_endings, contact_merging, contacts, members
from store.contact_changes import Outdated, fields_of
from store.contact_endings import UNDO, Back, Gone
from store.contacts import AddressTaken, Contact
from store.database import Database, Transaction
from store.members import Member

ROUNDS = 3  # that somebody else may be faster by a moment


class Endings:
    """What happens when contacts end. Thread-safe."""

    def __init__(self, database: Database, follow: Follow) -> None:
        self._database, self._follow = database, follow

    def delete(self, member: Member, contact_id: str) -> Ended:
        """Delete a contact for a day; a second press finds it deleted. Raises NotYours, Busy."""
        with self._database.write(patience=1.5) as tx:
            # what is being saved with it is saved by then, and follows
            contact_endings.hold(tx, member.workspace_id, contact_id)
            self._follow(tx, member.workspace_id, contact_id)  # first: afterwards it has no appointments
            if contact_endings.end(tx, member.workspace_id, contact_id, member_id=member.id):
                activity.note(tx, member.workspace_id, member.id, "deleted")
            return _ended(tx, member.workspace_id, contact_id)

    def undo(self, member: Member, gone_id: str) -> Back:
        """Take a deletion or a merging back. A second press finds the contact there.

        Raises NotYours when it is too late, and Busy.
        """
        for _ in range(ROUNDS):
            try:
                with self._database.write(patience=1.5) as tx:
                    return self._take_back(tx, member, gone_id)
            except (Outdated, AddressTaken):  # too late, or somebody did something with it in this moment
                continue
        raise NotYours

    def _take_back(self, tx: Transaction, member: Member, gone_id: str) -> Back:
        there = contacts.only(tx, member.workspace_id, gone_id)
        if there:
            return Back(there)
        was = contact_endings.one_gone(tx, member.workspace_id, gone_id)
        take_back = contact_merging.unmerge if was and was.merged_into else contact_endings.come_back
        back = take_back(tx, member.workspace_id, gone_id, member_id=member.id)
        for one in filter(None, (gone_id, was.merged_into if was else None)):
            self._follow(tx, member.workspace_id, one)
        return back

    def lately(self, member: Member, limit: int) -> tuple[Ended, ...]:
        """List what can be taken back, the last one first."""
        with self._database.read() as tx:
            found = contact_endings.gone(tx, member.workspace_id, limit)
            return tuple(_told(tx, member.workspace_id, one) for one in found)

    def read(self, member: Member, contact_id: str) -> Contact:
        """Read the contact that another one is to go into. Raises NotYours."""
        with self._database.read() as tx:
            return _there(tx, member.workspace_id, contact_id)

    def others(self, member: Member, words: str, kept_id: str, limit: int) -> tuple[Contact, ...]:
        """Find whom a contact can be merged with."""
        with self._database.read() as tx:
            found = contacts.search(tx, member.workspace_id, words, limit + 1)
        return tuple(one for one in found if one.id != kept_id)[:limit]

    def pair(self, member: Member, kept_id: str, gone_id: str) -> Pair | TooMuch:
        """Prepare the preview. Raises NotYours when one of them is gone."""
        with self._database.read() as tx:
            kept = _there(tx, member.workspace_id, kept_id)
            gone = _there(tx, member.workspace_id, gone_id)
            if kept.id == gone.id:
                raise NotYours
            return _pair(tx, member.workspace_id, kept, gone)

    def merge(self, member: Member, ref: MergeRef, theirs_count: Collection[str]) -> Ended | Pair | TooMuch:
        """Make them one. A Pair: one of them was changed since it was shown; nothing has happened.

        `theirs_count` names the fields that are taken from the one that goes. A second press finds them
        merged. Raises NotYours, Busy.
        """
        pair = self._unmerged(member, ref)
        if not isinstance(pair, Pair):
            return pair
        if (pair.kept.version, pair.gone.version) != (ref.kept_version, ref.gone_version):
            return replace(pair, changed=True)
        ours, theirs = fields_of(pair.kept), fields_of(pair.gone)
        fields = together(ours, theirs)
        fields |= {name: theirs[name] for name in differing(ours, theirs) if name in theirs_count}
        try:
            with self._database.write(patience=1.5) as tx:
                contact_merging.merge(
                    tx, member.workspace_id, pair.gone, pair.kept, fields, member_id=member.id
                )
                activity.note(tx, member.workspace_id, member.id, "merged")
                self._follow(tx, member.workspace_id, pair.kept.id)
                return _ended(tx, member.workspace_id, pair.gone.id)
        except (Outdated, AddressTaken):  # somebody changed one of them in this very moment
            now = self._unmerged(member, ref)
            return replace(now, changed=True) if isinstance(now, Pair) else now

    def _unmerged(self, member: Member, ref: MergeRef) -> Pair | TooMuch | Ended:
        with self._database.read() as tx:
            was = contact_endings.one_gone(tx, member.workspace_id, ref.gone)
            if was and was.merged_into == ref.kept:
                return _told(tx, member.workspace_id, was)
        return self.pair(member, ref.kept, ref.gone)


def _pair(tx: Transaction, workspace_id: str, kept: Contact, gone: Contact) -> Pair | TooMuch:
    ours, theirs = fields_of(kept), fields_of(gone)
    fields = together(ours, theirs)
    if fields["addresses"].count("\n") >= MOST_ADDRESSES or len(fields["notes"]) > MOST_NOTES:
        return TooMuch(kept, gone)
    open_ones = differing(ours, theirs)

    def readable(name: str, text: str) -> str:
        return _name(tx, workspace_id, text) if name == "owner" else text

    return Pair(
        kept,
        gone,
        {name: (readable(name, ours[name]), readable(name, theirs[name])) for name in open_ones},
        {name: readable(name, text) for name, text in fields.items() if text and name not in open_ones},
    )


def _there(tx: Transaction, workspace_id: str, contact_id: str) -> Contact:
    found = contacts.only(tx, workspace_id, contact_id)
    if found is None:
        raise NotYours
    return found


def _ended(tx: Transaction, workspace_id: str, contact_id: str) -> Ended:
    gone = contact_endings.one_gone(tx, workspace_id, contact_id)
    if gone is None:
        raise NotYours
    return _told(tx, workspace_id, gone)


def _told(tx: Transaction, workspace_id: str, gone: Gone) -> Ended:
    ended = Ended(gone, gone.deleted_at + UNDO)
    if gone.merged_into:
        made = contact_changes.of_merging(tx, workspace_id, gone.merged_into, gone.id)
        ended = replace(ended, kept=contacts.get(tx, workspace_id, gone.merged_into))
    else:
        made = contact_changes.latest(tx, workspace_id, gone.id, 1)
    return replace(ended, by=_name(tx, workspace_id, made[0].member_id) if made else "")


def _name(tx: Transaction, workspace_id: str, member_id: str | None) -> str:
    found = members.get(tx, workspace_id, member_id) if member_id else None
    return found.name if found else ""
