"""Keeps accounts: which one is the default, whose addresses are the member's own, how mail is written."""

from collections.abc import Callable

from bot.connections import Connections
from store import accounts, members, own_addresses
from store.database import Database
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
            if accounts.get(tx, workspace_id, account_id) is None:
                return
            own_addresses.keep_of_account(tx, workspace_id, account.member_id, account_id, [login, *aliases])
        if owner:
            self._forget(owner, "")
