"""Sending through Outlook with Mail.Send alone: one attempt, and evidence of it in Sent Items.

Graph gives no id for a sending and knows no key that would make a second one harmless. So every message
carries a property of ours; what ended without a clear answer is looked for by it and never sent again here.
Source: reference/providers.md 3.3, reference/reliability.md 4.2
"""

import json

from providers.damaged import list_at, moment_at, text_at
from providers.errors import (
    Conflict,
    CursorExpired,
    DeliveryUncertain,
    NotFound,
    ProviderError,
    RateLimited,
    Refused,
    Unavailable,
)
from providers.mail import DraftLink, Outgoing, Prepared, SentMessage
from providers.microsoft import search
from providers.microsoft.errors import NEVER_LEFT
from providers.microsoft.graph import Access, Answer, Graph
from providers.microsoft.outgoing import message_of
from providers.oauth import Capability


class Sending:
    """The writing half of a mailbox."""

    def __init__(self, graph: Graph, access: Access, account: str) -> None:
        self._graph = graph
        self._access = access
        self._account = account

    def prepare(self, outgoing: Outgoing, key: str) -> Prepared:
        """Check what can be checked here. The same key again prepares whatever the words are now."""
        message_of(outgoing, key, self._account)
        return Prepared(key, json.dumps({"v": 1, "marker": key}), outgoing)

    def send(self, prepared: Prepared) -> SentMessage | None:
        """Make the one attempt. None: taken; Sent Items will show it after some moments.

        Raises DeliveryUncertain for whatever is no clear refusal, Unavailable when Microsoft was not reached.
        """
        outgoing = prepared.outgoing
        message = message_of(outgoing, _marker(prepared), self._account)
        if outgoing.in_reply_to:
            path = search.message(outgoing.in_reply_to.message_id, "reply")
            answer = self._attempt(path, {"message": message})
        else:
            answer = self._attempt("/me/sendMail", {"message": message, "saveToSentItems": True})
        if answer.status == 202:
            return None
        failure = self._graph.failure(answer, Capability.SEND)
        if not 400 <= answer.status < 500 or isinstance(failure, Unavailable):
            raise DeliveryUncertain(failure.code)
        raise _refusal(failure, answer.status)

    def _attempt(self, path: str, body: dict[str, object]) -> Answer:
        try:
            return self._graph.post(self._access, path, body)
        except Unavailable as failure:
            if failure.code in (NEVER_LEFT, "mailbox_busy"):
                raise
            code = failure.code
        raise DeliveryUncertain(code)

    def find_sent(self, prepared: Prepared) -> SentMessage | None:
        """Ask Sent Items for our property."""
        answer = self._graph.get(self._access, search.marked(_marker(prepared)), Capability.READ)
        for one in list_at(answer, "value"):
            if one.get("isDraft") is not True and text_at(one, "id"):
                at = moment_at(one, "sentDateTime", "receivedDateTime")
                return SentMessage(text_at(one, "id"), text_at(one, "conversationId"), at)
        return None

    def save_draft(self, outgoing: Outgoing) -> DraftLink:
        """Write a draft that is the person's own: without our property, never taken for a sending."""
        message = message_of(outgoing, "", self._account)
        if outgoing.in_reply_to:
            path = search.message(outgoing.in_reply_to.message_id, "createReply")
            answer = self._graph.post(self._access, path, {"message": message})
        else:
            answer = self._graph.post(self._access, "/me/messages", message)
        if answer.status != 201:
            raise self._graph.failure(answer, Capability.DRAFT)
        made = answer.read()
        return DraftLink(text_at(made, "id"), search.safe_link(text_at(made, "webLink"), self._account))


def _marker(prepared: Prepared) -> str:
    """Read what an earlier run noted down; it is the key, whatever else changes."""
    try:
        found = json.loads(prepared.ref)["marker"]
    except (ValueError, LookupError, TypeError):
        found = prepared.key
    return search.key_of(str(found))


def _refusal(failure: ProviderError, status: int) -> ProviderError:
    """Say a clear no to a sending in the words of the protocol: nothing was done."""
    if isinstance(failure, NotFound | Conflict | CursorExpired):
        return Refused(failure.code)  # what was to be answered is gone
    if isinstance(failure, RateLimited) and status != 429:
        return DeliveryUncertain(failure.code)
    return failure
