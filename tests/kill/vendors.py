"""The two ways a message goes out: what is walked of each, how each fails, how each may end."""

from dataclasses import dataclass
from typing import Any

from tests.flows.writing.post import ANN

# what has effects, whoever carries the message; in `make proof` the pure computing between is walked too
_OURS = (
    "bot/inbox/addressing.py", "bot/inbox/jobs.py", "bot/inbox/outbox.py", "bot/inbox/sending.py",
    "bot/inbox/write_forms.py", "bot/inbox/write_listeners.py", "bot/inbox/writing.py", "bot/connections.py",
    "bot/engine", "bot/visits.py", "store",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vendor:
    """`acting`: the files that have effects, `protocol`: those that decide, `own`: those of no other vendor.

    `ends`: how a message may end. `outlook`: whose mailboxes are Microsoft's (sandbox.seed.plant).
    """

    name: str
    acting: tuple[str, ...]
    protocol: tuple[str, ...]
    own: tuple[str, ...]
    service: str
    sending: str
    ends: tuple[str, ...]
    outlook: tuple[str, ...] = ()

    def fault(self, kind: str, **how: Any) -> dict[str, Any]:
        """What goes wrong with the one request that cannot be undone."""
        return {"service": self.service, "kind": kind, "path": self.sending, **how}

    def __str__(self) -> str:
        return self.name


_GOOGLE = tuple(
    f"providers/google/{one}.py" for one in ("api", "batch", "client", "gmail", "sending", "transport")
)
_MICROSOFT = tuple(f"providers/microsoft/{one}.py" for one in ("batch", "gate", "graph", "mail", "sending"))
GMAIL = Vendor(
    "gmail",
    (*_OURS, *_GOOGLE),
    ("bot/inbox/sending.py", "providers/google/sending.py"),
    ("bot/inbox/sending.py", *_GOOGLE),
    "google",
    "POST .*/drafts/send",
    ("sent",),
)
OUTLOOK = Vendor(
    "outlook",
    (*_OURS, *_MICROSOFT),
    ("bot/inbox/sending.py", "providers/microsoft/sending.py", "providers/microsoft/graph.py"),
    ("bot/inbox/sending.py", *_MICROSOFT),
    "graph",
    "POST .*/reply",
    ("sent", "uncertain"),
    (ANN,),
)
