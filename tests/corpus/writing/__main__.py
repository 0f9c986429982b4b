"""Write the generated mails into tests/corpus/mails."""

from pathlib import Path

from tests.corpus.writing import (
    builders,
    by_language,
    charsets,
    clients,
    clients_with_headers,
    large,
    long_threads,
    machines,
    sealed,
    structures,
    texts,
)

MODULES = (
    builders,
    by_language,
    charsets,
    clients,
    clients_with_headers,
    large,
    long_threads,
    machines,
    sealed,
    structures,
    texts,
)


def main() -> None:
    """Write every case as NAME.eml and NAME.txt."""
    folder = Path(__file__).parent.parent / "mails"
    for module in MODULES:
        for case in module.cases():
            (folder / f"{case.name}.eml").write_bytes(case.data)
            (folder / f"{case.name}.txt").write_text(case.expectation(), encoding="utf-8")


if __name__ == "__main__":
    main()
