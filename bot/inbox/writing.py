"""What happens when a member writes: opens the form, takes what was typed, decides what becomes of it.

No Slack, no SQL, no vendor. What goes out is done behind, by bot/inbox/sending.py.
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.connections import Connections
from bot.errors import NotYours
from bot.inbox.addressing import choices_of
from bot.inbox.letters import FAILED, NEWER, SENDING, UNCERTAIN, Body, Entered, Standing, WriteForm
from bot.inbox.outbox import LEAD, Outbox
from bot.inbox.rich_text import problem_of
from bot.inbox.write_forms import Forms
from bot.payloads import WriteRef
from providers.content.compose import reply_subject
from providers.mail import DraftLink
from store import activity, outgoing, seen
from store.database import Database, Transaction
from store.ids import new_id
from store.members import Member
from store.outgoing import Outgoing

TEXT, SUBJECT, FROM, TO = "text", "subject", "from", "to"  # fields that can be refused


class WritingService:
    """Writes, sends and decides on messages of a member. Thread-safe."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        outbox: Outbox,
        forms: Forms,
    ) -> None:
        self._database, self._connections, self._outbox = database, connections, outbox
        self.forms = forms

    @property
    def offers(self) -> tuple[str, ...]:
        """Name the kinds of account that can be connected here."""
        return tuple(self._connections.providers)

    # --- Send ---------------------------------------------------------------------------------------------

    def refusals(self, member: Member, ref: WriteRef, entered: Entered) -> Mapping[str, str]:
        """Name what cannot be sent as it stands: field → reason. Empty: it can. Raises NotYours."""
        with self._database.read() as tx:
            choices = choices_of(tx, member, ref)
        found = {}
        if problem := problem_of(entered.typed):
            found[TEXT] = str(problem)
        if not ref.thread and not entered.subject.strip():
            found[SUBJECT] = "empty"
        if choices.sender(entered.sender) is None:
            found[FROM] = "not_verified"
        if choices.recipient(entered.to) is None:
            found[TO] = "not_theirs"
        return found

    def send(self, member: Member, ref: WriteRef, entered: Entered, view_id: str | None) -> Standing:
        """Take a message, once for each window, whatever is pressed how often. Raises NotYours."""
        with self._database.write(patience=1.5) as tx:
            known = outgoing.of_window(tx, member.workspace_id, member.id, ref.nonce)
            row = known or self._add(tx, member, ref, entered, view_id)
            return self._outbox.standing(tx, row)

    def _add(
        self, tx: Transaction, member: Member, ref: WriteRef, entered: Entered, view_id: str | None
    ) -> Outgoing:
        choices = choices_of(tx, member, ref)
        sender, to = choices.sender(entered.sender), choices.recipient(entered.to)
        if sender is None or to is None or entered.typed is None:
            raise NotYours
        outgoing_id, place = new_id(), member.workspace_id
        body = Body(entered.typed, entered.signature, entered.quote)
        subject = self.forms.subject(ref) if ref.thread else entered.subject.strip()
        new = outgoing.New(
            id=outgoing_id,
            member_id=member.id,
            account_id=sender.account_id,
            window_nonce=ref.nonce,
            contact_id=choices.person.contact.id if choices.person.contact else None,
            from_address=sender.address,
            to_address=to.address,
            person_address=choices.person.addresses[0] if choices.person.contact else ref.address,
            thread_id=ref.thread or None,
            reply_message_id=ref.message or None,
            subject_sealed=self._outbox.seal_subject(
                place, outgoing_id, reply_subject(subject) if ref.thread and subject else subject
            ),
            body_sealed=self._outbox.seal_body(place, outgoing_id, body),
            key=new_id(),
            due_at=tx.now + max(LEAD, timedelta(seconds=member.undo_seconds)),
            view_id=view_id,
        )
        outgoing.add(tx, place, new)
        if ref.kept:
            self._replace(tx, member, ref.kept, view_id)
        row = outgoing.of_window(tx, place, member.id, ref.nonce)
        if row is None:
            raise NotYours  # the nonce belongs to somebody else's window
        self._outbox.send(tx, row)
        return row

    def _replace(self, tx: Transaction, member: Member, outgoing_id: str, view_id: str | None) -> None:
        old = outgoing.find(tx, member.workspace_id, member.id, outgoing_id)
        if old and outgoing.drop(tx, member.workspace_id, old.id, (FAILED,)):
            self._outbox.discard_later(tx, old)
            if view_id:  # the window shows the message that takes its place
                outgoing.forget_window(tx, member.workspace_id, old.id, view_id)
            self._outbox.show(tx, old)

    # --- how it stands, and what the person decides -------------------------------------------------------

    def standing(self, member: Member, outgoing_id: str) -> Standing:
        """Say how a message stands. Raises NotYours."""
        with self._database.read() as tx:
            return self._outbox.standing(tx, self._row(tx, member, outgoing_id))

    def in_trouble(self, member: Member, limit: int = 5) -> tuple[Standing, ...]:
        """List what was not sent or is not certain, for Home."""
        with self._database.read() as tx:
            rows = outgoing.in_trouble(tx, member.workspace_id, member.id, limit)
            return tuple(self._outbox.standing(tx, row) for row in rows)

    def under_way(self, member: Member, limit: int = 5) -> tuple[Standing, ...]:
        """List what is being sent or was sent within a day, for Home."""
        with self._database.read() as tx:
            rows = outgoing.under_way(tx, member.workspace_id, member.id, limit)
            return tuple(self._outbox.standing(tx, row) for row in rows)

    def shown_in(self, member: Member, outgoing_id: str, view_id: str) -> Standing:
        """Note which window shows a message now. Raises NotYours."""
        with self._database.write(patience=1.5) as tx:
            row = self._row(tx, member, outgoing_id)
            outgoing.note(tx, member.workspace_id, row.id, view_id=view_id)
            return self._outbox.standing(tx, row)

    def try_again(self, member: Member, outgoing_id: str) -> Standing:
        """Try a message that was not sent again. What was changed at the provider stays there, untouched."""
        with self._database.write(patience=1.5) as tx:
            row = self._row(tx, member, outgoing_id)
            fresh = {"key": new_id(), "prepared_ref": None} if row.error_kind == "Conflict" else {}
            if row.body_sealed is not None and row.error_kind != NEWER:
                self._outbox.again(tx, row, (FAILED,), **fresh)
            return self._outbox.standing(tx, self._row(tx, member, outgoing_id))

    def check_again(self, member: Member, outgoing_id: str) -> Standing:
        """Look once more for a message of which it is not certain whether it went out."""
        with self._database.write(patience=1.5) as tx:
            row = self._row(tx, member, outgoing_id)
            self._outbox.again(tx, row, (UNCERTAIN,), state=SENDING)
            return self._outbox.standing(tx, self._row(tx, member, outgoing_id))

    def send_again(self, member: Member, outgoing_id: str) -> Standing:
        """Send a message anew although it may have gone out: the person was asked, and wants that."""
        with self._database.write(patience=1.5) as tx:
            row = self._row(tx, member, outgoing_id)
            if row.body_sealed is not None and self._outbox.again(
                tx, row, (UNCERTAIN,), key=new_id(), prepared_ref=None
            ):
                self._outbox.discard_later(tx, row)  # what was prepared before must not go as well
            return self._outbox.standing(tx, self._row(tx, member, outgoing_id))

    def it_was_sent(self, member: Member, outgoing_id: str) -> Standing:
        """Take the person's word that it went out."""
        with self._database.write(patience=1.5) as tx:
            row = self._row(tx, member, outgoing_id)
            if row.state == UNCERTAIN and outgoing.sent(
                tx, row.workspace_id, row.id, message_id=None, at=tx.now
            ):
                activity.note(tx, row.workspace_id, member.id, "sent")
                self._outbox.discard_later(tx, row)
                self._outbox.show(tx, row)
            return self._outbox.standing(tx, self._row(tx, member, outgoing_id))

    def drop(self, member: Member, outgoing_id: str) -> Standing:
        """Delete the text of a message that was not sent, or may not have been."""
        with self._database.write(patience=1.5) as tx:
            row = self._row(tx, member, outgoing_id)
            if outgoing.drop(tx, row.workspace_id, row.id, (FAILED, UNCERTAIN)):
                self._outbox.discard_later(tx, row)
                self._outbox.show(tx, row)
            return self._outbox.standing(tx, self._row(tx, member, outgoing_id))

    def _row(self, tx: Transaction, member: Member, outgoing_id: str) -> Outgoing:
        row = outgoing.find(tx, member.workspace_id, member.id, outgoing_id)
        if row is None:
            raise NotYours
        return row

    # --- drafts -------------------------------------------------------------------------------------------

    def take_draft(self, member: Member, ref: WriteRef) -> bool:
        """Take a press on Save draft. False: this very button was pressed before."""
        with self._database.write(patience=1.5) as tx:
            return seen.first_time(tx, member.workspace_id, f"draft:{member.id}:{ref.nonce}:{ref.drafts}")

    def save_draft(self, member: Member, ref: WriteRef, entered: Entered) -> tuple[WriteForm, DraftLink]:
        """Leave what was typed as a draft at the provider."""
        form = self.forms.again(member, ref)
        return form, self._draft(member, form, entered)

    def save_kept(self, member: Member, outgoing_id: str) -> tuple[Standing, DraftLink]:
        """Leave the text of a message that was not sent as a draft. The outbox then forgets it."""
        form, entered = self.forms.kept(member, outgoing_id)
        link = self._draft(member, form, entered)
        with self._database.write() as tx:  # the window that shows the link is drawn by whoever asked
            outgoing.note(tx, member.workspace_id, outgoing_id, view_id=None)
        return self.drop(member, outgoing_id), link

    def _draft(self, member: Member, form: WriteForm, entered: Entered) -> DraftLink:
        account, message = self.forms.letter(member, form, entered)
        return self._connections.use(account, lambda mailbox: mailbox.save_draft(message))
