"""Every method that Gmail has here: where it is, who may call it, what it costs, what it answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.google.gmail import reading, sending, settings
from sandbox.google.gmail.call import Call
from sandbox.google.gmail.resources import Json
from sandbox.google.scopes import COMPOSE, LABELS, MAIL, METADATA, MODIFY, READONLY, SEND, SETTINGS

READ = frozenset({MAIL, MODIFY, READONLY})
LOOK = READ | {METADATA}
WRITE = frozenset({MAIL, MODIFY, COMPOSE})
LISTING = frozenset({"q", "maxResults", "pageToken", "includeSpamTrash"})
FORMAT = frozenset({"format", "metadataHeaders"})


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `units`: https://developers.google.com/workspace/gmail/api/reference/quota."""

    id: str
    http: str
    path: str  # below /gmail/v1/users/{userId}
    answers: str
    units: int
    scopes: frozenset[str]
    run: Callable[[Call], Json]
    query: frozenset[str] = frozenset()
    upload: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        path = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        return re.compile(rf"/gmail/v1/users/(?P<userId>[^/]+)/{path}")

    @property
    def rpc(self) -> str:
        """Name it as Google's error details do."""
        resource, _, verb = self.id.rpartition(".")
        noun = resource.rpartition(".")[2]
        return f"caribou.api.proto.MailboxService.{verb[:1].upper()}{verb[1:]}{noun[:1].upper()}{noun[1:]}"


METHODS = (
    Method("users.getProfile", "GET", "profile", "Profile", 1, LOOK | WRITE, settings.get_profile),
    Method(
        "users.threads.list",
        "GET",
        "threads",
        "ListThreadsResponse",
        10,
        LOOK,
        reading.list_threads,
        LISTING | {"labelIds"},
    ),
    Method("users.threads.get", "GET", "threads/{id}", "Thread", 40, LOOK, reading.get_thread, FORMAT),
    Method(
        "users.messages.list",
        "GET",
        "messages",
        "ListMessagesResponse",
        5,
        LOOK,
        reading.list_messages,
        LISTING | {"labelIds"},
    ),
    Method("users.messages.get", "GET", "messages/{id}", "Message", 20, LOOK, reading.get_message, FORMAT),
    Method(
        "users.messages.attachments.get",
        "GET",
        "messages/{messageId}/attachments/{id}",
        "MessagePartBody",
        20,
        READ,
        reading.get_attachment,
    ),
    Method(
        "users.messages.send",
        "POST",
        "messages/send",
        "Message",
        100,
        WRITE | {SEND},
        sending.send_message,
        upload=True,
    ),
    Method(
        "users.drafts.list",
        "GET",
        "drafts",
        "ListDraftsResponse",
        5,
        READ | WRITE,
        sending.list_drafts,
        LISTING,
    ),
    Method(
        "users.drafts.get",
        "GET",
        "drafts/{id}",
        "Draft",
        20,
        READ | WRITE,
        sending.get_draft,
        frozenset({"format"}),
    ),
    Method("users.drafts.create", "POST", "drafts", "Draft", 10, WRITE, sending.create_draft, upload=True),
    Method(
        "users.drafts.update", "PUT", "drafts/{id}", "Draft", 15, WRITE, sending.update_draft, upload=True
    ),
    Method(
        "users.drafts.send", "POST", "drafts/send", "Message", 100, WRITE, sending.send_draft, upload=True
    ),
    Method("users.drafts.delete", "DELETE", "drafts/{id}", "Empty", 10, WRITE, sending.delete_draft),
    Method(
        "users.labels.list", "GET", "labels", "ListLabelsResponse", 1, LOOK | {LABELS}, settings.list_labels
    ),
    Method(
        "users.settings.sendAs.list",
        "GET",
        "settings/sendAs",
        "ListSendAsResponse",
        1,
        READ | {SETTINGS},
        settings.list_send_as,
    ),
    Method(
        "users.history.list",
        "GET",
        "history",
        "ListHistoryResponse",
        2,
        LOOK,
        settings.list_history,
        frozenset({"startHistoryId", "historyTypes", "labelId", "maxResults", "pageToken"}),
    ),
)
_PATTERNS = tuple((method, method.pattern) for method in METHODS)


def find(http: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Find the method behind a request line."""
    for method, pattern in _PATTERNS:
        if method.http == http and (found := pattern.fullmatch(path)):
            return method, found.groupdict()
    return None
