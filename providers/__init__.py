"""Mail and calendar providers: vendor-neutral on the outside, one folder per vendor inside."""

from collections.abc import Callable
from dataclasses import dataclass

from providers.calendar import Calendar
from providers.mail import Mailbox
from providers.oauth import Approval, Capability, OAuthClient


@dataclass(frozen=True, slots=True)
class Provider:
    """One vendor, ready to be used: what app.py builds and hands to the application."""

    name: str  # stands in rows and payloads: "google"
    label: str  # what people call the mailbox: "Gmail"
    company: str  # whom they sign in with: "Google"
    oauth: OAuthClient
    asks: frozenset[Capability]  # what connecting asks for, the least that reading and answering need
    open_mailbox: Callable[[str, str], Mailbox]  # (access token, login address); opens no connection
    open_calendar: Callable[[str, str], Calendar]  # (access token, login address); opens no connection
    sends_once: bool  # sending the same Prepared again cannot send twice: the provider itself refuses
    close: Callable[[], None]  # ends kept connections; the provider is not used afterwards
    approval: Approval | None = None  # where organisations keep the decision to themselves
    apps_page: str = ""  # where everybody sees which apps have access, and ends it; "" where that depends
    access_page: Callable[[str], str] | None = None  # subject → page to withdraw, where revoke cannot
