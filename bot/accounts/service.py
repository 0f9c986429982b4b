"""Keeps accounts: which one is the default, whose addresses are the member's own, how mail is written."""

from collections.abc import Callable

from bot.accounts.kept import Addresses, Connected, SettingsPage, Writing
from bot.connections import Connections
from bot.errors import NotYours
from store import accounts, members, own_addresses
from store.accounts import Account
from store.database import Database, Transaction
from store.members import Member
from store.sealing import Keyring


class AccountsService:
    """What a member does with accounts that are connected. Thread-safe.

    `forget` makes the inbox forget what it has read: of an account, or for "" what depends on own addresses.
    """

    def __init__(
        self,
        database: Database,
        connections: Connections,
        keyring: Keyring,
        forget: Callable[[Member, str], None],
    ) -> None:
        self._database, self._connections, self._keyring = database, connections, keyring
        self._forget = forget

    def settings(self, member: Member) -> SettingsPage:
        """Read what the settings page shows."""
        with self._database.read() as tx:
            mine = accounts.of_member(tx, member.workspace_id, member.id)
            now = members.get(tx, member.workspace_id, member.id) or member
        offers = tuple(self._connections.providers)
        return SettingsPage(tuple(self.connected(one) for one in mine), now.preview_lines, offers)

    def connected(self, account: Account) -> Connected:
        """Put the words for its kind to an account."""
        provider = self._connections.provider(account.provider)
        return Connected(account, provider.label, provider.company, provider.asks)

    def make_default(self, member: Member, account_id: str) -> None:
        """Use this account for new messages. Raises: NotYours."""
        with self._database.write(patience=1.5) as tx:
            self._mine(tx, member, account_id)
            accounts.make_default(tx, member.workspace_id, member.id, account_id)

    def show_previews(self, member: Member, wanted: bool) -> None:
        """Show the first words of each conversation in answers, or not."""
        with self._database.write(patience=1.5) as tx:
            now = members.get(tx, member.workspace_id, member.id) or member
            members.set_wishes(
                tx,
                member.workspace_id,
                member.id,
                preview_lines=wanted,
                undo_seconds=now.undo_seconds,
                names_in_notifications=now.names_in_notifications,
            )

    # --- own addresses ------------------------------------------------------------------------------------

    def addresses(self, member: Member, account_id: str) -> Addresses:
        """List an account's addresses and those that the member named. Raises: NotYours."""
        with self._database.read() as tx:
            account = self._mine(tx, member, account_id)
            own = own_addresses.of_member(tx, member.workspace_id, member.id)
        wanted = tuple(one for one in own if one.account_id in ("", account.id))
        return Addresses(self.connected(account), wanted)

    def add_address(self, member: Member, address: str) -> None:
        """Take a normalised address as the member's own."""
        with self._database.write(patience=1.5) as tx:
            own_addresses.add(tx, member.workspace_id, member.id, address)
        self._forget(member, "")

    def remove_address(self, member: Member, address: str) -> None:
        """Take back that an address is the member's own; what the provider says of it stays."""
        with self._database.write(patience=1.5) as tx:
            own_addresses.remove(tx, member.workspace_id, member.id, address)
        self._forget(member, "")

    def read_addresses(self, workspace_id: str, account_id: str) -> None:
        """Ask the provider for the addresses that an account may send from. Raises: providers.errors."""
        with self._database.read() as tx:
            account = accounts.get(tx, workspace_id, account_id)
        if account is None or account.state != "active":
            return
        found = self._connections.use(account, lambda mailbox: mailbox.own_addresses())
        login = (account.address, account.name, "login")
        aliases = [(one.address, one.name, "alias") for one in found if one.address != account.address]
        with self._database.write() as tx:
            owner = members.get(tx, workspace_id, account.member_id)
            if owner is None or accounts.get(tx, workspace_id, account_id) is None:
                return
            own_addresses.keep_of_account(tx, workspace_id, owner.id, account_id, [login, *aliases])
        self._forget(owner, "")

    # --- writing ------------------------------------------------------------------------------------------

    def writing(self, member: Member, account_id: str) -> Writing:
        """Read the signature, which is sealed, and whether the last message is quoted. Raises: NotYours."""
        with self._database.read() as tx:
            account = self._mine(tx, member, account_id)
            sealed = accounts.signature(tx, member.workspace_id, account.id)
        text = (
            self._keyring.open(sealed, "account", "signature_sealed", member.workspace_id, account.id)
            if sealed
            else ""
        )
        return Writing(self.connected(account), text, account.quote_last)

    def keep_writing(self, member: Member, account_id: str, signature: str, *, quote_last: bool) -> None:
        """Keep how mail from an account is written. Raises: NotYours."""
        place = ("account", "signature_sealed", member.workspace_id, account_id)
        sealed = self._keyring.seal(signature.strip(), *place) if signature.strip() else None
        with self._database.write(patience=1.5) as tx:
            self._mine(tx, member, account_id)
            accounts.set_writing(
                tx,
                member.workspace_id,
                member.id,
                account_id,
                signature_sealed=sealed,
                quote_last=quote_last,
            )

    # --- lost access --------------------------------------------------------------------------------------

    def lost(self, workspace_id: str, account_id: str) -> tuple[Connected, Member] | None:
        """Read an account whose loss its member has not heard of. None: she has, or it works again."""
        with self._database.read() as tx:
            account = accounts.get(tx, workspace_id, account_id)
            if account is None or account.state != "reconnect" or account.told_lost_at:
                return None
            owner = members.get(tx, workspace_id, account.member_id)
        return (self.connected(account), owner) if owner else None

    def note_told_lost(self, workspace_id: str, account_id: str) -> None:
        """Note that the member has heard of it."""
        with self._database.write() as tx:
            accounts.note_told_lost(tx, workspace_id, account_id)

    def _mine(self, tx: Transaction, member: Member, account_id: str) -> Account:
        found = accounts.find(tx, member.workspace_id, member.id, account_id)
        if found is None:
            raise NotYours
        return found
