"""What sign-in and Graph share: apps, tenants, accounts, grants."""

import threading
from collections.abc import Callable
from datetime import datetime

from sandbox.mail.people import Person
from sandbox.microsoft.accounts import App
from sandbox.microsoft.directory import CONSUMERS, Account, Tenant, object_id, tenant_id
from sandbox.microsoft.grants import Grants
from sandbox.microsoft.identity import IdTokens
from sandbox.world import World


class Realm:
    """The state behind sign-in and Graph."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self.now = now
        self.apps: dict[str, App] = {}
        self.grants = Grants(now)
        self.id_tokens = IdTokens()
        self._lock = threading.Lock()
        self._tenants: dict[str, Tenant] = {"": Tenant(CONSUMERS, "", "personal")}
        self._directory: dict[str, str] = {}  # address → name of accounts that have no mailbox

    def tenant(self, domain: str) -> Tenant:
        """Find an organisation by its domain; "" is the tenant of personal accounts."""
        domain = domain.lower()
        with self._lock:
            if domain not in self._tenants:
                self._tenants[domain] = Tenant(tenant_id(domain), domain)
            return self._tenants[domain]

    def tenant_named(self, name: str) -> Tenant | None:
        """Find an organisation by what stands in an address: its id or a domain of people who live here."""
        for account in self.accounts():
            if name.lower() in (account.tenant.id, account.tenant.domain):
                return account.tenant
        return None

    def add_administrator(self, address: str, name: str = "Administrator") -> Account:
        """Let somebody administer the organisation of this address, with or without a mailbox."""
        self.tenant(address.rpartition("@")[2]).admins.add(address.lower())
        if self.world.person(address) is None:
            self._directory[address.lower()] = name
        found = self.account(address)
        if found is None:
            raise LookupError("this address belongs to no Microsoft account")
        return found

    def accounts(self) -> tuple[Account, ...]:
        """List everybody who can sign in, those with a mailbox first."""
        people = [one for one in self.world.people if one.provider == "microsoft"]
        directory = [self._administrator(address) for address in [*self._directory]]
        return (*(self.account_of(one) for one in people), *directory)

    def account_of(self, person: Person) -> Account:
        tenant = self.tenant(person.hosted_domain)
        oid = object_id(person.address, personal=tenant.personal)
        return Account(person.name, person.address, oid, tenant, person)

    def account(self, address: str) -> Account | None:
        """Find the Microsoft account with this address."""
        person = self.world.person(address)
        if person is not None:
            return self.account_of(person) if person.provider == "microsoft" else None
        return self._administrator(address.lower()) if address.lower() in self._directory else None

    def _administrator(self, address: str) -> Account:
        tenant = self.tenant(address.rpartition("@")[2])
        return Account(self._directory[address], address, object_id(address, personal=False), tenant, None)
