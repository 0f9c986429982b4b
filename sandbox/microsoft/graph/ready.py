"""Messages already written as JSON: a list is asked for again and again, and says the same."""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

KEPT = 64 * 1024 * 1024  # characters
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ready:
    """The JSON of one message."""

    text: str


class ReadyCache:
    """Keep what was written lately, by everything that it depends on. Thread-safe."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, Ready] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable, write: Callable[[], Json]) -> Ready:
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        made = Ready(json.dumps(write(), ensure_ascii=False))
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._size += len(made.text)
            while self._size > self._most:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone.text)
        return made


def dump(made: Json) -> str:
    """Write an answer; the messages of a list may be ready already."""
    value = made.get("value")
    if not isinstance(value, list) or not value or not all(isinstance(one, Ready) for one in value):
        return json.dumps(made, ensure_ascii=False)
    head = json.dumps({name: one for name, one in made.items() if name != "value"}, ensure_ascii=False)
    return f'{head[:-1]}, "value": [{", ".join(one.text for one in value)}]}}'
