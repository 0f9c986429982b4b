"""The light marks that letters are written in, as HTML and as plain text.

Blank lines part paragraphs; "# " heading; "- " and "1. " lists, deeper ones indented; "> " quotes;
"| a | b |" table rows; *bold*, _italic_, `code`, [text](link), bare links, [[picture.png]].
"""

import re
from html import escape

_LIST = re.compile(r"^(\s*)(?:(-)|(\d+)[.)])\s+(.*)$")
_SPANS = re.compile(
    r"\[\[(?P<image>[^\]]+)\]\]|\[(?P<label>[^\]]+)\]\((?P<target>[^)\s]+)\)|(?P<bare>https?://[^\s<>]+)"
    r"|(?<!\w)\*(?P<bold>[^*\n]+)\*(?!\w)|(?<!\w)_(?P<italic>[^_\n]+)_(?!\w)|`(?P<code>[^`\n]+)`"
)


def paragraphs(text: str) -> list[str]:
    """Split at blank lines."""
    return [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]


def spans_to_html(text: str) -> str:
    """Turn the marks within one line into HTML."""
    out: list[str] = []
    last = 0
    for found in _SPANS.finditer(text):
        out.append(escape(text[last : found.start()], quote=False))
        out.append(_span(found))
        last = found.end()
    return "".join(out) + escape(text[last:], quote=False)


def _span(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind == "image":
        name = escape(found["image"])
        return f'<img src="cid:{name}@image" alt="{name}">'
    if kind == "target":
        return f'<a href="{escape(found["target"])}">{escape(found["label"])}</a>'
    if kind == "bare":
        return f'<a href="{escape(found["bare"])}">{escape(found["bare"])}</a>'
    tag = {"bold": "b", "italic": "i", "code": "code"}[kind]
    return f"<{tag}>{escape(found[kind], quote=False)}</{tag}>"


def block_to_html(block: str) -> tuple[str, str]:
    """Turn one block into HTML. Returns its kind ("p", "ul", "table", "h", "quote") and the inner HTML."""
    lines = block.split("\n")
    if block.startswith("# "):
        return "h", spans_to_html(block[2:])
    if all(line.startswith("|") for line in lines):
        return "table", "".join(_row(line) for line in lines)
    if all(line.startswith(">") for line in lines):
        return "quote", "<br>".join(spans_to_html(line[1:].strip()) for line in lines)
    if _LIST.match(lines[0]) and all(_LIST.match(line) or line.startswith("  ") for line in lines):
        return "list", _list(lines)
    return "p", "<br>\n".join(spans_to_html(line) for line in lines)


def _row(line: str) -> str:
    return "<tr>" + "".join(f"<td>{spans_to_html(cell)}</td>" for cell in _cells(line)) + "</tr>"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _list(lines: list[str]) -> str:
    """Nest by indentation: an indented item belongs to the one above it."""
    first = _LIST.match(lines[0])
    tag = "ul" if first is None or first[2] else "ol"
    out: list[str] = []
    inner: list[str] = []
    for line in lines:
        item = _LIST.match(line)
        if item is None or item[1]:
            inner.append(line.strip())
            continue
        if inner:
            out[-1] += _list(inner)
            inner = []
        out.append(spans_to_html(item[4]))
    if inner:
        out[-1] += _list(inner)
    return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in out) + f"</{tag}>"


def to_plain(text: str) -> str:
    """Write the text as a mail program's plain part: links behind their words, pictures as their names.

    The cells of a table are parted by tabs.
    """
    text = re.sub(r"\[\[([^\]]+)\]\]", r"[image: \1]", text)
    text = re.sub(r"(?<!\[)\[([^\]\[]+)\]\((\S+?)\)", r"\1 <\2>", text)
    text = re.sub(r"(?m)^# ", "", text)
    text = re.sub(r"(?m)^\|.*\|$", lambda row: "\t".join(_cells(row[0])), text)
    return text.strip("\n")
