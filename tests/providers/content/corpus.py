"""The corpus of mails: NAME.eml and, beside it, NAME.txt with what a reader must see.

To add a case, drop both files into tests/corpus/by_hand. The .txt is the visible text; below lines
"=== signature", "=== quoted", "=== notes", "=== files" stand the other parts, compared only if there.
"""

from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus"


@dataclass(frozen=True, slots=True)
class Expected:
    """A .txt file taken apart."""

    visible: str
    sections: dict[str, str]


def corpus_files() -> list[Path]:
    """Return all mails of the corpus."""
    return sorted(CORPUS.glob("*/*.eml"))


def expected_of(mail: Path) -> Expected:
    """Read the expectation beside a mail."""
    visible, *rest = mail.with_suffix(".txt").read_text(encoding="utf-8").split("\n=== ")
    if visible.startswith("=== "):
        visible, rest = "", [visible[4:], *rest]
    pairs = (one.partition("\n") for one in rest)
    return Expected(visible.strip("\n"), {name: text.strip("\n") for name, _, text in pairs})
