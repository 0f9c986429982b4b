"""Strategies that write mails: plain text, HTML and whole MIME messages, sane and broken."""

from hypothesis import strategies as st

WORD = st.text("abcdefghijklmnopqrstuvwxyzäöüéñßжщאב漢字한", min_size=1, max_size=12)
SENTENCE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
ANNOUNCEMENTS = (
    "On Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrote:",
    "Am 02.03.2026 um 10:00 schrieb Ann Lee:",
    "-----Original Message-----",
    "---------- Forwarded message ---------",
    "From: Ann Lee\nSent: Monday\nTo: Dana\nSubject: Thursday",
    "________________________________",
    "-- ",
    "--",
    "Sent from my iPhone",
    "Best regards,\nDana\n+44 20 7946 0123",
    "<https://northwind.example/a>",
    "<!channel> <@U1>",
)
SET_IN = (
    "    {}",
    "      {};",
    "- {}",
    "  - {}",
    "1. {}",
    "   2) {}",
    "a) {}",
    "{0}\t{0}",
    "{0}   {0}",
    "| {} |",
    "\t{} = (",
)
LINE = st.one_of(
    SENTENCE,
    SENTENCE.map("> {}".format),
    SENTENCE.map(">> {}".format),
    st.builds(str.format, st.sampled_from(SET_IN), SENTENCE),
    st.sampled_from(ANNOUNCEMENTS),
    st.just(""),
    st.text(max_size=90),
)
TEXT = st.lists(LINE, max_size=25).map("\n".join)

_NAMES = """p|div|b|i|a href='https://a.example/x'|span style='font-weight:bold'|ul|ol|li|blockquote|table|tr
|td|th|pre|code|h2|blockquote type=cite|div class=gmail_quote|br|hr|u|s|div id=appendonsend|section|o:p|center
|div class=gmail_signature|a href='javascript:x'|font color=red|p class=MsoNormal|td colspan=2
|div id=divRplyFwdMsg|div style='white-space:pre-wrap'|dl|dt|dd|menu|h5|listing|details|summary|label"""
TAGS = tuple(_NAMES.replace("\n", "").split("|"))


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, inner, closed: f"<{tag}>{''.join(inner)}" + (f"</{tag.split()[0]}>" if closed else ""),
        st.sampled_from(TAGS),
        st.lists(children, max_size=4),
        st.sampled_from((True, True, True, False)),
    )


ENTITIES = st.sampled_from(
    ("&nbsp;", "&amp;", "&lt;b&gt;", "&#8203;", "&zwnj;", "<!-- c -->", "<", ">", "\n", " ")
)
HTML = st.recursive(
    st.one_of(SENTENCE, ENTITIES, st.sampled_from(ANNOUNCEMENTS[:4])), _element, max_leaves=25
)
# Whole tables, which elements put together at random hardly ever make.
_CELL = st.builds(
    lambda cell, inner: f"<{cell}>{''.join(inner)}</{cell.split()[0]}>",
    st.sampled_from(("td", "td", "td", "th", "td colspan=2", "td rowspan=2", "td align=right")),
    st.lists(HTML, max_size=3),
)
_ROW = st.lists(_CELL, max_size=4).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
TABLE = st.builds(
    lambda tag, rows: f"<{tag}>{''.join(rows)}</table>",
    st.sampled_from(("table", "table border=1", "table role=presentation")),
    st.lists(_ROW, max_size=4),
)
HTMLS = st.lists(st.one_of(HTML, HTML, TABLE), max_size=6).map("".join)

TYPES = st.sampled_from(
    (
        b"text/plain",
        b"text/html",
        b"text/plain; charset=x-none",
        b"multipart/mixed; boundary=b",
        b"text/calendar",
        b"multipart/alternative; boundary=b",
        b"multipart/report; boundary=b",
        b"message/rfc822",
        b"image/png",
        b"message/delivery-status",
        b"message/disposition-notification",
        b"application/pkcs7-mime",
        b"text/plain; format=flowed",
        b"multipart/mixed",
        b"message/partial; number=x",
        b"text/html; charset=utf-16",
        b"; ;",
        b"multipart/mixed; boundary=",
    )
)
FIELD = st.builds(
    lambda name, value: name + b": " + value + b"\r\n",
    st.sampled_from(
        (
            b"From",
            b"To",
            b"Subject",
            b"Date",
            b"Message-ID",
            b"References",
            b"Content-Transfer-Encoding",
            b"X-Failed-Recipients",
            b"Content-Disposition",
            b"Content-ID",
        )
    ),
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from(
            (
                b"base64",
                b"quoted-printable",
                b"=?utf-8?q?a=0Db?=",
                b"<",
                b"Ann <ann@x.example>",
                b"attachment; filename*=x''%",
                b"Mon, 2 Mar 2026 10:00:00 +9999",
            )
        ),
    ),
)


def _part(children: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda kind, fields, inner: (
            b"Content-Type: " + kind + b"\r\n" + b"".join(fields) + b"\r\n" + b"\r\n--b\r\n".join(inner)
        ),
        TYPES,
        st.lists(FIELD, max_size=4),
        st.lists(children, max_size=4),
    )


BODY = st.one_of(
    st.binary(max_size=200),
    TEXT.map(lambda text: text.encode("utf-8", "replace")),
    HTMLS.map(lambda html: html.encode("utf-8", "replace")),
)
MIME = st.builds(
    lambda fields, part: b"".join(fields) + part,
    st.lists(FIELD, max_size=6),
    st.recursive(BODY, _part, max_leaves=6),
)
