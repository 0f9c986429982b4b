"""Every sentence that a person reads in Slack can be translated: it goes through the reader, whole."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOT = sorted((ROOT / "bot").rglob("*.py"))
BUILDERS = {  # what puts a text onto a screen, and which of its arguments are texts
    "plain": (0,), "mrkdwn": (0,), "span": (0,), "header": (0,), "section": (0,), "context": (0, 1, 2),
    "button": (0,), "option": (0, 2), "confirm": (0, 1, 2, 3), "field": (0,), "window": (0,), "Notice": (0,),
    "Answer": (0,), "loading_window": (1, 2),
}  # fmt: skip
KEYWORDS = {"label", "hint", "placeholder", "submit", "close", "description", "text", "fallback"}
WORDS = re.compile(r"[A-Za-z]{3,}")  # punctuation, and names of forms like "{n}", are no sentence
NAMES = {"Mailroom", "Gmail", "Outlook", "Slack"}


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call of a file."""
    tree = ast.parse(path.read_bytes())
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(node: ast.Call) -> str:
    """The name of what is called, without whose it is."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def bare(node: ast.expr) -> str:
    """The words of a text that stands in the code itself, "" where it comes through the reader."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.IfExp):
        return bare(node.body) or bare(node.orelse)
    elif isinstance(node, ast.BinOp):
        return bare(node.left) or bare(node.right)
    else:
        return ""
    return text if WORDS.search(text) and text not in NAMES else ""


def literals(path: Path) -> list[str]:
    """Texts that a file puts onto a screen without the reader."""
    found = []
    for node in calls(path):
        name = called(node)
        if name not in BUILDERS:
            continue
        texts = [arg for place, arg in enumerate(node.args) if place in BUILDERS[name]]
        texts += [one.value for one in node.keywords if one.arg in KEYWORDS]
        found += [f"{path.name}:{node.lineno} {words!r}" for words in map(bare, texts) if words]
    return sorted(found)


@pytest.mark.parametrize("path", BOT, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_reaches_a_screen_but_through_the_reader(path: Path) -> None:
    assert literals(path) == []


def test_every_sentence_is_whole_before_values_are_put_in() -> None:
    """gettext looks a sentence up by its letters: one that is put together first is never found."""
    broken = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in BOT
        for node in calls(path)
        if called(node) in ("say", "count")
        for argument in node.args[: 2 if called(node) == "count" else 1]
        if isinstance(argument, ast.JoinedStr)
        or (isinstance(argument, ast.Call) and called(argument) in ("format", "join"))
        or (isinstance(argument, ast.BinOp) and not isinstance(argument.op, ast.Add))
    ]
    assert broken == []


def test_every_place_in_a_sentence_is_given_its_value_and_no_other() -> None:
    wrong = []
    for path in BOT:
        for node in calls(path):
            if (
                called(node) != "say"
                or not node.args
                or not isinstance(sentence := node.args[0], ast.Constant)
            ):
                continue
            given = {one.arg for one in node.keywords}
            if None in given or not isinstance(sentence.value, str):
                continue
            wanted = set(re.findall(r"{(\w+)}", sentence.value))
            if wanted - given:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} lacks {wanted - given}")
            if given - wanted:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} never says {given - wanted}")
    assert wrong == []


def test_no_sentence_shouts() -> None:
    loud = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in BOT
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"[a-z]{2}!(\s|$)", node.value)
    ]
    assert loud == []


def test_the_search_finds_a_bare_text(tmp_path: Path) -> None:
    planted = tmp_path / "views.py"
    planted.write_text(
        'section(plain("Nothing here yet"))\nheader(f"Hello {name}")\nbutton(reader.say("Open"), "a.b")\n'
        'window("Record" if one else "Person", [])\nplain("\\u2013")\nplain(f"{a} · {b}")\n',
        encoding="utf-8",
    )
    assert [line.partition(" ")[0] for line in literals(planted)] == [
        "views.py:1",
        "views.py:2",
        "views.py:4",
    ]
