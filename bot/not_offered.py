"""A vendor whose settings were taken out while mailboxes of it are still connected.

Their members see the accounts and can disconnect them; whatever needs the vendor is the operator's fault.
"""

from collections.abc import Mapping
from typing import NoReturn

from providers import Provider
from providers.errors import OperatorFault
from providers.oauth import Authorization, Capability, ConnectedIdentity, Tokens


class NotOffered:
    """An OAuth client that nobody has set up."""

    def begin(
        self, state: str, redirect_uri: str, capabilities: frozenset[Capability], login_hint: str
    ) -> Authorization:
        """Refuse."""
        _refuse(state, redirect_uri, capabilities, login_hint)

    def finish(self, flow: str, redirect_uri: str, query: Mapping[str, str]) -> ConnectedIdentity:
        """Refuse."""
        _refuse(flow, redirect_uri, query)

    def refresh(self, tokens: Tokens) -> Tokens:
        """Refuse."""
        _refuse(tokens)

    def revoke(self, tokens: Tokens) -> bool:
        """Refuse: what is deleted here lives on at the vendor until its holder takes it back there."""
        _refuse(tokens)


def not_offered(name: str) -> Provider:
    """Stand in for the vendor with this name."""
    label = name.capitalize()
    return Provider(
        name=name,
        label=label,
        company=label,
        oauth=NotOffered(),
        asks=frozenset(),
        open_mailbox=lambda _token, _address: _refuse(),
        open_calendar=lambda _token, _address: _refuse(),
        sends_once=False,
        close=lambda: None,
    )


def _refuse(*_asked: object) -> NoReturn:
    raise OperatorFault("not_offered")
