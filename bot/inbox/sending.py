"""Sends one message exactly once, or says that it is not certain. Never sends blindly a second time.

The row's state is the evidence before the act: `queued` and `drafting` mean that nothing has gone, `sending`
that it may have. It is committed directly before the one request that cannot be undone. From there on only
the provider's own object counts: what it filed under Sent, and, where the provider itself sends a prepared
message only once, that same prepared message. Source: reference/reliability.md 4.2.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.connections import Connections
from bot.engine import Again, Dead, Done, Job, Outcome, Review
from bot.inbox.composing import Answered, find_answered, letter, may_receive
from bot.inbox.letters import DRAFTING, LOOKING, NEWER, QUEUED, SENDING
from bot.inbox.outbox import Outbox, prepared_as, send_key
from bot.words import Reader, zone_named
from providers import mail
from providers.content.compose import reply_subject
from providers.errors import Conflict, DeliveryUncertain, ProviderError, RateLimited, Unavailable
from providers.mail import EmailAddress, Prepared
from store import accounts, activity, contacts, members, outgoing, own_addresses
from store.accounts import Account
from store.database import Database
from store.members import Member
from store.outgoing import Outgoing

LOOKS = (timedelta(seconds=10), timedelta(seconds=50), timedelta(seconds=120))  # at 10, 60 and 180 s
LOOK = "look-"  # the ledger's step while it is looked for; the number says how often
_GONE_ON = (QUEUED, DRAFTING, SENDING)


class NotSent(Exception):
    """It cannot go out as it was decided, and nothing has gone. `kind` is what the person is told about."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Sender:
    """Carries messages from the outbox to the provider. `forget` drops what was read of an account."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        outbox: Outbox,
        forget: Callable[[Member, str], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._connections, self._outbox = database, connections, outbox
        self._forget, self._clock = forget, clock

    def run(self, job: Job) -> Outcome:
        """Go on with a message from wherever it stands."""
        row, account = self._present(job)
        if row is None:
            return Done()
        try:
            if account is None:
                raise NotSent("AccountGone")
            if row.state == SENDING:
                return self._look(job, row, account)
            return self._send(job, row, account, self._prepared(job, row, account))
        except NotSent as why:
            return Dead(why.kind)
        except ProviderError as error:
            self._note(row, error)
            raise

    def gave_up(self, job: Job, code: str) -> None:
        """Tell the person that it was not sent, or is not certain. May be called more than once."""
        row, _ = self._present(job)
        if row is not None:
            self._give_up(job, row, code)

    def _give_up(self, job: Job, row: Outgoing, kind: str) -> None:
        with self._database.write() as tx:
            job.reach_in(tx, "given up")  # refused where another worker has the row by now
            self._outbox.trouble(tx, row, kind, row.error_code)

    def _present(self, job: Job) -> tuple[Outgoing | None, Account | None]:
        """The message, if this work is of its present attempt and there is still something to do."""
        with self._database.read() as tx:
            row = outgoing.get(tx, job.workspace_id, job.ref or "")
            if row is None or job.key != send_key(row) or row.state not in _GONE_ON:
                return None, None
            return row, accounts.find(tx, row.workspace_id, row.member_id, row.account_id)

    def _note(self, row: Outgoing, error: ProviderError) -> None:
        """Keep why it waits. The person sees a new reason, or a new time."""
        due = self._clock() + error.retry_after if isinstance(error, RateLimited) else row.due_at
        kind = type(error).__name__
        with self._database.write() as tx:
            outgoing.note(
                tx, row.workspace_id, row.id, error_kind=kind, error_code=error.code or None, due_at=due
            )
            if isinstance(error, RateLimited) or (isinstance(error, Unavailable) and row.error_kind != kind):
                self._outbox.show(tx, row)

    # --- before the act -----------------------------------------------------------------------------------

    def _prepared(self, job: Job, row: Outgoing, account: Account) -> Prepared:
        message = self._letter(row, account)  # each time: the person may have written again meanwhile
        if row.prepared_ref and self._connections.provider(account.provider).sends_once:
            return prepared_as(row, row.prepared_ref)
        with self._database.write() as tx:
            job.reach_in(tx, DRAFTING)
            outgoing.move(tx, row.workspace_id, row.id, DRAFTING, come_from=(QUEUED, DRAFTING))
        prepared = self._connections.use(account, lambda mailbox: mailbox.prepare(message, row.key))
        said = reply_subject(message.subject) if message.in_reply_to else message.subject
        sealed = self._outbox.seal_subject(row.workspace_id, row.id, said)
        with self._database.write() as tx:
            job.reach_in(tx, "prepared")
            outgoing.note(
                tx,
                row.workspace_id,
                row.id,
                prepared_ref=prepared.ref,
                error_kind=None,
                subject_sealed=sealed,
            )
        return prepared

    def _letter(self, row: Outgoing, account: Account) -> mail.Outgoing:
        """Write the message anew from what was decided. Raises NotSent, ProviderError."""
        body = self._outbox.body(row)
        if body is None:
            raise NotSent("TextGone")
        with self._database.read() as tx:
            member = members.get(tx, row.workspace_id, row.member_id)
            contact = contacts.get(tx, row.workspace_id, row.contact_id) if row.contact_id else None
            own = own_addresses.of_member(tx, row.workspace_id, row.member_id)
            signature = self._outbox.signature(tx, row.workspace_id, account.id)
        if member is None:
            raise NotSent("AccountGone")
        self._check_sender(row, account)
        addresses = frozenset(contact.addresses) if contact else frozenset[str]()
        answered = self._answered(row, account, frozenset(o.address for o in own), addresses)
        names = dict(answered.names) if answered else {}
        names |= {o.address: o.name for o in own if o.account_id == account.id and o.name}
        return letter(
            body,
            sender=EmailAddress(row.from_address, names.get(row.from_address) or account.name or member.name),
            to=EmailAddress(row.to_address, contact.name if contact else names.get(row.to_address, "")),
            subject=self._outbox.subject(row),
            signature=signature,
            answered=answered,
            reader=Reader(member.locale, zone_named(member.zone), self._clock()),
        )

    def _check_sender(self, row: Outgoing, account: Account) -> None:
        """Gmail silently puts the usual address in the place of one it does not know (providers.md 1.5)."""
        if row.from_address == account.address:
            return
        usable = self._connections.use(account, lambda mailbox: mailbox.own_addresses())
        if row.from_address not in {one.address for one in usable}:
            raise NotSent("NotVerified")

    def _answered(
        self, row: Outgoing, account: Account, own: frozenset[str], contact: frozenset[str]
    ) -> Answered | None:
        thread_id, message_id = row.thread_id, row.reply_message_id
        if thread_id is None or message_id is None:
            return None
        thread = self._connections.use(account, lambda mailbox: mailbox.thread(thread_id))
        answered = find_answered(thread, message_id, own, contact)
        if answered is None:
            raise NotSent("AnsweredGone")
        if not may_receive(row.to_address, answered.message, own, contact):
            raise NotSent("NotTheirs")
        if answered.newer:
            raise NotSent(NEWER)
        return answered

    # --- the act ------------------------------------------------------------------------------------------

    def _send(self, job: Job, row: Outgoing, account: Account, prepared: Prepared) -> Outcome:
        job.guard()
        with self._database.write() as tx:
            job.reach_in(tx, SENDING)
            outgoing.move(tx, row.workspace_id, row.id, SENDING, come_from=(QUEUED, DRAFTING))
        job.guard()
        try:
            done = self._connections.use(account, lambda mailbox: mailbox.send(prepared))
        except DeliveryUncertain:
            return self._look_later(job, row, 1)
        except ProviderError as refusal:
            self._nothing_went(job, row)  # every other class is a clear no, or came before the request
            if isinstance(refusal, Conflict):
                raise NotSent("Conflict") from None
            raise
        return self._sent(job, row, account, done)

    def _nothing_went(self, job: Job, row: Outgoing) -> None:
        with self._database.write() as tx:
            job.reach_in(tx, "prepared")
            outgoing.move(tx, row.workspace_id, row.id, DRAFTING, come_from=(SENDING,))

    def _sent(self, job: Job, row: Outgoing, account: Account, done: mail.SentMessage | None) -> Outcome:
        with self._database.write() as tx:
            at, message_id = (done.date, done.id) if done else (tx.now, None)
            if outgoing.sent(tx, row.workspace_id, row.id, message_id=message_id, at=at):
                activity.note(tx, row.workspace_id, row.member_id, "sent")
                self._outbox.show(tx, row)
            member = members.get(tx, row.workspace_id, row.member_id)
            job.finish_in(tx)
        if member is not None:
            self._forget(member, account.id)
        return Done()

    # --- after an act of which nobody knows ---------------------------------------------------------------

    def _look(self, job: Job, row: Outgoing, account: Account) -> Outcome:
        """Look for the message. A prepared one that still stands goes out once: the provider sees to that."""
        number = _number(job.step)
        prepared = prepared_as(row, row.prepared_ref or "")
        found = self._connections.use(account, lambda mailbox: mailbox.find_sent(prepared))
        if found:
            return self._sent(job, row, account, found)
        if number >= 2 and self._connections.provider(account.provider).sends_once:
            job.guard()
            try:
                done = self._connections.use(account, lambda mailbox: mailbox.send(prepared))
                return self._sent(job, row, account, done)
            except DeliveryUncertain:
                pass  # gone, or under way: the next look tells, or the person
            except Conflict:
                self._nothing_went(job, row)  # changed, so it stands there still
                raise NotSent("Conflict") from None
        if number < len(LOOKS):
            return self._look_later(job, row, number + 1)
        self._give_up(job, row, "Uncertain")
        return Review("Uncertain")

    def _look_later(self, job: Job, row: Outgoing, number: int) -> Outcome:
        with self._database.write() as tx:
            job.reach_in(tx, f"{LOOK}{number}")
            if number == 1:
                outgoing.note(tx, row.workspace_id, row.id, error_kind=LOOKING)
                self._outbox.show(tx, row)
        return Again(LOOKS[number - 1])


def _number(step: str | None) -> int:
    """How often it was looked for. Work that begins here was asked for by the person: one last look."""
    if step is None:
        return len(LOOKS)
    return int(step.removeprefix(LOOK)) if step.startswith(LOOK) else 0
