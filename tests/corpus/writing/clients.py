"""One answer in the manner of each mail program, in English."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, html_mail, text_mail

OWN = "Hello Ann,\n\nThursday at ten suits us well.\n\nDana"
DIVS = "<div>Hello Ann,</div><div><br></div><div>Thursday at ten suits us well.</div><div><br></div><div>Dana</div>"
PARAGRAPHS = "<p>Hello Ann,</p><p>Thursday at ten suits us well.</p><p>Dana</p>"
OLD = "Could we meet on Thursday?"
LINE = "On Monday, March 2, 2026 at 10:00:00 AM GMT+1, Ann Lee &lt;ann@northwind.example&gt; wrote:"
LINE_TEXT = "On Monday, March 2, 2026 at 10:00:00 AM GMT+1, Ann Lee <ann@northwind.example> wrote:"
HEAD = (
    "<b>From:</b> Ann Lee &lt;ann@northwind.example&gt;<br><b>Sent:</b> Monday, March 2, 2026 10:00 AM<br>"
    "<b>To:</b> Dana Fox &lt;dana@brightfield.example&gt;<br><b>Subject:</b> Thursday"
)
HEAD_TEXT = (
    "From: Ann Lee <ann@northwind.example>\nSent: Monday, March 2, 2026 10:00 AM\n"
    "To: Dana Fox <dana@brightfield.example>\nSubject: Thursday"
)
MARKED = f"{LINE_TEXT}\n\n> {OLD}"
HEADED = f"{HEAD_TEXT}\n\n{OLD}"


def _case(name: str, html: str, quoted: str | None = None, signature: str = "", own: str = OWN) -> Case:
    return Case(f"client-{name}", html_mail(html), own, signature, quoted)


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _quote_elements()
    yield from _header_blocks()
    yield from _signatures()
    yield from _plain()


def _quote_elements() -> Iterator[Case]:
    yield _case(
        "apple-mail",
        '<html><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">'
        f'{DIVS}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 2 Mar 2026, at 10:00, '
        f'Ann Lee &lt;ann@northwind.example&gt; wrote:</div><br class="Apple-interchange-newline"><div><div>{OLD}</div>'
        "</div></blockquote></div><br></body></html>",
        f"> On 2 Mar 2026, at 10:00, Ann Lee <ann@northwind.example> wrote:\n>\n> {OLD}",
    )
    yield _case(
        "thunderbird",
        f'<html><head></head><body>{PARAGRAPHS}<p><br></p><div class="moz-cite-prefix">Am 02.03.26 um 10:00 schrieb '
        'Ann Lee:<br></div><blockquote type="cite" cite="mid:1@northwind.example">'
        f"<p>{OLD}</p></blockquote></body></html>",
        f"Am 02.03.26 um 10:00 schrieb Ann Lee:\n\n> {OLD}",
    )
    yield _case(
        "yahoo",
        '<html><head></head><body><div class="ydp1-yahoo-style-wrap" style="font-family:Helvetica;font-size:16px;">'
        f'<div dir="ltr" data-setdir="false">{DIVS}</div><div><br></div></div>'
        '<div id="yahoo_quoted_8812" class="yahoo_quoted"><div style="font-size:13px;color:#26282a;">'
        f"<div>{LINE}</div><div><br></div><div><br></div><div>{OLD}</div></div></div></body></html>",
        f"{LINE_TEXT}\n\n{OLD}",
    )
    yield _case(
        "proton",
        f'<div style="font-family: Arial; font-size: 14px;">{DIVS}</div>'
        '<div class="protonmail_signature_block" style="font-size: 14px;"><div class="protonmail_signature_block-proton">'
        "Sent with Proton Mail secure email.</div></div>"
        f'<div class="protonmail_quote">{LINE}<br><br><blockquote class="protonmail_quote" type="cite">'
        f"<div>{OLD}</div></blockquote><br></div>",
        f"{LINE_TEXT}\n\n> {OLD}",
        "Sent with Proton Mail secure email.",
    )
    yield _case(
        "zoho",
        f'<div style="font-family: Verdana;">{DIVS}<br><br><div class="zmail_extra_hr" style="border-top: 1px solid;">'
        f'</div><div class="zmail_extra" data-zbluepencil-ignore="true"><br><div id="Zm-_Id_-Sgn1">---- On Mon, 02 Mar '
        f'2026 10:00:00 +0100 <b>Ann Lee &lt;ann@northwind.example&gt;</b> wrote ---</div><br>'
        f'<blockquote><div>{OLD}</div></blockquote></div></div>',
        "---- On Mon, 02 Mar 2026 10:00:00 +0100 Ann Lee <ann@northwind.example> wrote ---\n\n> " + OLD,
    )
    yield _case(
        "fastmail",
        f'<!DOCTYPE html><html><body>{DIVS}<div><br></div><div>On Mon, 2 Mar 2026, at 10:00 AM, Ann Lee wrote:</div>'
        f'<blockquote type="cite" id="qt"><div>{OLD}</div></blockquote></body></html>',
        f"On Mon, 2 Mar 2026, at 10:00 AM, Ann Lee wrote:\n\n> {OLD}",
    )
    yield _case(
        "roundcube",
        f'<html><body>{PARAGRAPHS}<p id="reply-intro">On 2026-03-02 10:00, Ann Lee wrote:</p>'
        '<blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">'
        f'<div id="replybody1"><p>{OLD}</p></div></blockquote></body></html>',
        f"On 2026-03-02 10:00, Ann Lee wrote:\n\n> {OLD}",
    )
    yield _case(
        "tutanota",
        f'<div dir="auto">{DIVS}</div><div><br></div><div>2 Mar 2026, 10:00 by ann@northwind.example:</div>'
        f'<blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8;"><div>{OLD}</div></blockquote>',
        f"2 Mar 2026, 10:00 by ann@northwind.example:\n\n> {OLD}",
    )
    yield _case(
        "front",
        f'{DIVS}<br><blockquote class="front-blockquote" type="cite"><div>On March 2, 2026 at 10:00 AM, Ann Lee '
        f"(ann@northwind.example) wrote:</div><div>{OLD}</div></blockquote>",
        f"> On March 2, 2026 at 10:00 AM, Ann Lee (ann@northwind.example) wrote:\n> {OLD}",
    )
    yield _case(
        "spark",
        f'<html><body><div name="messageBodySection"><div dir="auto">{DIVS}</div></div>'
        '<div name="messageSignatureSection"><br><div class="matchFont">Sent from Spark</div></div>'
        f'<div name="messageReplySection">On 2 Mar 2026 at 10:00 +0100, Ann Lee, wrote:<br>'
        f'<blockquote type="cite" class="spark_quote" style="margin: 5px 5px;"><div>{OLD}</div></blockquote></div></body></html>',
        f"On 2 Mar 2026 at 10:00 +0100, Ann Lee, wrote:\n\n> {OLD}",
        "Sent from Spark",
    )
    yield _case(
        "mail-ru",
        f'<HTML><BODY><p style="margin-top: 0px;">Hello Ann,</p><p>Thursday at ten suits us well.</p><p>Dana</p><br>'
        '<blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Понедельник, 2 марта 2026, '
        f'10:00 +03:00 от Ann Lee &lt;ann@northwind.example&gt;:<br>&nbsp;<div id="mail_1">{OLD}</div></blockquote></BODY></HTML>',
        None,
        own=OWN + f"\n\n> Понедельник, 2 марта 2026, 10:00 +03:00 от Ann Lee <ann@northwind.example>:\n>\n> {OLD}",
    )


def _header_blocks() -> Iterator[Case]:
    yield _case(
        "outlook-web",
        f'<html><head></head><body dir="ltr"><div style="font-family: Aptos; font-size: 12pt;" class="elementToProof">{DIVS}'
        '</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">{HEAD}'
        f"</font><div>&nbsp;</div></div><div dir=\"ltr\"><div>{OLD}</div></div></body></html>",
        HEADED,
    )
    yield _case(
        "outlook-ios",
        f'<html><body><div dir="ltr" style="font-family: Aptos;">{DIVS}</div><div id="ms-outlook-mobile-signature" dir="ltr">'
        '<div><br></div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div>'
        '<div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message">'
        f'<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">{HEAD}<div>&nbsp;</div></div>'
        f"<div>{OLD}</div></div></body></html>",
        HEADED,
        "Get Outlook for iOS",
    )
    yield _case(
        "windows-mail",
        f'<div data-externalstyle="false"><p>Hello Ann,</p><p>Thursday at ten suits us well.</p><p>Dana</p></div>'
        f'<hr tabindex="-1" style="width:98%" id="stopSpelling"><div dir="ltr">{HEAD}</div><div>{OLD}</div>',
        HEADED,
    )
    yield _case(
        "zimbra",
        f'<html><body><div style="font-family: arial; font-size: 12pt;">{DIVS}<div><br></div>'
        f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{HEAD}</div><div><br></div>'
        f'<div data-marker="__QUOTED_TEXT__">{OLD}</div></div></body></html>',
        HEADED,
    )
    yield _case(
        "samsung",
        f'<html><head></head><body><div dir="auto">{DIVS}</div><br><br><div id="composer_signature" dir="auto">'
        '<div>Sent from my Galaxy</div></div><div><br></div>'
        '<div style="font-size:100%;color:#000000" dir="auto"><div>-------- Original message --------</div>'
        "<div>From: Ann Lee &lt;ann@northwind.example&gt;</div><div>Date: 02/03/2026 10:00 (GMT+01:00)</div>"
        f"<div>To: dana@brightfield.example</div><div>Subject: Thursday</div><div><br></div></div>{OLD}</body></html>",
        "-------- Original message --------\n\nFrom: Ann Lee <ann@northwind.example>\nDate: 02/03/2026 10:00 (GMT+01:00)\n"
        f"To: dana@brightfield.example\nSubject: Thursday\n\n{OLD}",
        "Sent from my Galaxy",
    )
    yield _case(
        "qq",
        f'<div>Hello Ann,</div><div><br></div><div>Thursday at ten suits us well.</div><div><br></div><div>Dana</div>'
        '<div><br></div><div><div style="font-size: 12px;padding:2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div>'
        '<div style="background:#efefef;"><div><b>发件人:</b> "Ann Lee" &lt;ann@northwind.example&gt;;</div>'
        "<div><b>发送时间:</b>&nbsp;2026年3月2日(星期一) 上午10:00</div><div><b>收件人:</b>&nbsp;\"Dana Fox\";</div>"
        f"<div><b>主题:</b>&nbsp;Thursday</div></div><div><br></div>{OLD}</div>",
        "------------------ 原始邮件 ------------------\n\n"
        '发件人: "Ann Lee" <ann@northwind.example>;\n发送时间: 2026年3月2日(星期一) 上午10:00\n收件人: "Dana Fox";\n'
        f"主题: Thursday\n\n{OLD}",
    )
    yield _case(
        "netease",
        f'<div style="line-height:1.7;color:#000000;font-size:14px;">{DIVS}</div><br>'
        '<div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><p>At 2026-03-02 10:00:00, '
        f'"Ann Lee" &lt;ann@northwind.example&gt; wrote:</p><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex;">'
        f"<div>{OLD}</div></blockquote>",
        f'At 2026-03-02 10:00:00, "Ann Lee" <ann@northwind.example> wrote:\n\n> {OLD}',
    )
    yield _case(
        "lotus-notes",
        f'<font size=2 face="sans-serif">Hello Ann,</font><br><br><font size=2 face="sans-serif">Thursday at ten suits us '
        'well.</font><br><br><font size=2 face="sans-serif">Dana</font><br><br><br><br>'
        '<font size=1 color=#5f5f5f face="sans-serif">From: &nbsp; &nbsp; &nbsp; &nbsp;</font><font size=1 face="sans-serif">'
        'Ann Lee/Northwind</font><br><font size=1 color=#5f5f5f face="sans-serif">To: &nbsp; &nbsp; &nbsp; &nbsp;</font>'
        '<font size=1 face="sans-serif">Dana Fox/Brightfield@Brightfield</font><br><font size=1 color=#5f5f5f>Date: &nbsp; &nbsp;'
        '</font><font size=1>02.03.2026 10:00</font><br><font size=1 color=#5f5f5f>Subject: &nbsp;</font>'
        f"<font size=1>Thursday</font><br><hr noshade><br><br><font size=3>{OLD}</font><br>",
        "From: Ann Lee/Northwind\nTo: Dana Fox/Brightfield@Brightfield\nDate: 02.03.2026 10:00\nSubject: Thursday"
        f"\n\n---\n\n{OLD}",
    )


def _signatures() -> Iterator[Case]:
    text = "Hello Ann,\n\nThursday at ten suits us well."
    divs = "<div>Hello Ann,</div><div><br></div><div>Thursday at ten suits us well.</div><div><br></div>"
    yield _case(
        "gmail-signature",
        f'<div dir="ltr">{divs}<span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" '
        'data-smartmail="gmail_signature"><div dir="ltr"><b>Dana Fox</b><div>Head of Purchasing</div>'
        "<div>Brightfield Ltd</div></div></div></div>",
        "",
        "--\n\nDana Fox\nHead of Purchasing\nBrightfield Ltd",
        own=text,
    )
    yield _case(
        "outlook-signature",
        f'<div dir="ltr">{divs}</div><div id="Signature"><p>Dana Fox<br>Head of Purchasing</p></div>',
        "",
        "Dana Fox\nHead of Purchasing",
        own=text,
    )
    yield _case(
        "thunderbird-signature",
        f'{divs}<pre class="moz-signature" cols="72">-- \nDana Fox\nBrightfield Ltd</pre>',
        "",
        "--\nDana Fox\nBrightfield Ltd",
        own=text,
    )
    yield _case(
        "card-below-the-name",
        f"{divs}<div>Kind regards,</div><div>Dana Fox</div><div><br></div><div>Head of Purchasing</div><div>Brightfield Ltd"
        '</div><div>T +44 20 7946 0123</div><div><a href="https://brightfield.example">brightfield.example</a></div>',
        "",
        "Head of Purchasing\nBrightfield Ltd\nT +44 20 7946 0123\nbrightfield.example",
        own=f"{text}\n\nKind regards,\nDana Fox",
    )
    yield _case(
        "disclaimer",
        f"{divs}<p>Dana</p><hr><p style='font-size:8pt'>This e-mail and any attachments are confidential and intended solely "
        "for the addressee. If you have received it in error, please tell the sender and delete it.</p>",
        "",
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you have "
        "received it in error, please tell the sender and delete it.",
        own=f"{text}\n\nDana",
    )


def _plain() -> Iterator[Case]:
    def plain(name: str, text: str, quoted: str | None = None, signature: str = "", own: str = OWN) -> Case:
        return Case(f"client-{name}", text_mail(text), own, signature, quoted)

    yield plain(
        "mutt",
        f"{OWN}\n\n-- \nDana Fox\nBrightfield Ltd\n\n* Ann Lee <ann@northwind.example> [2026-03-02 10:00]:\n> {OLD}\n",
        f"* Ann Lee ann@northwind.example [2026-03-02 10:00]:\n\n> {OLD}",
        "--\nDana Fox\nBrightfield Ltd",
    )
    yield plain(
        "outlook-underscores",
        f"{OWN}\n\n________________________________\n{HEAD_TEXT}\n\n{OLD}\n",
        f"{HEAD_TEXT.replace('<', '').replace('>', '')}\n\n{OLD}",
    )
    yield plain(
        "outlook-stars",
        f"{OWN}\n\n*From:* Ann Lee\n*Sent:* Monday, March 2, 2026 10:00 AM\n*To:* Dana Fox\n*Subject:* Thursday\n\n{OLD}\n",
        f"*From:* Ann Lee\n*Sent:* Monday, March 2, 2026 10:00 AM\n*To:* Dana Fox\n*Subject:* Thursday\n\n{OLD}",
    )
    yield plain(
        "wrapped-attribution",
        f"{OWN}\n\nOn Monday, March 2, 2026 at 10:00 AM, Ann Lee of Northwind Trading\nand Partners <ann@northwind.example>\n"
        f"wrote:\n\n> {OLD}\n> Or is Friday better for you?\n",
        None,
    )
    yield plain(
        "groupwise",
        f"{OWN}\n\n>>> Ann Lee <ann@northwind.example> 02.03.26 10:00 >>>\n{OLD}\n",
        None,
        own=f"{OWN}\n\n> > > Ann Lee ann@northwind.example 02.03.26 10:00 >>>\n\n{OLD}",
    )
    yield plain(
        "no-quote-marks",
        f"{OWN}\n\nOn Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrote:\n\n{OLD}\n",
        f"On Mon, Mar 2, 2026 at 10:00 AM Ann Lee ann@northwind.example wrote:\n\n{OLD}",
    )
