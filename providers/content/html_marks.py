"""What mail clients write into their markup: quotes, signatures, hidden text.

The facts are public ones about each client's output (providers.md 7, "quoted reply"); a selector is only
asked when the word before it stands in the source, so that a plain message pays for none of them.
"""

from typing import Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

HIDDEN: Final = 1
QUOTE: Final = 2
ATTRIBUTION: Final = 4
REST: Final = 8
FORWARD: Final = 16
SIGNATURE: Final = 32
BOLD: Final = 64
ITALIC: Final = 128
STRIKE: Final = 256
KEEP_LINES: Final = 512  # white-space: pre-wrap and the like
TIGHT: Final = 1024  # a paragraph without space around it: one line of several
CODE: Final = 2048
NOT_BOLD: Final = 4096

# (word in the source, lower case; selector; what it means)
_MARKS: Final = (
    # -- whose words
    ("type=", 'blockquote[type="cite" i]', QUOTE),
    ("gmail_quote", "blockquote.gmail_quote", QUOTE),
    ("gmail_attr", ".gmail_attr", ATTRIBUTION),
    ("moz-cite-prefix", ".moz-cite-prefix", ATTRIBUTION),
    ("moz-email-headers-table", ".moz-email-headers-table", FORWARD),
    ("yahoo_quoted", "[class*=yahoo_quoted],[id^=yahoo_quoted]", QUOTE),
    ("protonmail_quote", ".protonmail_quote", QUOTE),
    ("tutanota_quote", ".tutanota_quote", QUOTE),
    ("zmail_extra", ".zmail_extra", QUOTE),
    ("divrplyfwdmsg", '[id$="divRplyFwdMsg" i]', REST),
    ("appendonsend", '[id$="appendonsend" i]', REST),
    ("stopspelling", '[id$="stopSpelling" i]', REST),
    ("olk_src_body_section", '[id$="OLK_SRC_BODY_SECTION" i]', REST),
    ("mail-editor-reference-message-container", '[id$="mail-editor-reference-message-container" i]', REST),
    ("ms-outlook-mobile-reference-message", ".ms-outlook-mobile-reference-message", REST),
    ("messagereplysection", '[name="messageReplySection"]', QUOTE),
    ("isreplycontent", "#isReplyContent", REST),
    ("zwchr", "#zwchr,[data-marker=__QUOTED_TEXT__]", REST),
    ("reply-intro", "#reply-intro", ATTRIBUTION),
    ("freshdesk_quote", ".freshdesk_quote", QUOTE),
    ("front-blockquote", ".front-blockquote", QUOTE),
    ("gorgias", ".gmail_quote_attribution,.gorgias-quote", QUOTE),
    ("sh-quoted", "[class^=sh-quoted]", QUOTE),
    ("airmail_ext_on", ".airmail_ext_on", ATTRIBUTION),
    ("clean_bq", ".clean_bq", QUOTE),
    ("hs_reply", ".hs_reply", QUOTE),
    ("originalmessage", "#OriginalMessage,.OriginalMessage", REST),
    # -- signatures
    ("gmail_signature", '.gmail_signature,[data-smartmail="gmail_signature"]', SIGNATURE),
    ("moz-signature", ".moz-signature", SIGNATURE),
    ('"signature"', '[id="Signature"],[id="signature"]', SIGNATURE),
    ("x_signature", '[id="x_Signature" i]', SIGNATURE),
    ("ms-outlook-mobile-signature", '[id$="ms-outlook-mobile-signature" i]', SIGNATURE),
    ("applemailsignature", '[id^="AppleMailSignature" i]', SIGNATURE),
    ("protonmail_signature_block", ".protonmail_signature_block", SIGNATURE),
    ("tutanota_signature", ".tutanota_signature", SIGNATURE),
    ("messagesignaturesection", '[name="messageSignatureSection"]', SIGNATURE),
    ("front-signature", ".front-signature", SIGNATURE),
    ("yahoo-signature", '[id^="ydp"][class*="signature"],.yahoo-signature', SIGNATURE),
    ("data-smartmail", '[data-smartmail="signature"]', SIGNATURE),
    # -- not to be seen
    ("display", '[style*="display:none" i],[style*="display: none" i],[style*="display : none" i]', HIDDEN),
    ("mso-hide", '[style*="mso-hide:all" i],[style*="mso-hide: all" i]', HIDDEN),
    ("visibility", '[style*="visibility:hidden" i],[style*="visibility: hidden" i]', HIDDEN),
    ("preheader", 'div[class~="preheader" i][style],span[class~="preheader" i][style]', HIDDEN),
    (
        "max-height",
        '[style*="max-height:0" i][style*="overflow" i],[style*="max-height: 0" i][style*="overflow" i]',
        HIDDEN,
    ),
    (" hidden", "[hidden]", HIDDEN),
    # -- how it looks
    ("font-weight", '[style*="font-weight:bold" i],[style*="font-weight: bold" i]', BOLD),
    ("font-weight", '[style*="font-weight:700" i],[style*="font-weight: 700" i]', BOLD),
    ("font-weight", '[style*="font-weight:600" i],[style*="font-weight: 600" i]', BOLD),
    ("font-weight", '[style*="font-weight:normal" i],[style*="font-weight: normal" i]', NOT_BOLD),
    ("font-weight", '[style*="font-weight:400" i],[style*="font-weight: 400" i]', NOT_BOLD),
    ("font-style", '[style*="font-style:italic" i],[style*="font-style: italic" i]', ITALIC),
    ("line-through", '[style*="line-through" i]', STRIKE),
    ("white-space", '[style*="white-space:pre" i],[style*="white-space: pre" i]', KEEP_LINES),
    ("msonormal", '[class*="MsoNormal" i]', TIGHT),
    ("msolistparagraph", '[class*="MsoListParagraph" i]', TIGHT),
    ("msoplaintext", '[class*="MsoPlainText" i]', TIGHT),
    (
        "margin",
        'p[style*="margin:0" i],p[style*="margin: 0" i],'
        'p[style*="margin-top:0" i],p[style*="margin-bottom:0" i]',
        TIGHT,
    ),
)


def marks_of(tree: LexborHTMLParser, source: str) -> dict[int, int]:
    """Find the marked elements: `mem_id` of a node → its meanings, added up."""
    lower = source.lower()
    marks: dict[int, int] = {}
    for word, selector, meaning in _MARKS:
        if word not in lower:
            continue
        try:
            nodes = tree.css(selector)
        except (SelectolaxError, ValueError):
            continue
        for node in nodes:
            marks[node.mem_id] = marks.get(node.mem_id, 0) | meaning
    return marks
