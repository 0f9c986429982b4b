"""Sending through Gmail exactly once: a draft with our key in its header, then that draft and no other.

A draft vanishes when it is sent, so a second attempt with the same draft finds nothing: whatever is killed or
lost on the way, sending the same Prepared again never sends twice.
Source: https://developers.google.com/workspace/gmail/api/guides/drafts, reference/reliability.md 4.2
"""

import base64
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from googleapiclient.http import HttpRequest

from providers.content.addresses import parse_addresses
from providers.content.compose import KEY_HEADER, Unsendable, compose
from providers.damaged import Json, list_at, map_at, text_at
from providers.errors import Conflict, DeliveryUncertain, NotFound, Refused, Unavailable
from providers.google import search
from providers.google.api import GmailApi
from providers.google.batch import LARGEST_BATCH, Wait, read_many
from providers.google.convert import date_of, first, headers_of, labels_of
from providers.google.errors import NEVER_LEFT
from providers.mail import DraftLink, Outgoing, Prepared, SentMessage
from providers.oauth import Capability

_FOUND_FIELDS = "id,threadId,labelIds,internalDate,payload/headers"
_MOST_DRAFTS = 2 * LARGEST_BATCH


class _Ref(NamedTuple):
    """What `Prepared.ref` holds: the draft, its conversation, and the message that it was prepared with."""

    draft: str
    thread: str
    message: str


class Sending:
    """The writing half of a mailbox."""

    def __init__(self, api: GmailApi, access_token: str, address: str, wait: Wait) -> None:
        self._api = api
        self._address = address
        self._reading = api.transport.reading(access_token)
        self._writing = api.transport.writing(access_token)
        self._wait = wait

    def prepare(self, outgoing: Outgoing, key: str) -> Prepared:
        """Make the draft, or give the draft that carries the key this very content."""
        body = {"message": _message(outgoing, key, self._api.now())}
        draft = self._draft_with(outgoing, key)
        if draft:
            answer = self._write(self._api.drafts.update(userId="me", id=draft, body=body), Capability.DRAFT)
        else:
            answer = self._write(self._api.drafts.create(userId="me", body=body), Capability.DRAFT)
        made = text_at(answer, "id")
        if not made:
            raise Unavailable("unreadable_answer")
        message = text_at(map_at(answer, "message"), "id")
        ref = json.dumps({"v": 1, "draft": made, "thread": _thread_of(answer), "message": message})
        return Prepared(key, ref, outgoing)

    def _draft_with(self, outgoing: Outgoing, key: str) -> str:
        """Look through the latest drafts; search would not do, it knows new drafts only after a while."""
        fields = "drafts(id,message(id,threadId))"
        listed = self._read(self._api.drafts.list(userId="me", maxResults=100, fields=fields))
        drafts = {text_at(map_at(one, "message"), "id"): one for one in list_at(listed, "drafts")}
        if answer := outgoing.in_reply_to:
            drafts = {one: drafts[one] for one in drafts if _thread_of(drafts[one]) == answer.thread_id}
        found = self._with_key(list(drafts)[:_MOST_DRAFTS], key)
        return text_at(drafts[text_at(found[0], "id")], "id") if found else ""

    def _with_key(self, message_ids: Iterable[str], key: str) -> list[Json]:
        requests = {
            one: self._api.messages.get(
                userId="me", id=one, format="metadata", metadataHeaders=[KEY_HEADER], fields=_FOUND_FIELDS
            )
            for one in message_ids
        }
        answers = read_many(self._api, self._reading, requests, self._wait)
        return [one for one in answers.values() if _key_of(one) == key]

    def send(self, prepared: Prepared) -> SentMessage | None:
        """Send the draft. A draft that is gone may have been sent before: that is uncertain, not refused."""
        ref = _read_ref(prepared.ref)
        try:
            self._check_recipient(ref.draft, prepared)
        except NotFound:
            raise DeliveryUncertain("draft_gone") from None
        answer = self._send(ref.draft)
        if not text_at(answer, "id"):
            return None
        at = date_of(answer) if answer.get("internalDate") else self._api.now()
        return SentMessage(text_at(answer, "id"), text_at(answer, "threadId"), at)

    def _check_recipient(self, draft: str, prepared: Prepared) -> None:
        """Compare the draft with what was decided: the person can edit it in Gmail at any time."""
        request = self._api.drafts.get(
            userId="me", id=draft, format="metadata", fields="id,message/payload/headers"
        )
        headers = headers_of(map_at(self._read(request), "message"))
        parties = parse_addresses(value for name in ("to", "cc", "bcc") for value in headers.get(name, ()))
        if [one.address for one in parties] != [prepared.outgoing.to.address]:
            raise Conflict("draft_changed")

    def _send(self, draft: str) -> Json:
        request = self._api.drafts.send(userId="me", body={"id": draft})
        try:
            return self._api.execute(request, self._writing, Capability.SEND)
        except (Unavailable, NotFound) as failure:
            if failure.code == NEVER_LEFT:
                raise
            raise DeliveryUncertain(failure.code) from None

    def find_sent(self, prepared: Prepared) -> SentMessage | None:
        """Look in the conversation, then under Sent. A draft that still stands was not sent."""
        ref = _read_ref(prepared.ref)
        if self._standing(ref.draft) is not None:
            return None
        for candidates in (self._in_thread(ref.thread), self._under_sent(prepared)):
            for one in candidates:
                if _key_of(one) == prepared.key and "SENT" in labels_of(one):
                    return _sent(one)
        return None

    def _standing(self, draft: str) -> str | None:
        """Find the message that a draft holds now: each change gives it another. None: there is no draft."""
        request = self._api.drafts.get(userId="me", id=draft, format="minimal", fields="id,message/id")
        try:
            return text_at(map_at(self._read(request), "message"), "id")
        except NotFound:
            return None

    def discard(self, prepared: Prepared) -> None:
        """Delete the draft while it is the very one that was prepared."""
        ref = _read_ref(prepared.ref)
        if ref.message and self._standing(ref.draft) == ref.message:
            with suppress(NotFound):
                self._write(self._api.drafts.delete(userId="me", id=ref.draft), Capability.DRAFT)

    def _in_thread(self, thread: str) -> list[Json]:
        if not thread:
            return []
        request = self._api.threads.get(
            userId="me",
            id=thread,
            format="metadata",
            metadataHeaders=[KEY_HEADER],
            fields=f"messages({_FOUND_FIELDS})",
        )
        try:
            return list_at(self._read(request), "messages")
        except NotFound:
            return []

    def _under_sent(self, prepared: Prepared) -> list[Json]:
        terms = search.sent_terms(prepared.outgoing.to.address)
        listed = self._read(
            self._api.messages.list(userId="me", q=terms, maxResults=LARGEST_BATCH, fields="messages(id)")
        )
        return self._with_key((text_at(one, "id") for one in list_at(listed, "messages")), prepared.key)

    def save_draft(self, outgoing: Outgoing) -> DraftLink:
        """Make a draft that is the person's own: without our key, so that it is never taken for a sending."""
        body = {"message": _message(outgoing, "", self._api.now())}
        answer = self._write(self._api.drafts.create(userId="me", body=body), Capability.DRAFT)
        message = text_at(map_at(answer, "message"), "id")
        return DraftLink(text_at(answer, "id"), search.draft_link(self._address, message))

    def _read(self, request: HttpRequest) -> Json:
        return self._api.execute(request, self._reading, Capability.READ)

    def _write(self, request: HttpRequest, capability: Capability) -> Json:
        return self._api.execute(request, self._writing, capability)


def _message(outgoing: Outgoing, key: str, at: datetime) -> dict[str, str]:
    try:
        raw = compose(outgoing, key, at)
    except Unsendable as error:
        raise Refused(f"unsendable_{str(error).replace(' ', '_')}") from None
    message = {"raw": base64.urlsafe_b64encode(raw).decode("ascii")}
    if outgoing.in_reply_to:
        message["threadId"] = outgoing.in_reply_to.thread_id
    return message


def _thread_of(draft: Json) -> str:
    return text_at(map_at(draft, "message"), "threadId")


def _read_ref(ref: str) -> _Ref:
    try:
        found = json.loads(ref)
        return _Ref(str(found["draft"]), str(found["thread"]), str(found.get("message", "")))
    except (ValueError, LookupError, TypeError, AttributeError):
        raise NotFound("ref") from None


def _key_of(raw: Json) -> str:
    return first(headers_of(raw), KEY_HEADER.lower()).strip()


def _sent(raw: Json) -> SentMessage:
    return SentMessage(text_at(raw, "id"), text_at(raw, "threadId"), date_of(raw))
