"""Reading mail: beside the usual pipeline (markdownify, mail-parser-reply), and beside HTML parsing alone.

All start from the same parsed messages of the corpus and end with text, in one run, taking turns. The
floor only hands each HTML body to the parser that reading uses. The touch does that, meets each tag and text
once and understands nothing: the least that reading in Python can cost, and the baseline beside the floor.

Quality stands beside speed: how many mails each splitter reads as the text beside them says. Most mails are
short; those as heavy as what builders and Word send are measured by themselves, too. Mails that mean harm
are left out: the pipeline dies of them.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

from mailparser_reply import EmailReplyParser
from markdownify import markdownify
from selectolax.lexbor import LexborHTMLParser

from benchmarks.measures import Measure
from providers.content.eml import parse_eml
from providers.content.html_tokens import tokens_of
from providers.content.reading import read_message
from providers.mail import Message

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
ROUNDS = 7
LANGUAGES = ["en", "de", "cs", "da", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]  # all it has

Read = Callable[[Message], str]


def measure() -> list[Measure]:
    """Read the whole corpus by each way, taking turns, and compare."""
    mails = [mail for mail in sorted(CORPUS.glob("*/*.eml")) if not mail.stem.startswith("harm-")]
    messages = [parse_eml(mail.read_bytes()).message for mail in mails]
    html = [message for message in messages if message.html]
    heavy = [message for mail, message in zip(mails, messages, strict=True) if mail.stem.startswith("real-")]
    ours, pipeline = _best((_ours, _pipeline), messages)
    ours_html, floor, touch = _best((_ours, _floor, _touch), html)
    ours_heavy, floor_heavy, touch_heavy, pipeline_heavy = _best((_ours, _floor, _touch, _pipeline), heavy)
    expected = [_visible(mail.with_suffix(".txt")) for mail in mails]
    rate, their_rate = len(messages) / ours, len(messages) / pipeline
    memory, their_memory = _peak(_ours, messages), _peak(_pipeline, messages)
    exact, their_exact = _exact(_ours, messages, expected), _exact(_pipeline, messages, expected)
    return [
        Measure("read_vs_pipeline", rate / their_rate, "times the messages per second", 5, "higher", 1),
        Measure("read_vs_floor", ours_html / floor, "times the time of parsing", 3, "lower", touch / floor),
        Measure(
            "read_heavy_vs_pipeline",
            pipeline_heavy / ours_heavy,
            "times, mails of true weight",
            5,
            "higher",
            1,
        ),
        Measure(
            "read_heavy_vs_floor",
            ours_heavy / floor_heavy,
            "times parsing, true weight",
            3,
            "lower",
            touch_heavy / floor_heavy,
        ),
        Measure("read_rate", rate, "messages per second", 5 * their_rate, "higher", their_rate),
        Measure("read_memory", memory, "KiB at the peak", their_memory, "lower", their_memory),
        Measure("read_exact", exact, f"of {len(mails)} mails exactly", len(mails), "higher", their_exact),
    ]


def _ours(message: Message) -> str:
    return read_message(message).text


def _pipeline(message: Message) -> str:
    text = markdownify(message.html) if message.html else message.text or ""
    return EmailReplyParser(languages=LANGUAGES).parse_reply(text=text) or ""


def _touch(message: Message) -> str:
    body = LexborHTMLParser(message.html or "").body
    tokens = tokens_of((body.html if body else None) or "")
    met: dict[str | None, int] = {}
    texts: list[str] = []
    for tag, text in zip(tokens.tags, tokens.texts, strict=True):
        met[tag] = len(texts)
        if text:
            texts.append(text)
    return "".join(texts)


def _floor(message: Message) -> str:
    LexborHTMLParser(message.html or "")
    return ""


def _best(ways: Sequence[Read], messages: Sequence[Message]) -> list[float]:
    """Return the time that each way takes for all messages: the fastest of several rounds for each message.

    The ways take turns at every message, so that a busy machine is as busy for all of them.
    """
    fastest = [[float("inf")] * len(messages) for _ in ways]
    for _ in range(ROUNDS):
        gc.collect()
        for at, message in enumerate(messages):
            for read, times in zip(ways, fastest, strict=True):
                began = time.perf_counter()
                read(message)
                times[at] = min(times[at], time.perf_counter() - began)
    return [sum(times) for times in fastest]


def _peak(read: Read, messages: Sequence[Message]) -> float:
    """Return the most memory that reading one message after the other needs at any moment, in KiB."""
    gc.collect()
    tracemalloc.start()
    try:
        for message in messages:
            read(message)
        return tracemalloc.get_traced_memory()[1] / 1024
    finally:
        tracemalloc.stop()


def _exact(read: Read, messages: Sequence[Message], expected: Sequence[str]) -> int:
    """Count the messages read as expected; blanks and Markdown's marks count against nobody."""
    return sum(_bare(read(message)) == _bare(text) for message, text in zip(messages, expected, strict=True))


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _visible(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return "" if text.startswith("\n=== ") else text.partition("\n=== ")[0]
