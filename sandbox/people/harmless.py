"""HTML of strangers, rebuilt from a short list of tags: nothing runs, loads, links or covers anything."""

import re
from html import escape
from html.parser import HTMLParser

_BLOCKS = ("p", "div", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "table", "tr", "pre")
_WORDS = ("b", "strong", "i", "em", "u", "s", "code", "tbody", "thead", "td", "th")
_KEPT = frozenset((*_BLOCKS, *_WORDS))
_EMPTY = frozenset({"br", "hr"})
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_BREAKS = frozenset((*_BLOCKS, "br", "hr"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DEEPEST = 200
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source"})


class _Rebuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._silent:
            if tag not in _VOID:
                self._silent.append(tag)
            return
        if tag not in _VOID and (tag in _SILENT or _HIDDEN.search(given.get("style", ""))):
            self._silent.append(tag)
            return
        if tag in _BREAKS:
            self.text.append("\n")
        if tag == "img" and given.get("width") != "1":  # one pixel wide: it counts readers and shows nothing
            self._say(f"[{given.get('alt') or 'image'}]")
        elif tag in _EMPTY:
            self.out.append(f"<{tag}>")
        elif tag in _KEPT and len(self._open) < _DEEPEST:
            self._open.append(tag)
            self.out.append(f"<{tag}>")
        if tag == "a" and given.get("href", "").startswith(("http://", "https://", "mailto:")):
            self.out.append(f'<span class="link" title="{escape(given["href"])}">')
            self._open.append("span")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            return
        wanted = "span" if tag == "a" else tag
        if wanted in self._open:
            while (closed := self._open.pop()) != wanted:
                self.out.append(f"</{closed}>")
            self.out.append(f"</{wanted}>")
        if tag in _BREAKS:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(data)

    def _say(self, data: str) -> None:
        self.out.append(escape(data, quote=False))
        self.text.append(re.sub(r"\s+", " ", data))

    def finish(self) -> None:
        self.close()
        self.out += [f"</{tag}>" for tag in reversed(self._open)]


def harmless_html(html: str) -> str:
    """Rebuild HTML from allowed tags without attributes; links become words that show where they lead."""
    rebuilder = _Rebuilder()
    rebuilder.feed(html)
    rebuilder.finish()
    return "".join(rebuilder.out)


def text_of_html(html: str) -> str:
    """Take the words of HTML, a line for each block."""
    rebuilder = _Rebuilder()
    rebuilder.feed(html)
    rebuilder.finish()
    lines = (line.strip() for line in "".join(rebuilder.text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
