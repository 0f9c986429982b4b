"""Reads and writes business cards (vCard 2.1, 3.0 and 4.0). Pure.

Sources: https://www.rfc-editor.org/rfc/rfc6350 and rfc2426; for 2.1, versit's vCard specification of 1996.
"""

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.contacts.sheets import Broken, lines

MOST_CARD_LINES = 20_000
MOST_LINE = 10_000_000  # characters of a line with all that is folded into it: pictures are long
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class _Line:
    name: str
    value: str
    types: frozenset[str] = frozenset()
    preference: int = 101
    parameters: Mapping[str, str] = field(default_factory=dict)


def cards(texts: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Read cards: each with the line it begins on, as fields of a contact. Raises Broken."""
    begun, held = 0, list[_Line]()
    number = 0
    for number, raw in _unfolded(texts):
        line = _read(raw, number)
        if line is None:
            continue
        if line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
            if begun:
                raise Broken("card not ended", begun)
            begun, held = number, []
        elif line.name == "END" and line.value.strip().upper() == "VCARD":
            if not begun:
                raise Broken("card not begun", number)
            yield begun, _fields(held)
            begun = 0
        elif not begun:
            raise Broken("card not begun", number)
        elif len(held) < MOST_CARD_LINES:
            held.append(line)
    if begun:
        raise Broken("card not ended", begun)
    if not number:
        raise Broken("empty")


def _unfolded(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Put folded lines together; of 2.1, those that end in "=" as well."""
    begins, held, size, goes_on, is_quoted = 0, list[str](), 0, False, False
    for number, raw in enumerate(lines(texts), 1):
        line = raw.rstrip("\r\n")
        folded = bool(size) and line[:1] in (" ", "\t")
        if not folded and not goes_on:
            if whole := "".join(held).strip():
                yield begins, whole
            begins, held, size = number, [], 0
            is_quoted = "QUOTED-PRINTABLE" in line.upper().partition(":")[0]
        part = line[1:] if folded else line
        goes_on = is_quoted and part.endswith("=")
        held.append(part[:-1] if goes_on else part)
        size += len(part)
        if size > MOST_LINE:
            raise Broken("line too long", begins)
    if whole := "".join(held).strip():
        yield begins, whole


def _read(raw: str, number: int) -> _Line | None:
    head, colon, value = _split(raw)
    if not colon:
        raise Broken("no card line", number)
    name, *given = head.split(";")
    name = name.rpartition(".")[2].strip().upper()
    parameters: dict[str, str] = {}
    types: set[str] = set()
    for one in given:
        key, equals, text = one.partition("=")
        if not equals:
            types.add(key.strip().upper())  # 2.1 writes TYPE's values alone
        elif key.strip().upper() == "TYPE":
            types |= {part.strip().upper() for part in text.strip('"').split(",")}
        else:
            parameters[key.strip().upper()] = text.strip('"')
    if name in ("PHOTO", "LOGO", "SOUND", "KEY"):
        return None
    encoding = parameters.get("ENCODING", "").upper()
    if encoding == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in types:
        octets = quopri.decodestring(value.encode())
        value = _decoded(octets, parameters.get("CHARSET", "utf-8"))
    preference = parameters.get("PREF", "")
    rank = int(preference) if preference.isdecimal() and len(preference) < 4 else 101
    return _Line(name, value, frozenset(types), 1 if "PREF" in types else rank)


def _decoded(octets: bytes, charset: str) -> str:
    """Read octets in a character set that a stranger names; none that Python has can hurt."""
    try:
        text = octets.decode(charset, "replace")
    except (LookupError, ValueError):  # unknown, or one that reads no mail
        text = octets.decode("utf-8", "replace")
    return text.encode("utf-8", "ignore").decode()  # some make halves of characters


def _split(raw: str) -> tuple[str, str, str]:
    """Part a line at its first colon that stands in no quotation marks."""
    quoted = False
    for place, character in enumerate(raw):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return raw[:place], ":", raw[place + 1 :]
    return raw, "", ""


def _fields(held: list[_Line]) -> dict[str, str]:
    found: dict[str, list[_Line]] = {}
    for line in held:
        found.setdefault(line.name, []).append(line)

    def first(name: str) -> str:
        ranked = sorted(found.get(name, ()), key=lambda line: line.preference)
        return next((text for line in ranked if (text := unescaped(line.value).strip())), "")

    name = first("FN")
    if not name and "N" in found:
        family, given, middle = [*components(found["N"][0].value), "", "", ""][:3]
        name = " ".join(filter(None, (given, middle, family)))
    mails = sorted(found.get("EMAIL", ()), key=lambda line: line.preference)
    notes = [unescaped(line.value) for line in found.get("NOTE", ())]
    company = components(found["ORG"][0].value)[0] if "ORG" in found else ""
    return {
        "name": name,
        "addresses": "\n".join(unescaped(line.value).strip().removeprefix("mailto:") for line in mails),
        "company": company,
        "title": first("TITLE"),
        "phone": first("TEL").removeprefix("tel:"),
        "notes": "\n".join(filter(None, notes)),
        "owner": first("X-MAILROOM-OWNER"),
    }


def components(value: str) -> list[str]:
    """Part a value at its semicolons, but not at escaped ones."""
    parts = [""]
    for piece in re.findall(r"\\.|[^\\;]+|;|\\", value, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return [unescaped(part).strip() for part in parts]


def unescaped(value: str) -> str:
    """Read the escapes of RFC 6350, 3.4."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def escaped(text: str) -> str:
    """Write them."""
    for plain, written in (("\\", "\\\\"), ("\n", "\\n"), (",", "\\,"), (";", "\\;")):
        text = text.replace(plain, written)
    return text


def card(fields: Mapping[str, str]) -> str:
    """Write one card, as version 3.0, which everything reads."""
    mails = [one for one in fields["addresses"].split("\n") if one]
    content = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{escaped(fields['name'])}",
        f"N:;{escaped(fields['name'])};;;",
        *(
            f"EMAIL;TYPE=INTERNET{',PREF' if place == 0 else ''}:{escaped(mail)}"
            for place, mail in enumerate(mails)
        ),
    ]
    for name, key in (("ORG", "company"), ("TITLE", "title"), ("TEL", "phone"), ("NOTE", "notes")):
        if fields[key]:
            content.append(f"{name}:{escaped(fields[key])}")
    if fields["owner"]:
        content.append(f"X-MAILROOM-OWNER:{escaped(fields['owner'])}")
    return "".join(f"{_folded(line)}\r\n" for line in (*content, "END:VCARD"))


def _folded(line: str) -> str:
    """Break a line where RFC 2426, 2.6 wants it: at 75 octets, and never inside a character."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > 74:
            parts.append(part)
            part, size = "", 1
        part, size = part + character, size + octets
    return "\r\n ".join([*parts, part])
