"""Mails of the corpus with random damage: what a broken disk, a bad gateway or an attacker makes of them."""

import random

import pytest

from tests.providers.content.corpus import corpus_files
from tests.providers.content.holding import hold

SEEDS = [data for data in (mail.read_bytes() for mail in corpus_files()) if len(data) < 20_000]
PIECES = (
    *(
        b"<",
        b">",
        b"\n> ",
        b"\n\n",
        b"</div>",
        b"<blockquote>",
        b"&#x202e;",
        b"--\n",
        b"\x00",
        b"<table>",
        b"<pre>",
    ),
    *(b"<ul><li>", b"http://", b"a@b.c", b"\r\n--=_b1\r\n", b"=", b"<a href=", b"charset=\x00", b"[", b"%"),
)


def damaged(random_: random.Random) -> bytes:
    """A mail with up to twenty injuries."""
    data = bytearray(random_.choice(SEEDS))
    for _ in range(random_.choice((1, 2, 5, 20))):
        at = random_.randrange(len(data) + 1)
        kind = random_.randrange(5)
        if kind == 0:
            del data[at : at + random_.randrange(1, 60)]
        elif kind == 1:
            data[at:at] = random_.randbytes(random_.randrange(1, 8))
        elif kind == 2:
            data[at:at] = random_.choice(PIECES)
        elif kind == 3:
            other = random_.choice(SEEDS)
            start = random_.randrange(len(other))
            data[at:at] = other[start : start + random_.randrange(1, 400)]
        else:
            data[at:at] = data[at : at + random_.randrange(1, 30)] * random_.randrange(2, 50)
    return bytes(data)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_mail_is_read_and_drawn_all_the_same(seed: int) -> None:
    random_ = random.Random(seed)
    for _ in range(100):
        hold(damaged(random_))
