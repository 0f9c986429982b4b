"""`python app.py read`: what a member would see of mails that lie in files. No settings, no connection."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path, PurePath
from typing import Any, TextIO

from bot.inbox.body import draw_document
from bot.inbox.body_notes import draw_note, note_lines
from bot.words import Reader
from providers.content.eml import parse_eml
from providers.content.mail_files import Found, messages_in
from providers.content.reading import Reading, read_message
from providers.mail import EmailAddress, Message

PAGE_BLOCKS = 40
PAGE_BYTES = 60_000
TELLING = {"from", "to", "subject", "date", "received", "message-id", "content-type", "return-path", "sender"}
OTHER_TEXT = {".txt", ".md", ".rst", ".log", ".csv", ".json", ".html", ".xml", ".py", ".ini", ".toml", ".yml"}
NO_MAIL = "This is not a mail message: it has {}."
BROKEN = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RecursionError, MemoryError)


def read_paths(
    paths: Iterable[str], as_json: bool, out: TextIO = sys.stdout, err: TextIO = sys.stderr
) -> int:
    """Read files, folders and mbox files; write what a member would see. Returns the exit code.

    A broken message says so and the run goes on; the code is 1 if anything could not be read.
    """
    reader = Reader()
    failed = False
    for path in paths:
        for found in messages_in(Path(path)):
            shown = describe(found, reader)
            failed = failed or "error" in shown
            if as_json:
                out.write(json.dumps(shown) + "\n")
            elif "error" in shown:
                err.write(f"{found.name}: {shown['error']}\n")
            else:
                out.write(_page(shown))
    return 1 if failed else 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the subcommand."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a message file, a folder of them, an mbox file"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on a line for each message")


def read_command(arguments: argparse.Namespace) -> int:
    """Run the subcommand `read`; a reader that closes its end (`| head`) ends it quietly."""
    if sys.stdout is None:
        sys.stderr.write("There is nowhere to write to: standard output is closed. Nothing was read.\n")
        return 1
    try:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # for terminals that know few letters
        code = read_paths(arguments.paths, arguments.json, sys.stdout, sys.stderr)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it is quiet as well
        return 0
    except OSError as error:  # a full disk; files that cannot be read are told one by one
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.stderr.write(f"The result could not be written: {error.strerror}. No mail was changed.\n")
        return 1


def describe(found: Found, reader: Reader) -> dict[str, Any]:
    """Say what a member would see of one message; with "error" when nothing can be."""
    if found.error:
        return {"file": found.name, "error": found.error}
    if not found.data.strip():
        return {"file": found.name, "error": "The file is empty."}
    try:
        parsed = parse_eml(found.data)
        message, reading = parsed.message, read_message(parsed.message)
        if not message.headers.keys() & TELLING:
            if not reading.text or b"\x00" in found.data[:10_000]:
                return {"file": found.name, "error": NO_MAIL.format("no headers and no text")}
            if PurePath(found.name).suffix.casefold() in OTHER_TEXT:
                return {"file": found.name, "error": NO_MAIL.format("none of the headers of one")}
        return _shown(found.name, message, reading, parsed.dated, reader)
    except BROKEN as error:
        return {"file": found.name, "error": f"The message could not be read ({type(error).__name__})."}


def _shown(name: str, message: Message, reading: Reading, dated: bool, reader: Reader) -> dict[str, Any]:
    notes = ["\n".join(note_lines(note, reader)) for note in reading.notes]
    page = draw_document(reading.visible, budget_blocks=PAGE_BLOCKS, budget_chars=PAGE_BYTES)
    return {
        "file": name,
        "from": _person(message.sender),
        "to": [_person(person) for person in message.to],
        "subject": message.subject,
        "date": message.date.isoformat() if dated else None,
        "text": reading.text or "\n\n".join(notes),
        "quoted": reading.quoted_text,
        "signature": reading.signature_text,
        "attachments": [{"name": a.name, "type": a.type, "size": a.size} for a in message.attachments],
        "notes": notes,
        "blocks": [*(draw_note(note, reader) for note in reading.notes[:5]), *page.blocks],
        "more": page.next_start is not None,
    }


def _person(person: EmailAddress) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address


def _page(shown: dict[str, Any]) -> str:
    lines = [
        f"=== {shown['file']}",
        f"From:    {shown['from']}",
        f"To:      {', '.join(shown['to'])}",
        f"Date:    {shown['date'] or 'not given'}",
        f"Subject: {shown['subject']}",
        "",
    ]
    notes = [f"[{note}]\n" for note in shown["notes"]]
    lines.extend(notes)
    if shown["text"] and shown["text"] != "\n\n".join(shown["notes"]):
        lines.extend((shown["text"], ""))
    for kind, title in (("signature", "Signature, folded"), ("quoted", "Quoted text, folded")):
        if shown[kind]:
            count = shown[kind].count("\n") + 1
            lines.append(f"[{title}: {count} {'line' if count == 1 else 'lines'}]")
    lines.extend(
        f"[File: {a['name'] or 'no name'}, {a['type']}, {a['size']} bytes]" for a in shown["attachments"]
    )
    return "\n".join(lines) + "\n\n"
