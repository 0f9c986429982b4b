"""Many reads in one request, and only those again that were refused for haste.

A batch answers 200 even if everything in it was refused, in any order; Outlook works on four of it at once.
Source: https://learn.microsoft.com/graph/json-batching, reference/providers.md 3.4
"""

import json
from collections.abc import Mapping, Sequence

from providers.errors import ProviderError, RateLimited, Unavailable
from providers.microsoft.gate import AT_ONCE
from providers.microsoft.graph import PREFER, Access, Answer, Graph, Json, pause_for
from providers.oauth import Capability

LARGEST_BATCH = 20

_ROUNDS = 4
_PAUSE = 0.5  # seconds before asking again what failed without a time

Outcomes = dict[str, Json | ProviderError]


def read_many(graph: Graph, access: Access, paths: Mapping[str, str]) -> Outcomes:
    """Read every path and give the answers, or what refused them, by key.

    What failed for haste or by accident is asked for again alone, after the longest time that Graph named.
    Raises what refuses everything (access withdrawn, permission missing, no mailbox), and RateLimited or
    Unavailable when patience did not help.
    """
    outcomes: Outcomes = {}
    pending, size = list(paths), LARGEST_BATCH
    for rounds_left in reversed(range(_ROUNDS)):
        again: dict[str, ProviderError] = {}
        for start in range(0, len(pending), size):
            chunk = pending[start : start + size]
            for key, outcome in _one_batch(graph, access, {key: paths[key] for key in chunk}).items():
                if isinstance(outcome, RateLimited | Unavailable):
                    again[key] = outcome
                else:
                    outcomes[key] = outcome
        if not again:
            break
        if not rounds_left:
            raise next(iter(again.values()))
        graph.wait(_longest_pause(list(again.values())))
        pending, size = list(again), AT_ONCE
    return outcomes


def _longest_pause(failures: Sequence[ProviderError]) -> float:
    longest = _PAUSE
    for one in failures:
        pause = pause_for(one)
        if pause is None and isinstance(one, RateLimited):
            raise one
        longest = max(longest, pause or 0)
    return longest


def _one_batch(graph: Graph, access: Access, paths: Mapping[str, str]) -> Outcomes:
    body = {
        "requests": [
            {"id": str(number), "method": "GET", "url": path, "headers": {"Prefer": PREFER}}
            for number, path in enumerate(paths.values())
        ]
    }
    try:
        with access.gate.enter(len(paths)):
            answer = graph.ask(access, "POST", "/$batch", body)
        if answer.status != 200:
            raise graph.failure(answer, Capability.READ)
        came = answer.read()
    except (RateLimited, Unavailable) as failure:
        return dict.fromkeys(paths, failure)
    responses = came.get("responses")
    found = {
        str(one.get("id")): one
        for one in (responses if isinstance(responses, list) else ())
        if isinstance(one, dict)
    }
    return {key: _outcome(graph, access, found.get(str(number))) for number, key in enumerate(paths)}


def _outcome(graph: Graph, access: Access, came: Json | None) -> Json | ProviderError:
    status = came.get("status") if came else None
    if came is None or not isinstance(status, int):
        return Unavailable("unreadable_answer")
    body, named = came.get("body"), came.get("headers")
    headers = {str(name): str(value) for name, value in named.items()} if isinstance(named, dict) else {}
    if status == 200:
        return body if isinstance(body, dict) else Unavailable("unreadable_answer")
    if status == 401:
        challenge = next((headers[name] for name in headers if name.lower() == "www-authenticate"), "")
        graph.challenges.note(access.token, challenge)
    return graph.failure(Answer(status, headers, json.dumps(body).encode()), Capability.READ)


def json_of(outcome: Json | ProviderError) -> Json:
    """Give the answer, or raise what refused it."""
    if isinstance(outcome, ProviderError):
        raise outcome
    return outcome
