"""Mailbox files (mbox): find the messages of one without reading it whole, and write a plausible one.

Shape: mboxrd as Google's export writes it; Thunderbird's, mutt's and CRLF files are read as well.
Source: RFC 4155, appendix A; https://en.wikipedia.org/wiki/Mbox
"""

import argparse
import mmap
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sandbox.mail.mailbox import DRAFT, INBOX, SENT, SPAM, STARRED, TRASH, UNREAD, FiledMessage
from sandbox.seed.cast import voice
from sandbox.seed.plant import plant
from sandbox.world import World

# A message begins at a "From " line after an empty line, or at one that carries a date: some programs
# forget the empty line, and some sentences begin with "From". A header must follow.
_START = re.compile(
    rb"(?:\A\s*|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n(?=>?[!-9;-~]+[ \t]*:)"
    rb"|(?<=\n)From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:)"
)
_QUOTED = re.compile(rb"(?m)^>(?=>*From )")
_TO_QUOTE = re.compile(rb"(?m)^(?=>*From )")
_HEAD = 262_144  # bytes of headers that are looked at; nobody's honest message has more


@dataclass(frozen=True, slots=True)
class Span:
    """Where a message lies in the file."""

    start: int
    end: int


class MboxFile:
    """An mbox on disk, mapped and never read whole. Safe to read from several threads."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as opened:
            empty = not path.stat().st_size
            self._bytes: mmap.mmap | bytes = (
                b"" if empty else mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            )
        self.spans = tuple(self._find())

    def _find(self) -> Iterator[Span]:
        start: int | None = None
        for found in _START.finditer(self._bytes):
            if start is not None:
                yield Span(start, found.start())
            start = found.end()
        if start is not None:
            yield Span(start, len(self._bytes))

    def message(self, span: Span) -> bytes:
        """Read one message, its quoted "From " lines restored."""
        return _QUOTED.sub(b"", self._bytes[span.start : span.end]).rstrip(b"\r\n") + b"\r\n"

    def head(self, span: Span) -> bytes:
        """Read the headers of one message, at most 256 KiB of them."""
        head = self._bytes[span.start : min(span.end, span.start + _HEAD)]
        end = re.search(rb"\r?\n\r?\n", head)
        return head[: end.end()] if end else head

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._bytes, mmap.mmap):
            self._bytes.close()


_EXPORTED = {
    INBOX: "Inbox",
    SENT: "Sent",
    DRAFT: "Drafts",
    SPAM: "Spam",
    TRASH: "Trash",
    UNREAD: "Unread",
    STARRED: "Starred",
    "CATEGORY_PROMOTIONS": "Category Promotions",
    "CATEGORY_UPDATES": "Category Updates",
    "CATEGORY_FORUMS": "Category Forums",
}
LABELS = {name.lower(): label for label, name in _EXPORTED.items()}


def write_mbox(out: BinaryIO, count: int, *, seed: int = 1, now: datetime | None = None) -> None:
    """Write Ann's mailbox with exactly `count` messages, the newest ones, in the order of their dates."""
    at = now or datetime.now(UTC)
    world = World(lambda: at)
    orders = min(400, count // 6)
    # The letters make some 300 messages, a conversation of either kind about two: a sixth more than needed,
    # over the days that the orders span, so that the cut leaves some of everything.
    crowd = max(0, int((count - 200) * 0.55) - orders)
    plant(world, seed=seed, orders=orders, crowd=crowd, days=max(60, 2 * orders))
    filed = world.mailbox(voice("ann").address).messages()[:count]
    for message in reversed(filed):
        out.write(_entry(message))


def _entry(filed: FiledMessage) -> bytes:
    labels = [name for label, name in _EXPORTED.items() if label in filed.labels]
    if UNREAD not in filed.labels:
        labels.append("Opened")
    number = int(filed.thread_id, 16) % 10**19
    head = f"From {number}@xxx {filed.at:%a %b %d %H:%M:%S +0000 %Y}\n"
    head += f"X-GM-THRID: {number}\nX-Gmail-Labels: {','.join(labels)}\n"
    head += "".join(f"{name}: {value}\n" for name, value in filed.trace)
    body = filed.raw.bytes().replace(b"\r\n", b"\n").rstrip(b"\n")
    return head.encode() + _TO_QUOTE.sub(b">", body) + b"\n\n"


def main(arguments: list[str] | None = None) -> int:
    """Write a mailbox to standard output: `python -m sandbox.seed.mbox 3000 > mail.mbox`."""
    parser = argparse.ArgumentParser(prog="mbox", description="Write a plausible mailbox to standard output.")
    parser.add_argument("count", type=int, nargs="?", default=3000, help="how many messages")
    parser.add_argument("--seed", type=int, default=1, help="another number gives another mailbox")
    given = parser.parse_args(arguments)
    if given.count < 1:
        parser.error("at least one message, please")
    write_mbox(sys.stdout.buffer, given.count, seed=given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
