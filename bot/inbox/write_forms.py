"""What a Write window begins with: who it is from and to, what is answered, which text was there before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.connections import Connections
from bot.errors import NotYours
from bot.inbox.addressing import NEEDED, Choices, by_key, choices_of, recipient_of
from bot.inbox.cache import ThreadCache
from bot.inbox.composing import Answered, find_answered, letter, names_in
from bot.inbox.letters import NEWER, Body, Choice, Entered, WriteForm
from bot.inbox.outbox import Outbox
from bot.inbox.people import resolve
from bot.inbox.rules import best_alias
from bot.inbox.service import InboxService, IsOwn
from bot.payloads import MineRef, PersonRef, ThreadRef, WriteRef
from bot.words import Reader, zone_named
from providers import mail
from providers.errors import PermissionMissing, ReconnectRequired
from providers.mail import EmailAddress, Message, Thread
from store import accounts, outgoing, own_addresses
from store.accounts import Account
from store.database import Database
from store.ids import new_id
from store.members import Member


class Forms:
    """Makes the contents of Write windows. Thread-safe."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        inbox: InboxService,
        outbox: Outbox,
        cache: ThreadCache,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._connections, self._inbox = database, connections, inbox
        self._outbox, self._cache, self._clock = outbox, cache, clock

    # --- forms --------------------------------------------------------------------------------------------

    def reply(self, member: Member, ref: ThreadRef) -> WriteForm:
        """Begin an answer to the person's newest message. Raises NotYours, ProviderError."""
        opened = self._inbox.open_thread(member, ref, fresh=True)
        begun = WriteRef(new_id(), ref.account, ref.thread, contact=ref.contact, address=ref.address)
        return self._answer(member, begun, opened.account, opened.answers)

    def new(self, member: Member, person: PersonRef) -> WriteForm | None:
        """Begin a message to a person. None: no account is connected. Raises NotYours, ProviderError."""
        return self._begin(member, WriteRef(new_id(), contact=person.contact, address=person.address))

    def again(self, member: Member, ref: WriteRef) -> WriteForm:
        """Make a window's form once more, for drawing the same window. Raises NotYours, ProviderError."""
        if not ref.thread:
            form = self._begin(member, ref)
            if form is None:
                raise NotYours
            return replace(form, ref=ref, sender=ref.sender, to=ref.to)
        account = self._account(member, ref.account)
        message = self._message(account, ref.thread, ref.message)
        if message is None:
            raise NotYours
        return replace(self._answer(member, ref, account, message), ref=ref, sender=ref.sender, to=ref.to)

    def edit(self, member: Member, outgoing_id: str) -> WriteForm:
        """Put the text of a message that was not sent into a new window. Raises NotYours, ProviderError."""
        form, entered = self.kept(member, outgoing_id)
        return replace(
            form,
            typed=entered.typed,
            subject=entered.subject or form.subject,
            sender=entered.sender if by_key(form.senders, entered.sender) else form.sender,
            to=entered.to if by_key(form.recipients, entered.to) else form.to,
            signature=entered.signature,
            quote=entered.quote,
        )

    def kept(self, member: Member, outgoing_id: str) -> tuple[WriteForm, Entered]:
        """Open a message that was not sent: a fresh form for it, and what was entered."""
        with self._database.read() as tx:
            row = outgoing.find(tx, member.workspace_id, member.id, outgoing_id)
            own = frozenset(o.address for o in own_addresses.of_member(tx, member.workspace_id, member.id))
        body = self._outbox.body(row) if row else None
        if row is None or body is None:
            raise NotYours
        sender, to = Choice(row.account_id, row.from_address), Choice("", row.to_address)
        entered = Entered(
            body.typed, self._outbox.subject(row), sender.key, to.key, body.signature, body.quote
        )
        ref = WriteRef(new_id(), contact=row.contact_id or "", address=row.person_address, kept=row.id)
        answered = self._answered(member, row, own)
        if answered is None:
            form = self._begin(member, ref)
            if form is None:
                raise ReconnectRequired("not_connected")
            return form, entered
        ref = replace(ref, account=row.account_id, thread=answered.thread_id)
        newest = answered.newer[-1] if answered.newer else answered.message
        form = self._answer(member, ref, self._account(member, row.account_id), newest)
        return replace(form, newer=row.error_kind == NEWER), entered

    def _answered(self, member: Member, row: outgoing.Outgoing, own: frozenset[str]) -> Answered | None:
        if row.thread_id is None or row.reply_message_id is None:
            return None
        with self._database.read() as tx:
            ref = PersonRef(row.contact_id or "", row.person_address)
            person = resolve(tx, member.workspace_id, ref)
            account = accounts.find(tx, member.workspace_id, member.id, row.account_id)
        if account is None:  # disconnected since: the text becomes a message of its own
            return None
        thread = self._thread(account, row.thread_id, fresh=True)
        return find_answered(thread, row.reply_message_id, own, frozenset(person.addresses))

    def _answer(self, member: Member, ref: WriteRef, account: Account, message: Message) -> WriteForm:
        self._check(account)
        with self._database.read() as tx:
            own = frozenset(o.address for o in own_addresses.of_member(tx, member.workspace_id, member.id))
            person = resolve(tx, member.workspace_id, PersonRef(ref.contact, ref.address))
            to, elsewhere = recipient_of(message, own, person)
            ref = replace(ref, message=message.id, answers_to=elsewhere)
            choices = choices_of(tx, member, ref)
        if not choices.senders or not choices.recipients:
            raise NotYours
        alias = best_alias(message, [one.address for one in choices.senders], account.address)
        return self._form(ref, choices, Choice(account.id, alias).key, Choice("", to).key, message)

    def _begin(self, member: Member, ref: WriteRef) -> WriteForm | None:
        with self._database.read() as tx:
            mine = accounts.of_member(tx, member.workspace_id, member.id)
            choices = choices_of(tx, member, ref)
        if not mine:
            return None
        if not choices.senders:
            self._check(mine[0])
        if not choices.recipients:  # every address of this person is the member's own
            raise IsOwn(MineRef(choices.person.addresses[0], ref.contact, ref.address), said=False)
        return self._form(ref, choices, choices.senders[0].key, choices.recipients[0].key, None)

    def _form(
        self, ref: WriteRef, choices: Choices, sender: str, to: str, message: Message | None
    ) -> WriteForm:
        chosen = choices.sender(sender) or choices.senders[0]
        to = (choices.recipient(to) or choices.recipients[0]).key
        account = choices.account(chosen)
        signed = any(a.has_signature for a in choices.accounts)
        return WriteForm(
            ref=replace(ref, sender=chosen.key, to=to),
            person=choices.person,
            label=self._connections.provider(account.provider).label,
            answers=message,
            subject=message.subject if message else "",
            senders=choices.senders,
            recipients=choices.recipients,
            sender=chosen.key,
            to=to,
            has_signature=signed,
            signature=signed,
            quote=account.quote_last and message is not None,
        )

    # --- what is written down -----------------------------------------------------------------------------

    def letter(self, member: Member, form: WriteForm, entered: Entered) -> tuple[Account, mail.Outgoing]:
        """Write a form's message as a draft would hold it. Raises NotYours."""
        with self._database.read() as tx:
            choices = choices_of(tx, member, form.ref)
            sender = choices.sender(entered.sender) or choices.sender(form.sender)
            to = choices.recipient(entered.to) or choices.recipient(form.to)
            if sender is None or to is None:
                raise NotYours
            signature = self._outbox.signature(tx, member.workspace_id, sender.account_id)
        names = names_in([form.answers] if form.answers else [])
        answered = Answered(form.answers, form.ref.thread, (), names) if form.answers else None
        typed = entered.typed or {"type": "rich_text", "elements": []}
        message = letter(
            Body(typed, entered.signature, entered.quote),
            sender=EmailAddress(sender.address, sender.name or names.get(sender.address) or member.name),
            to=EmailAddress(to.address, choices.person.contact.name if choices.person.contact else ""),
            subject=entered.subject,
            signature=signature,
            answered=answered,
            reader=Reader(member.locale, zone_named(member.zone), self._clock()),
        )
        return choices.account(sender), message

    def subject(self, ref: WriteRef) -> str:
        """The subject of the conversation, if it was read in the last minutes; nobody is asked."""
        kept = self._cache.get(ref.account, ref.thread)
        return kept.thread.subject if kept else ""

    def _account(self, member: Member, account_id: str) -> Account:
        with self._database.read() as tx:
            found = accounts.find(tx, member.workspace_id, member.id, account_id)
        if found is None:
            raise NotYours
        return found

    def _thread(self, account: Account, thread_id: str, *, fresh: bool) -> Thread:
        kept = None if fresh else self._cache.get(account.id, thread_id)
        if kept is not None and kept.readable:
            return kept.thread
        thread = self._connections.use(account, lambda mailbox: mailbox.thread(thread_id))
        self._cache.keep(account.id, [thread], self._clock(), whole=True)
        return thread

    def _message(self, account: Account, thread_id: str, message_id: str) -> Message | None:
        thread = self._thread(account, thread_id, fresh=False)
        return next((m for m in thread.messages if m.id == message_id), None)

    def _check(self, account: Account) -> None:
        """Refuse an account that cannot send, with the way to mend it."""
        error: ReconnectRequired | PermissionMissing | None = None
        if account.state != "active":
            error = ReconnectRequired("not_connected")
        elif missing := [one for one in NEEDED if one not in account.granted]:
            error = PermissionMissing(missing[0].value)
        if error is not None:
            error.label = self._connections.provider(account.provider).label
            error.account_id = account.id
            raise error
