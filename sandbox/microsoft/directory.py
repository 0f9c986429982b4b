"""Tenants and the accounts in them: who may consent to what, and who administers."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from sandbox.mail.people import Person

CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the one tenant of all personal accounts
_SPACE = uuid.UUID("6f6c0a1e-7c1c-4d52-9f5a-0b1f6f2a7e11")


class Policy(StrEnum):
    """What an organisation lets its people do with third-party apps."""

    ALLOWED = "allowed"  # everybody may consent
    APPROVAL = "approval"  # only an administrator may, people can send a request
    APPROVAL_SILENT = "approval_silent"  # only an administrator may, and there is no request to send
    UNASSIGNED = "unassigned"  # the app is there, but only for assigned people
    ABSENT = "absent"  # the app does not exist in the organisation's eyes
    CONDITIONAL = "conditional"  # access policies refuse this sign-in


@dataclass(slots=True)
class Tenant:
    """One organisation, or all personal accounts. Its fields are dials.

    `consented`: what an administrator granted, client id → scopes. `requests`: addresses that asked for
    approval. `needs_mfa`: refreshing asks for a new sign-in. `withheld`: scopes that tokens come without
    although they were asked for and granted (RFC 6749 5.1 allows it).
    """

    id: str
    domain: str  # "" for personal accounts
    kind: Literal["personal", "work", "school"] = "work"
    policy: Policy = Policy.ALLOWED
    admins: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    consented: dict[str, set[str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    needs_mfa: bool = False
    withheld: set[str] = field(default_factory=set)

    @property
    def personal(self) -> bool:
        return self.kind == "personal"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in. `person` is None for an administrator without a mailbox in this world."""

    name: str
    address: str  # the userPrincipalName
    oid: str
    tenant: Tenant
    person: Person | None

    @property
    def key(self) -> str:
        return self.oid

    @property
    def administers(self) -> bool:
        return self.address.lower() in self.tenant.admins

    @property
    def home_id(self) -> tuple[str, str]:
        """Give uid and utid, of which clients make `home_account_id`."""
        return self.oid, self.tenant.id


def tenant_id(domain: str) -> str:
    """Make the id of an organisation: stable, so that equal worlds have equal ids."""
    return str(uuid.uuid5(_SPACE, "tenant:" + domain.lower()))


def object_id(address: str, *, personal: bool) -> str:
    """Make the id of an account; those of personal accounts begin with noughts."""
    made = str(uuid.uuid5(_SPACE, "account:" + address.lower()))
    return "00000000-0000-0000-" + made[19:] if personal else made
