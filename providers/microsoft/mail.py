"""One Outlook mailbox behind the neutral protocol: reading. What is sent stands in sending.py.

Source: https://learn.microsoft.com/graph/api/resources/mail-api-overview, reference/providers.md 3
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain

from providers.content.addresses import normalise
from providers.damaged import Json, list_at, text_at
from providers.errors import NotFound, ProviderError, Refused
from providers.mail import (
    AttachmentStream,
    Changes,
    DraftLink,
    EmailAddress,
    Exchange,
    Outgoing,
    Packed,
    Page,
    Prepared,
    SentMessage,
    Thread,
)
from providers.microsoft import search
from providers.microsoft.batch import Outcomes, json_of, read_many
from providers.microsoft.convert import (
    CLOUD_LINK,
    attachment_of,
    body_size,
    is_kept,
    message_of,
    takes_part,
    thread_of,
)
from providers.microsoft.correspondents import Correspondents
from providers.microsoft.enclosed import with_enclosed
from providers.microsoft.exchanges import Exchanges
from providers.microsoft.folders import NAMES, Folders, KnownFolders
from providers.microsoft.graph import Graph
from providers.microsoft.listing import Found, Start, conversations, read_start
from providers.microsoft.profile import read_addresses
from providers.microsoft.sending import Sending
from providers.oauth import Capability

_MOST_HITS = 1000  # more a search never gives
_LARGEST_PAGE = 250  # of them in one answer
_HITS_FOR_EACH = 5  # messages read for each conversation that is wanted
_PAGE = 50  # messages of one conversation in an answer
_MOST_PAGES = 20
_LARGEST_IN_LIST = 1024 * 1024  # characters of body text a thread may bring into a list
_CHARACTER = 2  # bytes in memory: Python keeps text in one to four
_AROUND = 4096  # bytes of a message's JSON beside its bodies, as objects, measured generously
_QUESTION = "question"


class OutlookMailbox:
    """A mailbox opened with a bare access token; `address` is the one it logs in with.

    Not thread-safe. Raises providers.errors.
    """

    def __init__(self, graph: Graph, known: KnownFolders, access_token: str, address: str) -> None:
        self._graph = graph
        self._known = known
        self._address = normalise(address)
        self._access = graph.access(access_token, self._address)
        self._sending = Sending(graph, self._access, self._address)

    def threads_with(
        self, addresses: Sequence[str], words: str, limit: int, cursor: str | None
    ) -> Page[Thread]:
        """List the threads in two round trips: the search, then a batch with the conversations themselves."""
        start, limit = read_start(cursor), max(1, min(limit, 100))
        found, folders, more = self._found(search.checked(addresses), words, start, limit)
        page = found[:limit]
        whole = self._whole([one.id for one in page])
        threads = [self._listed(one.id, whole.get(one.id, []), folders) for one in page]
        shown = sorted((one for one in threads if one.messages), key=_newest, reverse=True)
        following = start.behind(page[-1], len(page)) if page and (more or len(found) > limit) else None
        return Page(tuple(shown), following)

    def _found(
        self, addresses: Sequence[str], words: str, start: Start, limit: int
    ) -> tuple[list[Found], Folders, bool]:
        """Search until there are enough conversations; says also whether there may be more."""
        top = min(_LARGEST_PAGE, _HITS_FOR_EACH * (start.shown + limit))
        answer, folders = self._with_folders(search.hits(addresses, words, top))
        hits: list[Json] = []
        seen = 0
        while True:
            listed = list_at(answer, "value")
            seen += len(listed)
            hits += [one for one in listed if is_kept(one, folders) and takes_part(one, addresses)]
            found = [one for one in conversations(hits) if start.follows(one)]
            link = text_at(answer, "@odata.nextLink") if seen < _MOST_HITS and listed else ""
            if len(found) >= limit or not link:
                break
            answer = self._read(self._graph.path_of(link))
        if not hits and not words:
            found = conversations(self._unsearchable(addresses, folders, top))
        return found, folders, bool(link)

    def _unsearchable(self, addresses: Sequence[str], folders: Folders, top: int) -> list[Json]:
        """Ask for mail from addresses whose signs the search takes for gaps between words."""
        odd = [one for one in addresses if not search.is_plain(one)]
        if not odd:
            return []
        questions = {one: search.received_from(one, min(top, 100)) for one in odd}
        outcomes = read_many(self._graph, self._access, questions)
        listed = (one for outcome in outcomes.values() for one in list_at(json_of(outcome), "value"))
        return [one for one in listed if is_kept(one, folders) and takes_part(one, addresses)]

    def _with_folders(self, question: str) -> tuple[Json, Folders]:
        """Ask a question, and in the same breath for the folders where they are not known."""
        folders = self._known.get(self._address)
        if folders is not None:
            return self._read(question), folders
        asked = {_QUESTION: question, **{name: search.folder(name) for name in NAMES}}
        outcomes = read_many(self._graph, self._access, asked)
        answer = json_of(outcomes[_QUESTION])
        return answer, self._known.keep(self._address, {name: _id_of(outcomes[name]) for name in NAMES})

    def _whole(self, ids: Sequence[str]) -> dict[str, list[Json]]:
        """Fetch conversations with everything; a long one comes in several answers."""
        questions = {one: search.conversation(one, _PAGE) for one in ids}
        outcomes = read_many(self._graph, self._access, questions) if ids else {}
        if unread := [one for one, outcome in outcomes.items() if _cannot_parse(outcome)]:
            plainer = {one: search.conversation(one, _PAGE, meetings=False) for one in unread}
            outcomes |= read_many(self._graph, self._access, plainer)
        return self._followed(outcomes)

    def _followed(self, outcomes: Outcomes) -> dict[str, list[Json]]:
        found: dict[str, list[Json]] = {}
        for _ in range(_MOST_PAGES):
            links = {}
            for key, outcome in outcomes.items():
                answer = json_of(outcome)
                found.setdefault(key, []).extend(list_at(answer, "value"))
                if link := text_at(answer, "@odata.nextLink"):
                    links[key] = self._graph.path_of(link)
            if not links:
                break
            outcomes = read_many(self._graph, self._access, links)
        return with_enclosed(self._graph, self._access, found)

    def _listed(self, conversation_id: str, raws: Sequence[Json], folders: Folders) -> Thread:
        """Convert for a list: writing HTML out as words waits until the thread is opened."""
        unpack = partial(thread_of, conversation_id, raws, folders, self._address)
        bare, size = unpack(bodies=False), sum(body_size(one) for one in raws)
        if size > _LARGEST_IN_LIST:
            return bare
        by_id = {text_at(one, "id"): one for one in raws}
        packed = Packed(
            _CHARACTER * size + _AROUND * len(raws),
            unpack,
            lambda message: message_of(by_id[message], folders, self._address),
        )
        return replace(bare, packed=packed)

    def thread(self, thread_id: str) -> Thread:
        """Fetch one thread whole, in one request while it is not very long."""
        try:
            answer, folders = self._with_folders(search.conversation(thread_id, _PAGE))
        except Refused as refused:
            if not _cannot_parse(refused):
                raise
            plainer = search.conversation(thread_id, _PAGE, meetings=False)
            answer, folders = self._with_folders(plainer)
        raws = self._followed({thread_id: answer})[thread_id]
        thread = thread_of(thread_id, raws, folders, self._address)
        if not thread.messages:
            raise NotFound("empty")
        return thread

    def attachment(self, message_id: str, part: str) -> AttachmentStream:
        """Open an attachment: what it is, then its bytes as they come.

        Raises Refused for a link into a cloud: its file is not in the mail.
        """
        path = search.message(message_id, "attachments", part)
        about = attachment_of(self._read(f"{path}?$select=id,name,contentType,size,isInline"))
        if about.type == CLOUD_LINK:
            raise Refused("cloud_link")
        chunks = self._graph.stream(self._access, f"{path}/$value", Capability.READ)
        return AttachmentStream(about.name, about.type, None, _begun(chunks))

    def own_addresses(self) -> tuple[EmailAddress, ...]:
        """List the login address and the others that the organisation gave the mailbox."""
        return read_addresses(self._graph, self._access, self._address)

    def correspondents(self, since: datetime, cursor: str | None, every_sender: bool = False) -> Changes:
        """Read what came and what was sent. Outlook files nothing as bulk: every sender is met."""
        del every_sender
        return Correspondents(self._graph, self._access, self._address).stretch(since, cursor)

    def exchanges(
        self,
        addresses: Sequence[str],
        since: datetime | None = None,
        *,
        sent: bool = True,
        newest: bool = True,
    ) -> tuple[Exchange, ...]:
        """Ask what was written to each address, and with `since` what came from it."""
        exchanges = Exchanges(self._graph, self._access, self._address)
        return exchanges.of(addresses, since, sent=sent, newest=newest)

    def prepare(self, outgoing: Outgoing, key: str) -> Prepared:
        """Check that it can be sent. Leaves nothing at Microsoft: `ref` is the marker it will carry."""
        return self._sending.prepare(outgoing, key)

    def send(self, prepared: Prepared) -> SentMessage | None:
        """Send it, in one attempt. Sending the same Prepared again would send it twice."""
        return self._sending.send(prepared)

    def find_sent(self, prepared: Prepared) -> SentMessage | None:
        """Look for the marker in Sent Items, where a message stands some moments after it went out."""
        return self._sending.find_sent(prepared)

    def discard(self, prepared: Prepared) -> None:
        """Do nothing: preparing left nothing at Microsoft."""

    def save_draft(self, outgoing: Outgoing) -> DraftLink:
        """Leave a draft for the person. Needs Mail.ReadWrite: PermissionMissing(DRAFT) asks for it."""
        return self._sending.save_draft(outgoing)

    def search_link(self, addresses: Sequence[str]) -> str:
        """Make the address of Outlook on the web that looks for these addresses."""
        return search.search_link(self._address, addresses)

    def _read(self, path: str) -> Json:
        return self._graph.get(self._access, path, Capability.READ)


def _id_of(outcome: Json | ProviderError) -> str:
    return "" if isinstance(outcome, NotFound) else text_at(json_of(outcome), "id")


def _cannot_parse(outcome: Json | ProviderError) -> bool:
    """Say whether the question itself was not understood: some mailboxes do not know every property."""
    return isinstance(outcome, Refused) and outcome.code.startswith("RequestBroker")


def _newest(thread: Thread) -> tuple[object, str]:
    last = thread.messages[-1]
    return last.date, last.id


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Fetch the first piece now: a refusal is told by the call, not in the middle of a download."""
    first = next(chunks, b"")
    return chain([first], chunks)
