"""Read mails that atheris makes up, for a bounded time: python -m tests.fuzz SECONDS

It grows inputs that reach new branches of `providers.content` and of the drawing. The first mail that breaks
a property ends the run; its bytes land in tests/corpus/found, to be committed with the fix.
Source: https://github.com/google/atheris
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["providers.content", "bot.inbox"]):
    from tests.providers.content.holding import hold

from tests.providers.content.corpus import corpus_files

FOUND = Path(__file__).parents[1] / "corpus" / "found"
LARGEST = 16 * 1024  # bytes; what large mails cost is measured elsewhere
SLOWEST = 20  # seconds for one mail


def main(seconds: int) -> None:
    """Fuzz for so long."""
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, mail in enumerate(corpus_files()):
            data = mail.read_bytes()
            if len(data) <= LARGEST:
                (Path(folder) / f"{number:04}").write_bytes(data)
        limits = (f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-timeout={SLOWEST}")
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={FOUND}/", folder], hold)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
