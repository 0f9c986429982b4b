"""Whose mailbox a fresh grant opens: the address, and the proof that it is theirs.

The `mail` of an account is what its organisation wrote down, and an organisation can write down any address.
Exchange Online accepts only domains that the organisation has proved to own: so the address counts once the
account has opened a mailbox there. The login name (userPrincipalName) is always of a proved domain.
Source: https://learn.microsoft.com/graph/api/user-get, reference/providers.md 4
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from providers.content.addresses import clean_name, normalise
from providers.errors import NotFound, PermissionMissing, ProviderError, Refused
from providers.mail import EmailAddress
from providers.microsoft.batch import Outcomes, json_of, read_many
from providers.microsoft.errors import NO_MAILBOX
from providers.microsoft.graph import Access, Graph, Json
from providers.oauth import Capability, SignInRefused, Tokens

_ME = "/me?$select=mail,userPrincipalName,displayName"
_ALL = "/me?$select=mail,userPrincipalName,displayName,proxyAddresses"
_INBOX = "/me/mailFolders/inbox?$select=id"


@dataclass(frozen=True, slots=True)
class Profile:
    """The holder of a mailbox."""

    address: str
    name: str


def read_profile(graph: Graph, tokens: Tokens, claims: Mapping[str, Any]) -> Profile:
    """Ask who it is and whether there is a mailbox. Raises SignInRefused and providers.errors."""
    access = graph.access(tokens.access_token, str(claims["oid"]))
    reads = Capability.READ in tokens.granted
    outcomes = read_many(graph, access, {"me": _ME, **({"inbox": _INBOX} if reads else {})})
    if reads:
        _check_mailbox(outcomes["inbox"])
    me = _optional(outcomes, "me")
    login = _address_of(me.get("userPrincipalName")) or _address_of(claims.get("preferred_username"))
    address = (_address_of(me.get("mail")) if reads else "") or login
    if not address:
        raise SignInRefused("failed", "no_address")
    return Profile(address, clean_name(str(me.get("displayName") or claims.get("name") or "")))


def _check_mailbox(outcome: Json | ProviderError) -> None:
    if isinstance(outcome, Refused | NotFound) and outcome.code in NO_MAILBOX:
        raise SignInRefused("no_mailbox", outcome.code)
    json_of(outcome)


def _optional(outcomes: Outcomes, key: str) -> Json:
    outcome = outcomes[key]
    return {} if isinstance(outcome, PermissionMissing) else json_of(outcome)


def read_addresses(graph: Graph, access: Access, login: str) -> tuple[EmailAddress, ...]:
    """List the login address and the mailbox's others. What an organisation only noted down is left out."""
    me = graph.get(access, _ALL, Capability.READ)
    name = clean_name(str(me.get("displayName") or ""))
    listed = me.get("proxyAddresses")
    proxies = [str(one) for one in listed] if isinstance(listed, list) else []
    others = [one[5:] for one in proxies if one[:5].lower() == "smtp:"]
    found = [_address_of(one) for one in (login, me.get("mail"), me.get("userPrincipalName"), *others)]
    return tuple(EmailAddress(one, name) for one in dict.fromkeys(found) if one)


def _address_of(value: object) -> str:
    """Normalise; "" for none, and for the made-up login names of guests."""
    if isinstance(value, str) and "#ext#" not in value.lower():
        with suppress(ValueError):
            return normalise(value)
    return ""
