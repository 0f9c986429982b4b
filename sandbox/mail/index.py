"""What search sees of a message: runs of lower-case words, made once and kept in bounds."""

import re
import threading
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sandbox.mail.content import PartsCache, text_of
from sandbox.mail.raw import RawMessage

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_WIDE = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")  # scripts without spaces: each sign a word
_GAP = "\x00"  # stands between entries, so that no phrase runs from one into the next
TEXT_KEPT = 60_000  # characters of a body that search knows
BODIES_KEPT = 64 * 1024 * 1024  # characters in all; what is pushed out is read again when wanted
OPENING = 1_600


def words(text: str) -> list[str]:
    """Split into the words that search compares: no case, no punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(_WIDE.sub(r" \1 ", folded))


def run(*texts: str) -> str:
    """Write texts as one run of words, with gaps between them: ' ann lee ann x com \\0 bob '."""
    return " " + f" {_GAP} ".join(" ".join(words(text)) for text in texts) + " "


@dataclass(frozen=True, slots=True)
class Body:
    """What had to be read out of the whole message."""

    words: str
    names: str  # of its files
    files: bool
    opening: str  # the first words as they are written, on one line


class Index:
    """Answer what a message contains. Thread-safe."""

    def __init__(self, parts: PartsCache) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._headers: WeakKeyDictionary[RawMessage, dict[str, str]] = WeakKeyDictionary()
        self._bodies: OrderedDict[int, tuple[RawMessage, Body]] = OrderedDict()
        self._held = 0

    def header(self, raw: RawMessage, name: str) -> str:
        """Make the run of an address header ("from", "to", "cc", "bcc") or of the subject."""
        with self._lock:
            known = self._headers.setdefault(raw, {})
            if name in known:
                return known[name]
        if name == "subject":
            made = run(raw.subject)
        else:
            entries = raw.addresses(name)
            made = run(*(f"{written} {address}" for written, address in entries)) if entries else ""
        with self._lock:
            known[name] = made
        return made

    def body(self, raw: RawMessage) -> Body:
        with self._lock:
            held = self._bodies.get(id(raw))
        if held is not None:
            return held[1]
        root = self._parts.read(raw)
        text = text_of(root)
        names = [one.name for one in root.walk() if one.name]
        files = any(one.attached and not one.type.startswith("multipart/") for one in root.walk())
        made = Body(run(text[:TEXT_KEPT]), run(*names), files, " ".join(text[:OPENING].split()))
        with self._lock:
            if id(raw) not in self._bodies:
                self._bodies[id(raw)] = (raw, made)
                self._held += len(made.words)
            while self._held > BODIES_KEPT:
                _, (_, gone) = self._bodies.popitem(last=False)
                self._held -= len(gone.words)
        return made
