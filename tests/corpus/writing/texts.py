"""Plain text and its customs, HTML of builders, and mail that means harm."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, headers, html_mail, multipart, part, text_mail


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _customs()
    yield from _markup()
    yield from _hostile()


def _customs() -> Iterator[Case]:
    yield Case(
        "text-hard-wrapped",
        text_mail(
            "We looked at the three offers again and think that the second one is the best,\n"
            "since it covers the delivery as "
            "well and leaves us free to choose the week in\nwhich we want it.\n\nThe other tw"
            "o are close:\n- Abel\n- Brown & Sons\n\nDana"
        ),
        "We looked at the three offers again and think that the second one is the best, s"
        "ince it covers the delivery as well and "
        "leaves us free to choose the week in which we want it.\n\nThe other two are clos"
        "e:\n- Abel\n- Brown & Sons\n\nDana",
    )
    yield Case(
        "text-short-lines-stay",
        text_mail("Roses are red,\nviolets are blue.\nOur address:\n5 Mill Lane\nLeeds"),
        "Roses are red,\nviolets are blue.\nOur address:\n5 Mill Lane\nLeeds",
    )
    yield Case(
        "text-flowed",
        text_mail(
            "This line goes on \nhere and ends.\nThis is another line.\n> quoted that goes \n"
            "> on as well\n\nDone.",
            flowed="; format=flowed",
        ),
        "This line goes on here and ends.\nThis is another line.\n\n> quoted that goes on as well\n\nDone.",
    )
    yield Case(
        "text-flowed-delsp",
        text_mail("日本語の文が \n続きます。\n", flowed="; format=flowed; delsp=yes"),
        "日本語の文が続きます。",
    )
    yield Case(
        "text-answers-between-quotes",
        text_mail(
            "Hello Ann,\n\nOn Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wr"
            "ote:\n> Is Thursday good?\n\nYes.\n\n"
            "> And the price?\n\nAs before.\n\n> Regards\n> Ann\n"
        ),
        "Hello Ann,\n\nOn Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrot"
        "e:\n\n> Is Thursday good?\n\nYes.\n\n"
        "> And the price?\n\nAs before.",
        quoted="> Regards\n> Ann",
    )
    yield Case(
        "text-answer-below-the-quote",
        text_mail(
            "On Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrote:\n> Is Thu"
            "rsday good?\n\nYes, it is.\n\nDana"
        ),
        "Yes, it is.\n\nDana",
        quoted="On Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrote:\n\n"
        "> Is Thursday good?",
    )
    yield Case(
        "text-only-a-quote", text_mail("> Is Thursday good?\n> Ann"), "> Is Thursday good?\n> Ann", quoted=""
    )
    yield Case(
        "text-prose-that-looks-like-a-quote",
        text_mail(
            "Hello,\n\nIn your mail from 3 March you wrote:\nwe need forty chairs. We can sen"
            "d them on Monday.\n\nDana"
        ),
        "Hello,\n\nIn your mail from 3 March you wrote:\nwe need forty chairs. We can sen"
        "d them on Monday.\n\nDana",
        quoted="",
    )
    yield Case(
        "text-from-and-to-in-prose",
        text_mail("The train:\nFrom: Leeds\nTo: York\nIt leaves at nine.\n\nDana"),
        "The train:\nFrom: Leeds\nTo: York\nIt leaves at nine.\n\nDana",
        quoted="",
    )
    yield Case(
        "text-postscript-below-the-signature",
        text_mail("See you.\n\nBest regards,\nDana\nT +44 20 7946 0123\nPS: bring the keys"),
        "See you.\n\nBest regards,\nDana\nT +44 20 7946 0123\nPS: bring the keys",
        signature="",
    )
    yield Case(
        "text-dashes-between-parts",
        text_mail(
            "Part one.\n\n--\n\n"
            + "\n\n".join(
                f"Paragraph {n} of part two, which is long enough to be read as text by anybody wh"
                "o looks at it, not as a name and a phone number."
                for n in range(1, 31)
            )
        ),
        "Part one.\n\n--\n\n"
        + "\n\n".join(
            f"Paragraph {n} of part two, which is long enough to be read as text by anybody wh"
            "o looks at it, not as a name and a phone number."
            for n in range(1, 31)
        ),
        signature="",
    )
    yield Case(
        "text-links",
        text_mail(
            "See https://northwind.example/offer?id=1, or (http://a.example/x_(y)). Or <https"
            "://b.example/long>."
        ),
        "See https://northwind.example/offer?id=1, or (http://a.example/x_(y)). Or https://b.example/long.",
    )


def _markup() -> Iterator[Case]:
    yield Case(
        "html-newsletter-builder",
        html_mail(
            '<html><head><style>.x{color:red}</style></head><body><div style="display:none;ma'
            'x-height:0;overflow:hidden">Hidden '
            'preheader&zwnj;&nbsp;&zwnj;&nbsp;</div><table width="100%" role="presentation"><'
            'tr><td align="center"><table width="600">'
            '<tr><td><img src="https://img.example/logo.png" alt="Northwind" width="200"></td'
            "></tr><tr><td><h1>Spring is here</h1>"
            '<p>Our new chairs have <b>arrived</b>.</p></td></tr><tr><td><a href="https://cli'
            'ck.example/1">See the chairs</a></td></tr>'
            '</table></td></tr></table><img src="https://t.example/p.gif" width="1" height="1'
            '" alt="x"></body></html>'
        ),
        "[Northwind]\n\nSpring is here\n\nOur new chairs have arrived.\n\nSee the chairs",
    )
    yield Case(
        "html-receipt-table",
        html_mail(
            "<p>Your order:</p><table border=1><tr><th>Item</th><th>Pieces</th><th>Price</th>"
            "</tr><tr><td>Chair</td><td>4</td><td>120.00</td>"
            "</tr><tr><td>Table</td><td>1</td><td>300.00</td></tr></table><p>Thank you.</p>"
        ),
        "Your order:\n\nItem | Pieces | Price\nChair | 4 | 120.00\nTable | 1 | 300.00\n\nThank you.",
    )
    yield Case(
        "html-lists",
        html_mail(
            "<p>Before Thursday:</p><ol><li>Measure<ul><li>hall</li><li>stairs</li></ul></li>"
            "<li>Order</li></ol><ul><li><p>Keys</p></li></ul>"
        ),
        "Before Thursday:\n\n1. Measure\n   - hall\n   - stairs\n2. Order\n\n- Keys",
    )
    yield Case(
        "html-never-closed",
        html_mail("<div><b>Bold <i>and italic<p>Next <a href=https://a.example>link<td>cell<li>item"),
        "Bold and italic\n\nNext linkcell\n\nitem",
    )
    yield Case(
        "html-word-list",
        html_mail(
            '<p class="MsoNormal">Two things:<o:p></o:p></p><p class="MsoListParagraph" style'
            '="text-indent:-18pt"><![if !supportLists]>'
            "<span>·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>chairs<o:p></o:p></p><p "
            'class="MsoListParagraph"><span>·<span>&nbsp; </span>'
            "</span>tables<o:p></o:p></p>"
        ),
        "Two things:\n\n- chairs\n- tables",
    )
    yield Case(
        "html-plain-in-pre",
        html_mail("<pre>Hello Ann,\n\nfine.\n\n&gt; Is Thursday good?\n</pre>"),
        "Hello Ann,\n\nfine.",
        quoted="> Is Thursday good?",
    )
    yield Case(
        "html-code",
        html_mail("<p>Run <code>make demo</code>:</p><pre>make setup\nmake  demo</pre>"),
        "Run make demo:\n\nmake setup\nmake  demo",
    )
    yield Case(
        "html-rtl",
        html_mail('<div dir="rtl">שלום <b>אן</b>, ניפגש ב-10:00.</div>'),
        "שלום אן, ניפגש ב-10:00.",
    )
    yield Case("html-emoji", html_mail("<p>Thanks 👩‍💻🎉&#x1F600;</p>"), "Thanks 👩‍💻🎉😀")
    yield Case(
        "html-own-quotation",
        html_mail("<p>The law says:</p><blockquote>No dogs.</blockquote><p>So leave Rex at home.</p>"),
        "The law says:\n\n> No dogs.\n\nSo leave Rex at home.",
        quoted="",
    )
    yield Case("html-picture-only", html_mail('<img src="cid:1">'), "[image]")
    yield Case(
        "html-soft-breaks",
        html_mail("<p>One\r\nline&nbsp;&nbsp;only<br>and another</p>"),
        "One line only\nand another",
    )


def _hostile() -> Iterator[Case]:
    yield Case(
        "harm-slack-control-text",
        text_mail(
            "<!channel> <@U123> <https://evil.example|https://bank.example> :tada: *bold* `code` &amp;"
        ),
        "<!channel> <@U123> <https://evil.example|https://bank.example> :tada: *bold* `code` &amp;",
    )
    yield Case(
        "harm-false-link",
        html_mail('<p>Log in at <a href="https://evil.example/x">https://www.bank.example/login</a></p>'),
        "Log in at https://www.bank.example/login (evil.example)",
    )
    yield Case(
        "harm-script-links",
        html_mail(
            '<p><a href="javascript:alert(1)">press</a> <a href="data:text/html,x">here</a></'
            "p><script>steal()</script>"
        ),
        "press here",
    )
    yield Case(
        "harm-turned-around",
        html_mail("<p>invoice\u202efdp.exe and zero\u200bwidth\ufeff</p>"),
        "invoicefdp.exe and zerowidth",
    )
    yield Case("harm-deep-nesting", html_mail("<div>" * 3000 + "still here" + "</div>" * 3000), "still here")
    yield Case(
        "harm-thousand-parts",
        headers().encode()
        + multipart(
            "mixed", [part("text/plain", "First."), *([part("image/gif", b"x", coding="7bit")] * 1000)]
        ),
        "First.",
    )
    yield Case(
        "harm-null-bytes",
        headers().encode() + b"Content-Type: text/plain\r\n\r\nbe\x00fore and af\x07ter\r\n",
        "before and after",
    )
