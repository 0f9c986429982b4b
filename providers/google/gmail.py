"""One Gmail mailbox behind the neutral protocol: reading. What is sent stands in sending.py.

Source: https://developers.google.com/workspace/gmail/api/reference/rest, reference/providers.md 1
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain

from googleapiclient.http import HttpRequest

from providers.content.addresses import clean_name, normalise
from providers.damaged import Json, list_at, map_at, text_at
from providers.errors import CursorExpired, NotFound, Refused
from providers.google import search
from providers.google.api import GmailApi
from providers.google.attachments import data_in
from providers.google.batch import LARGEST_BATCH, Wait, read_many
from providers.google.conversations import kept, listed, thread_of
from providers.google.convert import ROOT_PART, Elsewhere, elsewhere, part_of, unpacked
from providers.google.correspondents import Correspondents
from providers.google.exchanges import Exchanges
from providers.google.headers import HeaderReads
from providers.google.sending import Sending
from providers.mail import (
    AttachmentStream,
    Changes,
    DraftLink,
    EmailAddress,
    Exchange,
    Outgoing,
    Page,
    Prepared,
    SentMessage,
    Thread,
)
from providers.oauth import Capability

_THREAD_FIELDS = "id,historyId,messages(id,threadId,labelIds,snippet,internalDate,payload)"
_MOST_FETCHED = 2 * LARGEST_BATCH  # parts of one thread that are fetched one by one
_EMPTY_PAGES = 3  # pages without a thread that are passed over before the caller gets one


class GmailMailbox:
    """A mailbox opened with a bare access token; `address` is the one it logs in with.

    Not thread-safe. Raises providers.errors, never the client's.
    """

    def __init__(self, api: GmailApi, access_token: str, address: str, wait: Wait) -> None:
        self._api = api
        self._address = address
        self._http = api.transport.reading(access_token)
        self._wait = wait
        self._reads = HeaderReads(api, self._http, wait)
        self._sending = Sending(api, access_token, address, wait)

    def threads_with(
        self, addresses: Sequence[str], words: str, limit: int, cursor: str | None
    ) -> Page[Thread]:
        """List the threads in two round trips: the list, then a batch with the threads themselves."""
        query = search.search_terms(addresses, words)
        ids, following = self._ids(query, max(1, min(limit, 100)), cursor)
        requests = self._api.for_each(self._api.threads.get, ids, fields=_THREAD_FIELDS)
        answers = read_many(self._api, self._http, requests, self._wait)
        threads = [listed(answers[key], self._address) for key in ids if key in answers]
        # The order of Gmail's list is not promised.
        shown = sorted((one for one in threads if one.messages), key=_newest, reverse=True)
        return Page(tuple(shown), following)

    def _ids(self, query: str, limit: int, cursor: str | None) -> tuple[list[str], str | None]:
        seen = {cursor}
        for _ in range(_EMPTY_PAGES):
            answer = self._page(query, limit, cursor)
            ids = list(dict.fromkeys(text_at(one, "id") for one in list_at(answer, "threads")))
            cursor = text_at(answer, "nextPageToken") or None
            if cursor in seen:  # a list that turns in a circle has ended
                cursor = None
            if [one for one in ids if one] or cursor is None:
                break
            seen.add(cursor)
        return [one for one in ids if one], cursor

    def _page(self, query: str, limit: int, cursor: str | None) -> Json:
        request = self._api.threads.list(
            userId="me", q=query, maxResults=limit, pageToken=cursor, fields="threads(id),nextPageToken"
        )
        try:
            return self._read(request)
        except Refused as refused:
            if cursor is not None:
                raise CursorExpired(refused.code) from None
            raise

    def thread(self, thread_id: str) -> Thread:
        """Fetch one thread, with large texts that Gmail keeps apart."""
        raw = self._read(self._api.threads.get(userId="me", id=thread_id, fields=_THREAD_FIELDS))
        apart = [part for one in kept(raw) for part in elsewhere(one)]
        thread = thread_of(raw, self._fetched(apart[:_MOST_FETCHED]), self._address)
        if not thread.messages:
            raise NotFound("empty")
        return thread

    def _fetched(self, apart: Sequence[Elsewhere]) -> dict[str, dict[str, bytes]]:
        requests = {
            f"{one.message_id} {one.path}": self._api.attachments.get(
                userId="me", messageId=one.message_id, id=one.attachment_id, fields="data"
            )
            for one in apart
        }
        found: dict[str, dict[str, bytes]] = {}
        for key, answer in read_many(self._api, self._http, requests, self._wait).items():
            message_id, _, path = key.partition(" ")
            found.setdefault(message_id, {})[path] = unpacked(text_at(answer, "data"))
        return found

    def attachment(self, message_id: str, part: str) -> AttachmentStream:
        """Open an attachment: its id is good only for the moment, so the message is asked for a new one."""
        raw = self._read(self._api.messages.get(userId="me", id=message_id, fields="id,payload"))
        payload = next(_with_path(map_at(raw, "payload"), part), None)
        if payload is None:
            raise NotFound("part")
        about, body = part_of({**payload, "parts": []}, {}), map_at(payload, "body")
        chunks = iter([unpacked(text_at(body, "data"))])
        if key := text_at(body, "attachmentId"):
            request = self._api.attachments.get(userId="me", messageId=message_id, id=key, fields="data")
            chunks = data_in(self._api.stream(request, self._http, Capability.READ))
        return AttachmentStream(about.name, about.type, about.size or None, _begun(chunks))

    def own_addresses(self) -> tuple[EmailAddress, ...]:
        """List the address of the account and the aliases that Gmail has verified."""
        entries = list_at(self._read(self._api.send_as.list(userId="me")), "sendAs")
        usual = next((text_at(one, "displayName") for one in entries if one.get("isPrimary")), "")
        own = {normalise(self._address): clean_name(usual)}
        for one in entries:
            if one.get("isPrimary") or one.get("verificationStatus") == "accepted":
                with suppress(ValueError):
                    name = text_at(one, "displayName") or usual
                    own[normalise(text_at(one, "sendAsEmail"))] = clean_name(name)
        return tuple(EmailAddress(address, name) for address, name in own.items())

    def correspondents(self, since: datetime, cursor: str | None, every_sender: bool = False) -> Changes:
        """Look for people: one header for each, and what the lists say of their other mails."""
        return Correspondents(self._api, self._http, self._reads).stretch(since, cursor, every_sender)

    def exchanges(
        self,
        addresses: Sequence[str],
        since: datetime | None = None,
        *,
        sent: bool = True,
        newest: bool = True,
    ) -> tuple[Exchange, ...]:
        """Ask what was written to each address, and with `since` what came from it."""
        return Exchanges(self._reads).of(addresses, since, sent=sent, newest=newest)

    def prepare(self, outgoing: Outgoing, key: str) -> Prepared:
        """Put the message down as a draft that carries the key, or adopt the draft that does."""
        return self._sending.prepare(outgoing, key)

    def send(self, prepared: Prepared) -> SentMessage | None:
        """Send that draft, once. Raises Conflict when its recipients were changed in Gmail."""
        return self._sending.send(prepared)

    def find_sent(self, prepared: Prepared) -> SentMessage | None:
        """Look for the message that the draft became."""
        return self._sending.find_sent(prepared)

    def discard(self, prepared: Prepared) -> None:
        """Delete that draft, unless it was changed in Gmail."""
        self._sending.discard(prepared)

    def save_draft(self, outgoing: Outgoing) -> DraftLink:
        """Leave a draft for the person."""
        return self._sending.save_draft(outgoing)

    def search_link(self, addresses: Sequence[str]) -> str:
        """Make the address of Gmail's page with everything from or to these addresses."""
        return search.search_link(self._address, addresses)

    def _read(self, request: HttpRequest) -> Json:
        return self._api.execute(request, self._http, Capability.READ)


def _newest(thread: Thread) -> datetime:
    return max(one.date for one in thread.messages)


def _with_path(payload: Json, path: str) -> Iterator[Json]:
    waiting = [payload]
    while waiting:
        part = waiting.pop()
        leaf = not text_at(part, "mimeType").startswith("multipart/")
        if leaf and (text_at(part, "partId") or ROOT_PART) == path:
            yield part
        waiting.extend(list_at(part, "parts"))


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Fetch the first piece now: a refusal is told by the call, not in the middle of a download."""
    first = next(chunks, b"")
    return chain([first], chunks)
