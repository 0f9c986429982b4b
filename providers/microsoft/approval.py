"""An administrator's approval for a whole organisation: where it is given, and what comes back.

What comes back is no sign-in: the administrator need not be a member, and nobody is connected by it.
Source: https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from providers.microsoft.authority import MICROSOFT
from providers.microsoft.refusals import sign_in_refused
from providers.oauth import Capability, SignInRefused

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GRAPH = "https://graph.microsoft.com/"


@dataclass(frozen=True, slots=True)
class AdminConsent:
    """Microsoft's side of `providers.oauth.Approval`."""

    client_id: str
    on_the_wire: Callable[[str], str]
    scopes_of: Callable[[frozenset[Capability]], list[str]]

    def link(self, state: str, redirect_uri: str, capabilities: frozenset[Capability]) -> str:
        """Make the address to send to an administrator. It works for whichever organisation they govern."""
        asked = {
            "client_id": self.client_id,
            "scope": " ".join(f"{_GRAPH}{one}" for one in self.scopes_of(capabilities)),
            "redirect_uri": redirect_uri,
            "state": state,
        }
        return self.on_the_wire(f"{MICROSOFT}/organizations/v2.0/adminconsent?{urlencode(asked)}")

    def read(self, query: Mapping[str, str]) -> str:
        """Read which organisation approved. Raises SignInRefused."""
        if query.get("error"):
            refused = sign_in_refused(query)
            raise refused if isinstance(refused, SignInRefused) else SignInRefused("failed", refused.code)
        organisation = query.get("tenant", "").lower()
        if query.get("admin_consent", "").lower() != "true" or not _ID.fullmatch(organisation):
            raise SignInRefused("failed", "no_approval")
        return organisation
