"""Charsets, named rightly, wrongly or not at all."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, headers


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _charsets()


def _charsets() -> Iterator[Case]:
    def coded(name: str, text: str, codec: str, label: str | None) -> Case:
        content = "text/plain" + (f"; charset={label}" if label else "")
        data = (
            f"Content-Type: {content}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
            + text.encode(codec)
            + b"\r\n"
        )
        return Case(f"charset-{name}", headers("Charset").encode() + data, text)

    yield coded("latin1-is-windows", "Preis: 5 € – „gut“", "cp1252", "iso-8859-1")
    yield coded("utf8-called-latin1", "Grüße aus Köln", "utf-8", "iso-8859-1")
    yield coded("missing-utf8", "Grüße aus Köln", "utf-8", None)
    yield coded("missing-latin1", "Grüße aus Köln", "cp1252", None)
    yield coded("unknown-label", "Grüße aus Köln", "utf-8", "x-nonsense")
    yield coded("koi8-r", "Здравствуйте, встреча в четверг.", "koi8-r", "koi8-r")
    yield coded("windows-1251", "Здравствуйте, встреча в четверг.", "cp1251", "windows-1251")
    yield coded("gb2312-with-gbk", "會議在星期四，请准备。", "gb18030", "gb2312")
    yield coded("big5", "會議在星期四。", "big5", "big5")
    yield coded("iso-2022-jp", "会議は木曜日です。", "iso2022_jp", "iso-2022-jp")
    yield coded("shift-jis", "会議は木曜日です。", "cp932", "Shift_JIS")
    yield coded("euc-kr", "회의는 목요일입니다.", "cp949", "euc-kr")
    yield coded("hebrew-visual-label", "שלום, הפגישה ביום חמישי.", "iso8859_8", "iso-8859-8-i")
    yield coded("windows-1256", "الاجتماع يوم الخميس", "cp1256", "windows-1256")
    yield coded("windows-1253", "Η συνάντηση είναι την Πέμπτη.", "cp1253", "windows-1253")
    yield coded("windows-1254", "Toplantı perşembe günü.", "cp1254", "iso-8859-9")
    yield coded("windows-1250", "Schůzka je ve čtvrtek.", "cp1250", "windows-1250")
    yield coded("tis-620", "ประชุมวันพฤหัสบดี", "cp874", "tis-620")
    yield Case(
        "charset-only-in-the-html-head",
        headers().encode()
        + b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + '<html><head><meta charset="windows-1251"></head><body>Встреча в четверг</body></html>'.encode(
            "cp1251"
        ),
        "Встреча в четверг",
    )
