"""Lists and opens conversations: every account at once, one-to-one only, nothing kept on disk."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from threading import Lock

from bot.connections import Connections
from bot.errors import NotYours
from bot.inbox.cache import LIFE, Kept, ThreadCache
from bot.inbox.listing import READ, Listing
from bot.inbox.people import Person, by_address, is_called, name_in, resolve
from bot.inbox.previews import as_read
from bot.inbox.rules import Addresses, answerable, judge
from bot.inbox.threads import OpenThread, ThreadList
from bot.payloads import ListRef, MineRef, PersonRef, ThreadRef
from providers.content.addresses import normalise
from providers.mail import Page, Thread
from store import accounts, appointments, contacts, own_addresses
from store.accounts import Account
from store.appointments import Appointment
from store.contacts import Contact
from store.database import Database, Transaction
from store.members import Member
from store.own_addresses import OwnAddress

MOST_PEOPLE = 20  # addresses looked up at once
NOTED = 60.0  # seconds: "last read" on Home is no finer
MOST_NAMES = 5  # words that are tried as a name
MOST_LISTINGS = 500  # each a few KiB: rows without bodies


class NothingConnected(Exception):
    """The member has no account yet. `ref` is what was asked, to be answered after connecting.

    `offers`: the kinds of account that can be connected here.
    """

    def __init__(self, ref: ListRef, offers: tuple[str, ...]) -> None:
        super().__init__("nothing connected")
        self.ref, self.offers = ref, offers


class IsOwn(Exception):
    """The address asked for is the member's own. `ref` names it; `said`: the member told Mailroom so."""

    def __init__(self, ref: MineRef, *, said: bool) -> None:
        super().__init__("own address")
        self.ref, self.said = ref, said


class InboxService:
    """What happens when a member reads. Thread-safe."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        cache: ThreadCache,
        clock: Callable[[], datetime],
        behind: Callable[[Callable[[], None]], object],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._connections, self._cache, self._behind = database, connections, cache, behind
        self._clock, self._monotonic = clock, monotonic
        self._pool = ThreadPoolExecutor(16, thread_name_prefix="accounts")
        self._listings: OrderedDict[tuple[str, ...], tuple[float, Listing]] = OrderedDict()
        self._noted: dict[str, float] = {}  # account id → when its next reading is noted
        self._lock = Lock()

    def close(self) -> None:
        """Stop the threads that read accounts side by side."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    # --- list ---------------------------------------------------------------------------------------------

    def list_threads(self, member: Member, ref: ListRef, length: int, *, fresh: bool) -> ThreadList:
        """List conversations with a person, newest first.

        `fresh` asks the providers anew; otherwise a listing of the last minutes goes on where it stands.
        Raises: NothingConnected, IsOwn, NotYours.
        """
        with self._database.read() as tx:
            person = resolve(tx, member.workspace_id, PersonRef(ref.contact, ref.address))
            mine = accounts.of_member(tx, member.workspace_id, member.id)
            own = own_addresses.of_member(tx, member.workspace_id, member.id)
            coming = _coming(tx, member, person)
        ref = replace(ref, contact=person.ref.contact, address=person.ref.address)
        if not mine:
            raise NothingConnected(ref, tuple(self._connections.providers))
        _refuse_own(person, ref, own)
        self._note_looked_at(member, person)
        addresses = frozenset(o.address for o in own)
        # looked for without the member's own: those would find all of their mail
        theirs = replace(person, addresses=tuple(a for a in person.addresses if a not in addresses))
        listing = self._listing(member, theirs, mine, addresses, ref.words, fresh)
        stretch = listing.stretch(ref.start, length, self._pool)
        them = frozenset(theirs.addresses)
        rows = (as_read(row, self._cache, addresses, them) for row in stretch.rows)
        stretch = replace(stretch, rows=tuple(rows))
        links = {a.id: self._link(a, theirs) for a in stretch.searched}
        return ThreadList(person, ref, stretch, mine, links, coming)

    def _listing(
        self,
        member: Member,
        person: Person,
        mine: tuple[Account, ...],
        own: Addresses,
        words: str,
        fresh: bool,
    ) -> Listing:
        accounts_and_own = ",".join([a.id for a in mine] + sorted(own))
        key = (member.id, ",".join(person.addresses), words, accounts_and_own)
        with self._lock:
            known = self._listings.get(key)
            if known and not fresh and known[0] > self._monotonic():
                self._listings.move_to_end(key)
                return known[1]
            made = Listing(
                mine,
                own,
                frozenset(person.addresses),
                lambda account, cursor: self._fetch(account, person, words, cursor),
                self._clock(),
            )
            self._listings[key] = (self._monotonic() + LIFE, made)
            while len(self._listings) > MOST_LISTINGS:
                self._listings.popitem(last=False)
            return made

    def _fetch(self, account: Account, person: Person, words: str, cursor: str | None) -> Page[Thread]:
        page = self._connections.use(
            account, lambda mailbox: mailbox.threads_with(person.addresses, words, READ, cursor)
        )
        self._cache.keep(account.id, page.items, self._clock())
        if self._noted.get(account.id, 0.0) < self._monotonic():
            self._noted[account.id] = self._monotonic() + NOTED
            self._write_behind(lambda tx: accounts.note_read(tx, account.workspace_id, account.id))
        return page

    def _link(self, account: Account, person: Person) -> str:
        mailbox = self._connections.provider(account.provider).open_mailbox("", account.address)
        return mailbox.search_link(person.addresses)  # a link is made without asking anybody

    def _note_looked_at(self, member: Member, person: Person) -> None:
        contact = person.contact
        if contact:
            self._write_behind(
                lambda tx: contacts.note_looked_at(tx, member.workspace_id, member.id, contact.id)
            )

    def _write_behind(self, write: Callable[[Transaction], None]) -> None:
        """Write down what nobody waits for, beside the answer and not before it."""

        def later() -> None:
            with self._database.write() as tx:
                write(tx)

        self._behind(later)

    # --- open ---------------------------------------------------------------------------------------------

    def open_thread(self, member: Member, ref: ThreadRef, *, fresh: bool = False) -> OpenThread:
        """Open one thread; a listed one costs no call to the provider.

        Raises: NotYours when the account is not the member's or the thread is not with that person.
        """
        with self._database.read() as tx:
            account = accounts.find(tx, member.workspace_id, member.id, ref.account)
            mine = accounts.of_member(tx, member.workspace_id, member.id)
            own = frozenset(o.address for o in own_addresses.of_member(tx, member.workspace_id, member.id))
            person = resolve(tx, member.workspace_id, PersonRef(ref.contact, ref.address))
        if account is None:
            raise NotYours
        kept = None if fresh else self._cache.get(account.id, ref.thread)
        if kept is None or not kept.readable:
            kept = self._read(account, ref.thread)
        conversation = judge(account.id, kept.thread, own, frozenset(person.addresses) - own)
        if conversation is None:
            raise NotYours
        return OpenThread(
            kept.thread,
            kept.as_of,
            account,
            len(mine) > 1,
            person,
            own,
            conversation,
            answerable(conversation, own),
        )

    def _read(self, account: Account, thread_id: str) -> Kept:
        thread = self._connections.use(account, lambda mailbox: mailbox.thread(thread_id))
        kept = Kept(thread, self._clock(), whole=True)
        self._cache.keep(account.id, [thread], kept.as_of, whole=True)
        return kept

    def forget(self, member: Member, account_id: str = "") -> None:
        """Forget what was read: after sending, disconnecting, or a change of own addresses."""
        if account_id:
            self._cache.forget(account_id)
            self._noted.pop(account_id, None)
        with self._lock:
            for key in [k for k in self._listings if k[0] == member.id]:
                del self._listings[key]

    # --- people -------------------------------------------------------------------------------------------

    def people(self, member: Member, addresses: Sequence[str]) -> tuple[Person, ...]:
        """Find whose addresses these are; a contact with two of them is one person."""
        with self._database.read() as tx:
            found = [by_address(tx, member.workspace_id, address) for address in addresses[:MOST_PEOPLE]]
        return tuple({person.ref: person for person in found}.values())

    def whom(self, member: Member, ref: PersonRef) -> Person:
        """Find who a payload names. Raises NotYours when the contact is gone."""
        with self._database.read() as tx:
            return resolve(tx, member.workspace_id, ref)

    def known_name(self, member: Member, address: str) -> str:
        """Say how somebody signs, as far as mail read just now tells; asks no provider."""
        with self._database.read() as tx:
            mine = accounts.of_member(tx, member.workspace_id, member.id)
        read = (thread for account in mine for thread in self._cache.of_account(account.id))
        return name_in(read, address)

    def offered(self, member: Member, words: str, limit: int) -> tuple[Contact, ...]:
        """List contacts to choose from: those that hold the words, or, without any, the recent ones first."""
        with self._database.read() as tx:
            if words:
                return contacts.search(tx, member.workspace_id, words, limit)
            recent = contacts.recent(tx, member.workspace_id, member.id, limit)
            return (*recent, *contacts.latest(tx, member.workspace_id, limit))

    def search(self, member: Member, words: str, limit: int) -> tuple[Contact, ...]:
        """Find contacts by name, company or address."""
        with self._database.read() as tx:
            found = contacts.search(tx, member.workspace_id, words, limit)
        return tuple(c for c in found if c.addresses)

    def called(self, member: Member, typed: str, limit: int) -> tuple[tuple[Contact, ...], str]:
        """Find contacts by what was typed; else by the first words that are somebody's name, with the rest.

        "Dana photo" is Dana and the word photo: the longest such name wins.
        """
        with self._database.read() as tx:
            found = contacts.search(tx, member.workspace_id, typed, limit)
            terms, rest = typed.split(), ""
            for length in range(min(len(terms) - 1, MOST_NAMES), 0, -1):
                if found:
                    break
                name, rest = " ".join(terms[:length]), " ".join(terms[length:])
                near = contacts.search(tx, member.workspace_id, name, limit)
                found = tuple(one for one in near if is_called(one, name))
        return tuple(c for c in found if c.addresses), rest

    def add_own_address(self, member: Member, ref: MineRef) -> ListRef:
        """Note that an address is the member's own, and name the list to show again."""
        with self._database.write(patience=1.5) as tx:
            own_addresses.add(tx, member.workspace_id, member.id, _address(ref.mine))
        self.forget(member)
        return ListRef(ref.contact, ref.address, ref.words)

    def drop_own_address(self, member: Member, ref: MineRef) -> ListRef:
        """Take back what the member said of an address, and name the list to show again."""
        with self._database.write(patience=1.5) as tx:
            own_addresses.remove(tx, member.workspace_id, member.id, _address(ref.mine))
        self.forget(member)
        return ListRef(ref.contact, ref.address, ref.words)


def _coming(tx: Transaction, member: Member, person: Person) -> Appointment | None:
    if person.contact is None:
        return None
    return next(iter(appointments.next_with(tx, member.workspace_id, person.contact.id, 1)), None)


def _refuse_own(person: Person, ref: ListRef, own: Sequence[OwnAddress]) -> None:
    """Raise IsOwn where nobody but the member would be left to talk to."""
    if all(any(one.address == address for one in own) for address in person.addresses):
        address = person.addresses[0]
        said = all(one.source == "member" for one in own if one.address == address)
        raise IsOwn(MineRef(address, ref.contact, ref.address), said=said)


def _address(text: str) -> str:
    try:
        return normalise(text)
    except ValueError:
        raise NotYours from None
