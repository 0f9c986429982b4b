"""One call of one method: its parameters and preferences, read as strictly as Graph reads them."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import Headers, MultiDict

from sandbox.mail.people import Person
from sandbox.microsoft.directory import Account
from sandbox.microsoft.graph.errors import GraphError, bad_request, malformed_id, not_found
from sandbox.microsoft.graph.shelf import FOLDERS, Item, Shelf
from sandbox.microsoft.graph.state import GraphState

Json = dict[str, object]
_PREFERENCE = re.compile(r'([\w.\-]+)(?:\s*=\s*(?:"([^"]*)"|([^",;\s]+)))?')
_OPTION = re.compile(r"\$?[a-z]+", re.IGNORECASE)
_OPTIONS = frozenset(
    {"$select", "$expand", "$filter", "$orderby", "$search", "$top", "$skip", "$count", "$skiptoken"}
)


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """A request that was let in. `path` holds what stood in the address, `base` the address of this Graph."""

    state: GraphState
    account: Account
    person: Person
    shelf: Shelf
    scopes: frozenset[str]
    path: Mapping[str, str]
    query: MultiDict[str, str]
    headers: Headers
    data: bytes
    base: str
    address: str  # the path below the base, for links to next pages
    preferences: Mapping[str, str]  # of the Prefer headers, lower-case names

    @property
    def box(self) -> str:
        return self.account.key

    def option(self, name: str) -> str:
        return self.query.get(name, "")

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.query.get(name)
        if value is None:
            return default
        if not value.isdigit() or not least <= int(value) <= most:
            raise bad_request(f"Invalid value '{value[:20]}' for {name} query option found.")
        return int(value)

    @property
    def id_kind(self) -> str:
        return "immutable" if self.preferences.get("idtype", "").lower() == "immutableid" else "plain"

    def applied(self) -> str:
        """Name the preferences that were followed, for the answer's Preference-Applied."""
        said = []
        if (kind := self.preferences.get("outlook.body-content-type", "")) in ("text", "html"):
            said.append(f'outlook.body-content-type="{kind}"')
        if self.id_kind == "immutable":
            said.append('IdType="ImmutableId"')
        if "outlook.timezone" in self.preferences:
            said.append(f'outlook.timezone="{self.preferences["outlook.timezone"]}"')
        if "odata.maxpagesize" in self.preferences:
            said.append(f"odata.maxpagesize={self.preferences['odata.maxpagesize']}")
        return ", ".join(said)

    def item_id(self, item: Item) -> str:
        if self.id_kind == "immutable":
            return self.state.ids.make("immutable", self.box, item.key)
        return self.state.ids.make("plain", self.box, item.key, self.shelf.place(item))

    def gone_id(self, key: str, folder: str) -> str:
        """Name an item that is no longer in a folder."""
        place = () if self.id_kind == "immutable" else (f"{folder}.0",)
        return self.state.ids.make(self.id_kind, self.box, key, *place)

    def item(self, name: str = "id") -> Item:
        """Find the item named in the address. Raises GraphError.

        An id of the other kind than the preference says is refused: stricter than Graph.
        """
        return self.item_called(self.path[name])

    def item_called(self, text: str) -> Item:
        found = self.state.ids.read(self.id_kind, self.box, text)
        if len(found) != (1 if self.id_kind == "immutable" else 2):
            raise malformed_id()
        item = self.shelf.item(found[0])
        if item is None or (self.id_kind == "plain" and found[1] != self.shelf.place(item)):
            raise not_found()
        return item

    def folder(self, text: str) -> str:
        """Find a folder by its id or its well-known name. Raises GraphError."""
        if text.lower() in FOLDERS:
            return text.lower()
        return self.state.ids.read("folder", self.box, text)[0]

    def key_of(self, name: str, text: str) -> str:
        """Find what stands behind an id in a filter; "" when it is none of this mailbox."""
        if name == "conversationId":
            return self.state.ids.conversation(self.box, text) or ""
        return self.folder(text)

    def context(self, what: str, *, root: bool = False) -> str:
        holder = "" if root else f"users('{self.account.oid}')/"
        return f"https://graph.microsoft.com/v1.0/$metadata#{holder}{what}"

    def fingerprint(self) -> str:
        """Name the list a next page belongs to."""
        kept = sorted(
            (name, value) for name, value in self.query.items() if name not in ("$skiptoken", "$skip")
        )
        return hashlib.sha256(f"{self.box}{self.address}{kept}".encode()).hexdigest()[:12]

    def conversation_id(self, item: Item) -> str:
        return self.state.ids.make("conversation", self.box, item.filed.thread_id)

    def folder_id(self, folder: str) -> str:
        return self.state.ids.make("folder", self.box, folder)

    def json(self) -> Json:
        """Read the JSON body. Raises GraphError."""
        if len(self.data) > self.state.limits.json_bytes:
            raise GraphError(413, "RequestEntityTooLarge", "The request is too large.")
        if "json" not in self.headers.get("Content-Type", ""):
            raise bad_request("A content type of application/json is required.", "RequestBodyRead")
        try:
            value = json.loads(self.data or b"{}")
            json.dumps(value, ensure_ascii=False).encode()  # half a sign (a lone surrogate) is no text
        except ValueError:
            raise bad_request("Unable to read JSON request payload.") from None
        if not isinstance(value, dict):
            raise bad_request("Unable to read JSON request payload.")
        return value


def read_preferences(headers: Headers) -> dict[str, str]:
    """Read the Prefer headers (RFC 7240)."""
    text = ",".join(headers.getlist("Prefer"))
    return {name.lower(): quoted or bare for name, quoted, bare in _PREFERENCE.findall(text)}


def check_query(query: MultiDict[str, str], more: frozenset[str] = frozenset()) -> None:
    """Refuse options that do not exist, and those given twice."""
    for name in query:
        if name.startswith("$") and name not in _OPTIONS | more:
            raise bad_request(f"The query parameter '{name[:40]}' is not supported.")
        if not _OPTION.fullmatch(name) or len(query.getlist(name)) > 1:
            raise bad_request("Query option was specified more than once or is invalid.")
