"""What every API of Google's needs here: its document with our address in it, and one way to be asked."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError
from googleapiclient.http import HttpRequest

from providers.errors import ProviderError, Unavailable
from providers.google.errors import VENDOR_ERRORS, translate
from providers.google.transport import Bearer, Transport
from providers.oauth import Capability


class Api:
    """One API, without credentials: each request is executed with a Bearer. Thread-safe."""

    def __init__(self, name: str, version: str, base_url: str, now: Callable[[], datetime]) -> None:
        self.now = now
        self.transport = Transport(base_url)
        document = _document(name, version, base_url)
        self.batch_address = document["rootUrl"] + document["batchPath"]
        self._resource: Any = build_from_document(document, http=_NoAccount())

    def execute(self, request: HttpRequest, bearer: Bearer, capability: Capability) -> Mapping[str, Any]:
        """Make one request, once. Raises providers.errors, by what `capability` is needed for it."""
        failure: ProviderError
        try:
            answer = request.execute(http=bearer)
            # What is no JSON the client hands through as text instead of complaining.
            failure = Unavailable("unreadable_answer")
            if isinstance(answer, Mapping):
                return answer
            if request.method == "DELETE" and not answer:
                return {}
        except VENDOR_ERRORS as error:
            failure = translate(error, capability, self.now())
        raise failure  # outside of the handler: the client's error quotes the search, which names people

    def stream(self, request: HttpRequest, bearer: Bearer, capability: Capability) -> Iterator[bytes]:
        """Make one reading request, give its answer in pieces. Raises providers.errors, between them too."""
        failure: ProviderError
        try:
            answer, pieces = bearer.stream(request.uri)
            if answer.status != 200:
                raise HttpError(answer, b"".join(pieces))
            yield from pieces
            return
        except VENDOR_ERRORS as error:
            failure = translate(error, capability, self.now())
        raise failure

    def close(self) -> None:
        """Close the connections."""
        self.transport.close()


class _NoAccount:
    """Stands where the client wants an `http` at building time; whose a request is, is said with each."""

    request = None


def _document(name: str, version: str, base_url: str) -> dict[str, Any]:
    """Read the document that comes with the client and put our address into it.

    `client_options.api_endpoint` would leave batches behind at Google (reference/providers.md 0.5).
    """
    content = get_static_doc(name, version)
    if content is None:
        raise RuntimeError("google-api-python-client came without its discovery documents")
    document: dict[str, Any] = json.loads(content)
    document["rootUrl"] = base_url.rstrip("/") + "/"
    document["baseUrl"] = document["rootUrl"] + document["servicePath"]
    document.pop("mtlsRootUrl", None)
    for schema in document["schemas"].values():
        # the client spells schemas out, nested, in docstrings that nobody reads: most of the time it takes
        schema["properties"] = {name: {"type": "any"} for name in schema.get("properties", ())}
    return document
