"""Bytes into text, whatever the label says."""

import codecs
import re
import sys

from providers.content.japanese import decode_japanese, undeclared_japanese

# Labels seen in mail that Python does not know, or knows as something narrower than what senders mean by them
# (WHATWG Encoding: every "latin1" is windows-1252). Source: https://encoding.spec.whatwg.org/#names-and-
# labels
_MEANT = {
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "usascii": "cp1252",
    "ascii": "cp1252",
    "ansix341968": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "xgbk": "gb18030",
    "big5": "big5hkscs",
    "ksc56011987": "cp949",
    "euckr": "cp949",
    "ksc5601": "cp949",
    "shiftjis": "cp932",
    "xsjis": "cp932",
    "sjis": "cp932",
    "iso88599": "cp1254",
    "iso885911": "cp874",
    "tis620": "cp874",
    "iso88598i": "iso8859_8",
    "iso88598e": "iso8859_8",
    "unicode11utf8": "utf-8",
    "utf8mb4": "utf-8",
    "xunknown": "utf-8",
    "unknown8bit": "utf-8",
    "8bit": "utf-8",
    "xmacroman": "mac_roman",
    "macintosh": "mac_roman",
    "xutf7": "utf-7",
    "unicode11utf7": "utf-7",
}
# Multi-byte without bytes above 127: such text is valid UTF-8 too, so the label is believed first.
_SEVEN_BIT = frozenset({"iso2022_jp", "iso2022_kr", "hz", "utf-7", "iso2022_jp_1", "iso2022_jp_2"})
# The C1 controls that these leave in 0x80 to 0x9F stand in no mail; Windows put quotes, dashes, "€" and
# letters there, and its programs often sent the old label.
_WINDOWS = {
    "iso8859-2": "cp1250",
    "iso8859-4": "cp1257",
    "iso8859-7": "cp1253",
    "iso8859_8": "cp1255",
    "iso8859-8": "cp1255",
    "iso8859-13": "cp1257",
    "iso8859-15": "cp1252",
}
_C1 = re.compile(rb"[\x80-\x84\x86-\x9f]")
_ODD = re.compile("[\x80-\x84\x86-\x9f]")
# What Python can look up and no sender means by it: ways to write names and programs, one of them (punycode)
# quadratic in the text.
_NO_CHARSETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})
_NUMBERED = re.compile(r"^(?:x?cp|win|windows|ibm)(?=\d{3,4}$)")
_REFERENCE = re.compile(r"&#([0-9]{3,7});")
_SAMPLE = 64 * 1024
_HIGH_LETTER = re.compile(rb"[\x80-\xff]")
_HIGH_WORD = re.compile(rb"[\xc0-\xff]{3,}")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)


def decode(data: bytes, label: str = "") -> str:
    """Decode a body: UTF-8 if valid, then the label, then what an HTML head says, then windows-1252.

    UTF-8 comes first since providers hand over text they have already recoded while the old label still
    stands there (providers.md 1.6), and text in another charset is hardly ever valid UTF-8 by accident.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").lstrip("\ufeff")
    codec = _codec(label)
    if codec in _SEVEN_BIT or codec.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        found = _try(data, codec)
        if found is None and codec == "iso2022_jp":
            recoded = None if b"\x1b" in data else _try(data, "utf-8")  # Gmail's way, label and all
            found = decode_japanese(data) if recoded is None else recoded
        if found is not None:
            return found
    if b"\x1b$" in data and data.isascii():
        return decode_japanese(data)
    text = _try(data, "utf-8")
    if text is None:
        return _labelled(data, codec)
    original = _before_recoding(text, codec)
    return text.removeprefix("\ufeff") if original is None else _labelled(original, codec)


def _before_recoding(text: str, codec: str) -> bytes | None:
    """Go back to the bytes that a provider recoded by a label that may be wrong; None if it was right."""
    if text.isascii() or (codec not in _WINDOWS and codec != "cp1252"):
        return None
    if codec != "cp1252" and not _ODD.search(text):
        return None
    for name in ("latin-1", "cp1252") if codec == "cp1252" else (codec,):
        try:
            return text.encode(name)
        except UnicodeError:
            continue
    return None


def _labelled(data: bytes, codec: str) -> str:
    """Decode what is no UTF-8."""
    codec, declared = _meant(codec, data), _meant(_codec(_declared(data)), data)
    if codec in ("", "cp1252") and declared in ("", "cp1252"):
        found = _cyrillic(data)
        if found is None:
            found = undeclared_japanese(data[:_SAMPLE], data)
        if found is not None:
            return found
    for name in (codec, declared):
        found = _try(data, name) if name and name != "utf-8" else None
        if found is not None:
            return found
    return _worst(data, codec)


def with_characters(text: str, label: str) -> str:
    """Turn "&#8211;" in plain text into the character where the charset of that label has no room for it.

    That is how browsers send what somebody types into a form, and old webmail mailed it on as it came. What
    the charset does hold was written so by a person, and stays. Source:
    https://encoding.spec.whatwg.org/#error-mode ("html")
    """
    codec = _codec(label) if "&#" in text else ""
    return _REFERENCE.sub(lambda found: _missing(found, codec), text) if codec else text


def _missing(found: re.Match[str], codec: str) -> str:
    number = int(found[1])
    if number < 160 or number > sys.maxunicode or 0xD800 <= number < 0xE000:
        return found[0]
    try:
        chr(number).encode(codec)
    except (LookupError, UnicodeError, ValueError):
        return chr(number)
    return found[0]


def _worst(data: bytes, codec: str) -> str:
    """Make the best of bytes that fit nothing: mostly UTF-8 stays UTF-8, a few bad bytes become U+FFFD."""
    repaired = data.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    whole = sum(ord(c) > 127 and c != "\ufffd" for c in repaired[:100_000])
    if whole and (broken * 20 < len(repaired) or (codec == "utf-8" and broken <= whole)):
        return repaired.removeprefix("\ufeff")
    if codec and codec not in ("utf-8", "cp1252"):
        try:
            return data.decode(codec, "replace")
        except (LookupError, UnicodeError, ValueError):
            pass
    return data.decode("cp1252", "replace")


def _cyrillic(data: bytes) -> str | None:
    """Read Cyrillic that nothing says is Cyrillic; None for anything else.

    No language written in windows-1252 has whole words of accented letters. Six letters make up nearly half
    of any text in Russian, Ukrainian or Bulgarian, and less than a third of what another alphabet would be.
    """
    sample = data[:_SAMPLE]
    letters = len(_HIGH_LETTER.findall(sample))
    if letters < 10 or sum(map(len, _HIGH_WORD.findall(sample))) * 10 < letters * 8:
        return None
    for codec in ("koi8-r", "cp1251"):
        words = sample.decode(codec, "replace").lower()
        if sum(words.count(letter) for letter in "оеаинт") * 100 >= letters * 36:
            return data.decode(codec, "replace")
    return None


def _meant(codec: str, data: bytes) -> str:
    return _WINDOWS[codec] if codec in _WINDOWS and _C1.search(data) else codec


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        return None


def _declared(data: bytes) -> str:
    found = _META.search(data[:4096])
    return found.group(1).decode("ascii", "replace") if found else ""


def _codec(label: str) -> str:
    """Return the name of a text codec for a label, "" for none."""
    plain = re.sub(r"[^a-z0-9]", "", label[:60].casefold().split("*")[0])
    if not plain:
        return ""
    if plain in _MEANT:
        return _MEANT[plain]
    for name in (label.strip(" \"'")[:60], _NUMBERED.sub("cp", plain)):  # "cp-850", "win-1251"
        try:
            info = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        known = getattr(info, "_is_text_encoding", True) and info.name.replace("_", "-") not in _NO_CHARSETS
        return info.name if known else ""
    return ""
