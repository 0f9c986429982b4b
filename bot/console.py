"""The command line: subcommands are registered here by app.py; nothing is done here."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def _no_arguments(_parser: argparse.ArgumentParser) -> None:
    return


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand. `run` returns the exit code."""

    name: str
    about: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = _no_arguments


def parser_for(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """Make the parser of `python app.py`."""
    parser = argparse.ArgumentParser(
        prog="app.py", description="Mailroom: your mail with one person, in Slack."
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in commands:
        subparser = subparsers.add_parser(command.name, help=command.about, description=command.about)
        command.arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def run(commands: Sequence[Command], argv: Sequence[str]) -> int:
    """Run the subcommand that `argv` names and return its exit code."""
    chosen = parser_for(commands).parse_args(argv)
    code: int = chosen.run(chosen)
    return code
