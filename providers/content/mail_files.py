"""Message files, folders of them and mbox files → their messages, one at a time in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from providers.content.eml import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Found:
    """One message of a file. `name` is the file's, with the number of the message in a mailbox file."""

    name: str
    data: bytes
    error: str = ""


def messages_in(path: Path) -> Iterator[Found]:
    """Find the messages of a file, a folder (all below it, by name) or an mbox file."""
    try:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and _is_mail(inner):
                    yield from messages_in(inner)
            return
        with path.open("rb") as file:
            first = file.readline(1000)
            file.seek(0)
            kind = path.suffix.lower()
            mailbox = b"@" in first and kind != ".eml"
            if first.startswith(b"From ") and (mailbox or kind in (".mbox", ".mbx")):
                yield from _mailbox(path, file)
                return
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        yield Found(str(path), b"", f"The file could not be read: {error.strerror or 'unknown reason'}.")
        return
    yield Found(str(path), data)


def _is_mail(path: Path) -> bool:
    """Tell by its name whether a file in a folder is mail; in a Maildir all files are."""
    maildir = path.parent.name in ("cur", "new")
    return (maildir or path.suffix.lower() in _ENDINGS) and not path.name.startswith(".")


_ENDINGS = frozenset({".eml", ".mbox", ".mbx", ".msg", ".mht", ".mail", ""})


def _mailbox(path: Path, file: BinaryIO) -> Iterator[Found]:
    """Cut an mbox file at its separator lines, one message in memory at a time."""
    lines: list[bytes] = []
    number = size = 0
    blank = True
    for line in file:
        if blank and line.startswith(b"From ") and lines:
            number += 1
            yield Found(f"{path}#{number}", b"".join(lines))
            lines, size = [], 0
        elif not line.startswith(b"From ") or not blank:
            bare = line.lstrip(b">")
            quoted = bare is not line and bare.startswith(b"From ") and len(bare) < len(line)
            size += len(line)
            if size <= MAX_BYTES:
                lines.append(line[1:] if quoted else line)
        blank = not line.strip()
    if lines:
        yield Found(f"{path}#{number + 1}", b"".join(lines))
