"""`python app.py classify` and `python app.py discover`: discovery on files. No settings, no connection."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from bot.discovery.evidence import WINDOW, Own, delivered_aliases, gather
from bot.discovery.mail_folder import Filed, as_seen, categories_of, folders_of, own_of, read_filed
from bot.discovery.rules import Known, candidates, decide, share_sent
from bot.discovery.strength import group_of
from bot.discovery.words import GROUPS, say_reasons
from bot.words import Reader
from providers.content.addresses import normalise
from providers.content.automated import marks_of
from providers.content.eml import parse_eml
from providers.content.mail_files import Found, messages_in

BROKEN = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RecursionError, MemoryError)
_UNREADABLE = "unreadable"
EMPTY = "The file is empty."
UNREAD = "The message could not be read ({})."


def classify_command(arguments: argparse.Namespace) -> int:
    """Run the subcommand `classify`."""
    return _quietly(lambda: classify_paths(arguments.paths, arguments.json, sys.stdout))


def classify_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `classify`."""
    _paths(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on a line for each message")


def classify_paths(paths: Iterable[str], as_json: bool, out: TextIO) -> int:
    """Say of every message whether a machine made it or it was sent in bulk. Returns the exit code.

    A message that cannot be read is not called automated; the code is 1 if anything could not be read.
    """
    reader = Reader()
    failed = False
    for path in paths:
        for found in messages_in(Path(path)):
            told = classify(found)
            failed = failed or "error" in told
            if as_json:
                out.write(json.dumps(told) + "\n")
                continue
            verdict = told.get("error") or (
                reader.say("machine") if told["automated"] else reader.say("person")
            )
            why = say_reasons(reader, [] if "error" in told else told["reasons"])
            out.write(f"{found.name}: {verdict}{f' ({why})' if why else ''}\n")
    return 1 if failed else 0


def classify(found: Found) -> dict[str, Any]:
    """Classify one message of a file. Shape: file, automated, reasons; error where it could not be read."""
    told: dict[str, Any] = {"file": found.name, "automated": False, "reasons": [_UNREADABLE]}
    if found.error or not found.data.strip():
        return {**told, "error": found.error or EMPTY}
    try:
        message = parse_eml(found.data).message
        marks = marks_of(message, categories_of(folders_of(found.name, message)))
    except BROKEN as error:
        return {**told, "error": UNREAD.format(type(error).__name__)}
    return {"file": found.name, "automated": marks.automated, "reasons": list(marks.reasons)}


def discover_command(arguments: argparse.Namespace) -> int:
    """Run the subcommand `discover`."""
    try:
        me = frozenset(normalise(one) for one in arguments.me.split(",") if one.strip())
        if not me:
            raise ValueError("--me wants the addresses whose mailbox it is, like dana@northwind.example.")
        now = _moment(arguments.now) if arguments.now else datetime.now(UTC)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return _quietly(lambda: discover_paths(arguments.paths, me, now, arguments.json, sys.stdout, sys.stderr))


def discover_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `discover`."""
    _paths(parser)
    parser.add_argument("--me", required=True, metavar="ADDRESSES", help="whose mailbox: a@b or a@b,c@d")
    parser.add_argument("--now", metavar="ISO", help="the moment at which the 14 days end (default: now)")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def discover_paths(
    paths: Iterable[str], me: frozenset[str], now: datetime, as_json: bool, out: TextIO, err: TextIO
) -> int:
    """Find the people of a mailbox in files. Returns the exit code: 1 if anything could not be read."""
    filed: list[Filed] = []
    failed = False
    for found in (one for path in paths for one in messages_in(Path(path))):
        error = found.error
        try:
            if found.data.strip():
                filed.append(read_filed(found, now - WINDOW))
            elif not error:
                error = EMPTY
        except BROKEN as broken:
            error = f"{UNREAD.format(type(broken).__name__)} It was left out."
        if error:
            failed = True
            err.write(f"{found.name}: {error}\n")
    told = discover(filed, me, now)
    if as_json:
        out.write(json.dumps(told) + "\n")
    else:
        out.writelines(_page(told, Reader(now=now)))
    return 1 if failed else 0


def discover(filed: list[Filed], me: frozenset[str], now: datetime) -> dict[str, Any]:
    """Decide about everybody in a mailbox. Shape: scanned, found [...], skipped [...]."""
    own = own_of(me, filed)
    seen = list(as_seen(filed, own))
    learned = delivered_aliases(seen, own)
    if learned:
        own = Own(own.addresses | learned, own.domains)
        seen = list(as_seen(filed, own))
    found = share_sent(gather(seen, own, now))
    known = Known(own)
    people = [one for one in candidates(found, known, now) if not one.shared]
    suggested = {one.address for one in people}
    return {
        "scanned": len(filed),
        "found": [
            {
                "email": one.address,
                "name": one.name,
                "conversations": one.conversations,
                "last_activity": one.last.isoformat(),
                "strength": one.strength,
            }
            for one in people
        ],
        "skipped": [
            {"email": address, "reasons": list(decide(evidence, known).reasons)}
            for address, evidence in sorted(found.items())
            if address not in suggested
        ],
    }


def _page(told: dict[str, Any], reader: Reader) -> Iterator[str]:
    people = len(told["found"])
    yield reader.count("{n} message looked at. ", "{n} messages looked at. ", told["scanned"])
    yield reader.count("{n} person found.\n", "{n} people found.\n", people)
    for one in told["found"]:
        group = reader.say(GROUPS[group_of(one["strength"])])
        name = f"{one['name']} <{one['email']}>" if one["name"] else one["email"]
        day = reader.day(datetime.fromisoformat(one["last_activity"]))
        talks = reader.count("{n} conversation", "{n} conversations", one["conversations"])
        yield f"  {name}: {group} ({one['strength']}), {talks}, {day}\n"
    if told["skipped"]:
        yield reader.say("Left out:") + "\n"
    for one in told["skipped"]:
        yield f"  {one['email']}: {say_reasons(reader, one['reasons'])}\n"
    if not people:
        yield (
            reader.say(
                "Nobody was found in the 14 days before {day}. --now sets another day.",
                day=f"{reader.now:%Y-%m-%d}",
            )
            + "\n"
        )


def _paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a message file, a folder of them, an mbox file"
    )


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("--now wants a date or a moment, like 2026-11-22 or 2026-11-22T09:00:00Z.") from None


def _quietly(run: Callable[[], int]) -> int:
    """Run with a terminal that may know few letters, and end quietly when its reader goes (`| head`)."""
    try:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        code = run()
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


COMMANDS = (  # name, what it does, how, with which arguments
    ("classify", "tell machines' mail from people's", classify_command, classify_arguments),
    ("discover", "find the people of a mailbox file", discover_command, discover_arguments),
)
