"""The command line: app.py registers the subcommands, nothing is done here."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from bot.settings import Settings, SettingsError, load


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing to a subcommand."""


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand. `run` returns the exit code or raises SettingsError."""

    name: str
    about: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments


def with_settings(run: Callable[[Settings], int]) -> Callable[[argparse.Namespace], int]:
    """Make a `run` that gets the settings of the environment and of the file that `--env` names."""

    def run_with_settings(arguments: argparse.Namespace) -> int:
        return run(load(env_file=arguments.env))

    return run_with_settings


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():  # the usual .env may be missing, one that somebody names may not
        raise argparse.ArgumentTypeError(f"there is no file {name}")
    return path


def parser_for(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """Make the parser of `python app.py`."""
    parser = argparse.ArgumentParser(
        prog="app.py", description="Mailroom: your mail with one person, in Slack."
    )
    parser.add_argument(
        "--env", type=_file, default=Path(".env"), help="the file with settings (default: .env)"
    )
    parser.add_argument(
        "--ends-with-input",
        action="store_true",
        help="stop as SIGTERM does once standard input ends, as when whoever started this was killed",
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
    if chosen.ends_with_input:
        Thread(target=_end_with_input, args=(os.getpid(),), daemon=True).start()
    try:
        code: int = chosen.run(chosen)
    except SettingsError as error:
        print("Mailroom cannot start: these settings are missing or wrong.", file=sys.stderr)
        for problem in error.problems:
            print(f"- {problem}", file=sys.stderr)
        print("Nothing was changed. .env.example lists every setting with its meaning.", file=sys.stderr)
        return 1
    return code


def _end_with_input(process: int) -> None:
    while os.read(0, 4096):  # past sys.stdin, whose lock a forked worker would inherit
        pass
    os.kill(process, signal.SIGTERM)
