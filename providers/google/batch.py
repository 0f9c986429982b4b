"""Many reads in one request, as many as Gmail lets through at once.

Gmail runs the requests of a batch side by side and refuses those beyond its per-user concurrency; a batch of
25 passes (reference/providers.md 0.2). The batch as a whole answers 200 even if everything in it was refused.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from googleapiclient.errors import HttpError
from googleapiclient.http import HttpRequest

from providers.damaged import Json
from providers.errors import NotFound, ProviderError, RateLimited, Unavailable
from providers.google.api import GmailApi
from providers.google.envelope import read_envelope, write_envelope
from providers.google.errors import VENDOR_ERRORS, translate
from providers.google.transport import Bearer
from providers.oauth import Capability

LARGEST_BATCH = 25

_ROUNDS = 4
_FIRST_PAUSE = 0.4  # seconds, doubled with each round
_LONGEST_PAUSE = timedelta(seconds=8)  # somebody is waiting for the list: what takes longer is told to them

Wait = Callable[[float], None]


def read_many(
    api: GmailApi, bearer: Bearer, requests: Mapping[str, HttpRequest], wait: Wait
) -> dict[str, Json]:
    """Execute the reads and give the answers by key; what is gone (404) is left out.

    Only items that were refused for haste are asked for again, in smaller batches after a pause.
    Raises what the other failures mean, and RateLimited or Unavailable when patience did not help.
    """
    came = read_some(api, bearer, requests, wait)
    if came.refused is not None:
        raise came.refused
    return came.answers


@dataclass(frozen=True, slots=True)
class Came:
    """What came of many reads. `refused` says why others did not come though they may exist."""

    answers: dict[str, Json]
    gone: frozenset[str] = frozenset()
    refused: ProviderError | None = None


def read_some(api: GmailApi, bearer: Bearer, requests: Mapping[str, HttpRequest], wait: Wait) -> Came:
    """Execute the reads like `read_many`, but keep what came when patience did not help with the rest."""
    answers: dict[str, Json] = {}
    gone: set[str] = set()
    pending = list(requests)
    size = LARGEST_BATCH
    for attempt in range(_ROUNDS):
        failed: dict[str, ProviderError] = {}
        for start in range(0, len(pending), size):
            chunk = pending[start : start + size]
            for key, outcome in _one_batch(api, bearer, {key: requests[key] for key in chunk}).items():
                if not isinstance(outcome, ProviderError):
                    answers[key] = outcome
                elif isinstance(outcome, (RateLimited, Unavailable)):
                    failed[key] = outcome
                elif isinstance(outcome, NotFound):
                    gone.add(key)
                else:
                    raise outcome
        if not failed:
            break
        last = next(iter(failed.values()))
        if attempt == _ROUNDS - 1 or (isinstance(last, RateLimited) and last.retry_after > _LONGEST_PAUSE):
            return Came(answers, frozenset(gone), last)
        wait(_FIRST_PAUSE * 2**attempt * random.uniform(0.8, 1.2))
        pending, size = list(failed), max(2, size // 2)
    return Came(answers, frozenset(gone))


def _one_batch(
    api: GmailApi, bearer: Bearer, requests: Mapping[str, HttpRequest]
) -> dict[str, Json | ProviderError]:
    body, headers = write_envelope(requests)
    try:
        answer, content = bearer.request(api.batch_address, "POST", body, headers)
        if answer.status != 200:
            raise HttpError(answer, content)
        answers = read_envelope(requests, str(answer.get("content-type", "")), content)
    except VENDOR_ERRORS as error:
        whole = translate(error, Capability.READ, api.now())
        if isinstance(whole, NotFound):  # the batch's own address, which says nothing of what lies in it
            whole = Unavailable(whole.code)
        return dict.fromkeys(requests, whole)
    return {key: _outcome(api, request, answers.get(key)) for key, request in requests.items()}


def _outcome(api: GmailApi, request: HttpRequest, came: tuple[Any, bytes] | None) -> Json | ProviderError:
    if came is None:
        return Unavailable("unreadable_answer")
    answer, content = came
    try:
        if answer.status >= 300:
            raise HttpError(answer, content)
        read = request.postproc(answer, content)
    except VENDOR_ERRORS as error:
        return translate(error, Capability.READ, api.now())
    return read if isinstance(read, Mapping) else Unavailable("unreadable_answer")
