"""Measure the rules on the corpus, or write the corpus as files."""

import sys
from pathlib import Path

from tests.corpus_discovery.measure import all_cases, measure, told


def main(words: list[str]) -> int:
    """Print the figures; the code is 1 if a goal is missed."""
    if words:
        folder = Path(words[0])
        folder.mkdir(parents=True, exist_ok=True)
        for case in all_cases():
            (folder / f"{case.name}.eml").write_bytes(case.raw)
        return 0
    figures = measure()
    sys.stdout.write(told(figures))
    return 0 if figures.goals_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
