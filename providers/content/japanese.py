"""ISO-2022-JP as mail programs write it: with the characters of windows-31j that the standard lacks."""

import re

_SWITCH = re.compile(rb"\x1b(\$[@B]|\([BJI])")


def decode_japanese(data: bytes) -> str:
    """Decode what Python's strict codec refuses: circled numbers, "㈱" (NEC row 13), half-width kana.

    The double bytes of ISO-2022-JP and of windows-31j are the same table counted differently.
    Source: https://encoding.spec.whatwg.org/#iso-2022-jp-decoder
    """
    first, *pieces = _SWITCH.split(data)
    turned = [first]
    for switch, piece in zip(pieces[::2], pieces[1::2], strict=True):
        if switch.startswith(b"$"):
            turned.append(_shifted(piece))
        elif switch == b"(I":
            turned.append(bytes(byte | 0x80 for byte in piece))
        else:
            turned.append(piece)
    return b"".join(turned).decode("cp932", "replace")


def _shifted(piece: bytes) -> bytes:
    """Turn pairs of JIS bytes into windows-31j; line ends and what is no pair stay as they are."""
    shifted = bytearray()
    at = 0
    while at < len(piece):
        row, cell = piece[at], piece[at + 1] if at + 1 < len(piece) else 0
        if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
            shifted.append(row)
            at += 1
            continue
        shifted.append(((row - 0x21) >> 1) + (0x81 if row < 0x5F else 0xC1))
        shifted.append(cell + ((0x1F if cell < 0x60 else 0x20) if row % 2 else 0x7E))
        at += 2
    return bytes(shifted)


def undeclared_japanese(sample: bytes, data: bytes) -> str | None:
    """Read Shift_JIS and EUC-JP that nothing says is Japanese; None for anything else.

    Every Japanese sentence has hiragana, mostly more than half of it; read as another charset, or another
    charset read as this, it has none.
    """
    for codec in ("cp932", "euc_jp"):
        words = sample.decode(codec, "ignore")
        foreign = sum(char > "\x7f" for char in words)
        if foreign >= 6 and sum("\u3041" <= char <= "\u3096" for char in words) * 4 >= foreign:
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
    return None
