"""Foreign text without what must not reach a screen: controls, direction overrides, invisible padding."""

import re
from unicodedata import category

# Soft hyphens, fillers, zero-width blanks, byte-order marks, direction overrides and isolates, tag
# characters, lone surrogates. Direction *marks* (U+200E, U+200F) stay: Hebrew and Arabic need them and they
# cannot turn text around.
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
# Joiners belong inside words and emoji; beside a blank they are the padding of a hidden preheader.
_JOINERS = re.compile("[\u200c\u200d]+")
_LETTER = re.compile(r"[^\W_]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return `text` without what must not be shown. Blanks and line ends stay as they are."""
    if text.isascii():
        return _JUNK.sub("", text) if not text.isprintable() else text
    text = _JUNK.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub(_inside_a_word, text)
    return text


def _inside_a_word(joiners: re.Match[str]) -> str:
    before, after = (
        joiners.string[max(0, joiners.start() - 1) : joiners.start()],
        joiners.string[joiners.end() : joiners.end() + 1],
    )
    return "" if not before or before.isspace() or not after or after.isspace() else joiners.group()


def lines_of(text: str) -> list[str]:
    """Split into lines at any line end that mail knows, cleaned."""
    text = text.replace("\r\n", "\n")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text.split("\n")  # as most text: nothing to clean
    return _LINE_ENDS.sub("\n", clean(text)).split("\n")


def one_line(text: str) -> str:
    """Return `text` cleaned, with every run of white space as one blank: for names, subjects, labels."""
    return " ".join(clean(text).split())


def has_word(text: str) -> bool:
    """Tell whether anything in `text` is content by itself: a letter, a digit, an emoji."""
    if text[:1].isalnum() or _LETTER.search(text):
        return True
    return not text.isascii() and any(char > "\u2000" and category(char)[0] == "S" for char in text)


def is_emoji(text: str) -> bool:
    """Tell whether `text` is nothing but emoji: programs send pictures of them, described by the sign."""
    if not text or text.isascii():
        return False
    signs = [char for char in text if char not in "\u200d\ufe0f"]
    return bool(signs) and all(char > "\u2000" and category(char) in ("So", "Sk") for char in signs)
