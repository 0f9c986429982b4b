"""Write the generated mails into tests/corpus/mails."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.corpus import writing
from tests.corpus.writing.mail import Case


def cases() -> Iterator[Case]:
    """Yield every case of every module here that has some."""
    for found in iter_modules(writing.__path__):
        if found.name != "__main__":
            yield from getattr(import_module(f"{writing.__name__}.{found.name}"), "cases", tuple)()


def main() -> None:
    """Write every case as NAME.eml and NAME.txt."""
    folder = Path(__file__).parent.parent / "mails"
    for case in cases():
        (folder / f"{case.name}.eml").write_bytes(case.data)
        (folder / f"{case.name}.txt").write_text(case.expectation(), encoding="utf-8")


if __name__ == "__main__":
    main()
