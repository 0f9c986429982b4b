"""Everything a provider can refuse, in our words.

ProviderError
├─ ReconnectRequired          access was withdrawn or refused; only the person can mend it
├─ PermissionMissing          the grant lacks a capability
│  └─ AdminApprovalRequired   the organisation decides, not the person
├─ NotFound                   the thing is gone
├─ Conflict                   somebody else changed it first (etag)
├─ CursorExpired              the cursor is too old: scan again from a date
├─ Refused                    the provider understood and said no; the same request will not succeed
├─ RateLimited                too much, wait retry_after
├─ Unavailable                5xx, time-out, broken answer: safe to repeat *reads*
├─ DeliveryUncertain          a send ended without an answer: never repeated blindly
└─ OperatorFault              our own configuration is wrong (client secret); never the person's fault

A vendor folder turns its exceptions into these in one function; nothing above knows a vendor's error.
Messages are for logs: no address, subject, token or body ever stands in one.
"""

from datetime import timedelta


class ProviderError(Exception):
    """Any failure of a provider. `code` is the vendor's own word for it, safe to log."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code
        # Set by whoever opened the mailbox: which one it was, for the sentence the person gets.
        self.label = ""
        self.account_id = ""


class ReconnectRequired(ProviderError):
    """The grant is dead: revoked, expired, password changed. Repeating will not help."""


class PermissionMissing(ProviderError):
    """The grant lives but lacks a capability."""

    def __init__(self, capability: str, code: str = "") -> None:
        super().__init__(code)
        self.capability = capability  # a providers.oauth.Capability value


class AdminApprovalRequired(PermissionMissing):
    """An administrator of the mailbox's organisation must approve or has blocked Mailroom."""


class NotFound(ProviderError):
    """The message, thread, draft or attachment does not exist any more."""


class Conflict(ProviderError):
    """The thing was changed since it was read."""


class CursorExpired(ProviderError):
    """The cursor is older than the provider's memory."""


class Refused(ProviderError):
    """A clear no (4xx) with nothing done: invalid recipient, too large, sending blocked."""


class RateLimited(ProviderError):
    """The provider asks for patience. `retry_after` is its own figure, or our guess when it gave none."""

    def __init__(self, retry_after: timedelta, code: str = "") -> None:
        super().__init__(code)
        self.retry_after = retry_after


class Unavailable(ProviderError):
    """5xx, time-out, connection lost, unreadable answer. Says nothing about whether a write took effect."""


class DeliveryUncertain(ProviderError):
    """A send was on its way when the connection ended. Look for evidence before anything else."""


class OperatorFault(ProviderError):
    """Client id, secret or redirect address is wrong: for the operator's log, never the member's fault."""
