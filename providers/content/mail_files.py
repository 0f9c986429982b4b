"""Message files, folders of them and mbox files → their messages, one at a time in memory."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from providers.content.clean import clean
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
            yield from _below(path)
            return
        with path.open("rb") as file:
            first = file.peek(1000)[:1000].partition(b"\n")[0]  # a pipe cannot be read again
            kind = path.suffix.lower()
            mailbox = b"@" in first and kind != ".eml"
            if first.startswith(b"From ") and (mailbox or kind in (".mbox", ".mbx")):
                yield from _mailbox(path, file)
                return
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        yield _unread(path, error)
        return
    yield Found(_name(path), data)


def _name(path: Path) -> str:
    """Write a file's name as text that can be shown: in names of bytes and of terminals' commands as well."""
    return clean(os.fsencode(path).decode("utf-8", "replace")).replace("\n", " ")


def _below(folder: Path) -> Iterator[Found]:
    closed: list[OSError] = []
    inside, links = [], []
    for at, folders, names in os.walk(folder, onerror=closed.append):  # not through links: circles
        inside += [Path(at) / name for name in names]
        links += [Path(at) / name for name in folders if (Path(at) / name).is_symlink()]
    mails = [inner for inner in sorted(inside) if _is_mail(inner) and _is_file(inner)]
    for mail in mails:
        yield from messages_in(mail)
    if not (mails or links or closed):
        yield Found(_name(folder), b"", "No mail was found in this folder. Mail files end in .eml or .mbox.")
    for link in sorted(links):
        yield Found(
            str(link), b"", "The link to a folder was not followed. Name the folder itself to read it."
        )
    for error in closed:
        yield _unread(Path(os.fsdecode(error.filename or folder)), error, "folder")


def _unread(path: Path, error: OSError, what: str = "file") -> Found:
    return Found(_name(path), b"", f"The {what} could not be read: {error.strerror or 'unknown reason'}.")


def _is_file(path: Path) -> bool:
    """Tell files from pipes and devices; what cannot be looked at counts, so that opening it says why not."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _is_mail(path: Path) -> bool:
    """Tell by its name whether a file in a folder is mail; in a Maildir all files are."""
    maildir = path.parent.name in ("cur", "new")
    return (maildir or path.suffix.lower() in _ENDINGS) and not path.name.startswith(".")


_ENDINGS = frozenset({".eml", ".mbox", ".mbx", ".msg", ".mht", ".mail", ""})


# An address alone or a date tell a separator from a sentence that begins with "From"; the whole date of
# asctime does so where a program forgot the empty line before it as well (RFC 4155, appendix A).
_SEPARATOR = re.compile(rb"From (?:\S*@\S*|.*\b\d{1,2}:\d\d\b.*\b\d{4}\b.*)\s*$")
_CERTAIN = re.compile(rb"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [^\n]{0,12}\d{4}\s*$")


def _mailbox(path: Path, file: BinaryIO) -> Iterator[Found]:
    """Cut an mbox file at its separator lines, one message in memory at a time."""
    lines: list[bytes] = []
    number = size = 0
    first = file.readline(MAX_BYTES)
    blank = False
    for line in file:
        may_part = line.startswith(b"From ") and len(line) < 1000
        if may_part and ((blank and _SEPARATOR.match(line)) or _CERTAIN.match(line)):
            number += 1
            yield Found(f"{_name(path)}#{number}", b"".join(lines))
            lines, size = [], 0
        else:
            bare = line.lstrip(b">")
            quoted = bare is not line and bare.startswith(b"From ") and len(bare) < len(line)
            size += len(line)
            if size <= MAX_BYTES:
                lines.append(line[1:] if quoted else line)
        blank = not line.strip()
    yield Found(f"{_name(path)}#{number + 1}", b"".join(lines) if lines or number else first)
