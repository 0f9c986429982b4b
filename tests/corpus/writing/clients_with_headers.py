"""The answer by programs that put a block of headers above the old mail, and in plain text."""

from collections.abc import Iterator

from tests.corpus.writing.answers import (
    DIVS,
    HEAD,
    HEAD_TEXT,
    HEADED,
    OLD,
    OWN,
    answer,
)
from tests.corpus.writing.mail import Case, text_mail


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _header_blocks()
    yield from _plain()


def _header_blocks() -> Iterator[Case]:
    yield answer(
        "outlook-web",
        '<html><head></head><body dir="ltr"><div style="font-family: Aptos; font-size: 12'
        f'pt;" class="elementToProof">{DIVS}'
        '</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-s'
        f'ize:11pt" color="#000000">{HEAD}'
        f'</font><div>&nbsp;</div></div><div dir="ltr"><div>{OLD}</div></div></body></html>',
        HEADED,
    )
    yield answer(
        "outlook-ios",
        f'<html><body><div dir="ltr" style="font-family: Aptos;">{DIVS}</div><div id="ms-o'
        'utlook-mobile-signature" dir="ltr">'
        '<div><br></div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div>'
        '<div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message">'
        '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg"'
        f' dir="ltr">{HEAD}<div>&nbsp;</div></div>'
        f"<div>{OLD}</div></div></body></html>",
        HEADED,
        "Get Outlook for iOS",
    )
    yield answer(
        "windows-mail",
        '<div data-externalstyle="false"><p>Hello Ann,</p><p>Thursday at ten suits us wel'
        "l.</p><p>Dana</p></div>"
        f'<hr tabindex="-1" style="width:98%" id="stopSpelling"><div dir="ltr">{HEAD}</div><div>{OLD}</div>',
        HEADED,
    )
    yield answer(
        "zimbra",
        f'<html><body><div style="font-family: arial; font-size: 12pt;">{DIVS}<div><br></div>'
        f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{HEAD}</'
        "div><div><br></div>"
        f'<div data-marker="__QUOTED_TEXT__">{OLD}</div></div></body></html>',
        HEADED,
    )
    yield answer(
        "samsung",
        f'<html><head></head><body><div dir="auto">{DIVS}</div><br><br><div id="composer_s'
        'ignature" dir="auto">'
        "<div>Sent from my Galaxy</div></div><div><br></div>"
        '<div style="font-size:100%;color:#000000" dir="auto"><div>-------- Original message --------</div>'
        "<div>From: Ann Lee &lt;ann@northwind.example&gt;</div><div>Date: 02/03/2026 10:0"
        "0 (GMT+01:00)</div>"
        "<div>To: dana@brightfield.example</div><div>Subject: Thursday</div><div><br></di"
        f"v></div>{OLD}</body></html>",
        "-------- Original message --------\n\nFrom: Ann Lee <ann@northwind.example>\nDat"
        "e: 02/03/2026 10:00 (GMT+01:00)\n"
        f"To: dana@brightfield.example\nSubject: Thursday\n\n{OLD}",
        "Sent from my Galaxy",
    )
    yield answer(
        "qq",
        "<div>Hello Ann,</div><div><br></div><div>Thursday at ten suits us well.</div><di"
        "v><br></div><div>Dana</div>"
        '<div><br></div><div><div style="font-size: 12px;padding:2px 0;">----------------'
        "--&nbsp;原始邮件&nbsp;------------------</div>"
        '<div style="background:#efefef;"><div><b>发件人:</b> "Ann Lee" &lt;ann@northwind.example&gt;;</div>'
        "<div><b>发送时间:</b>&nbsp;2026年3月2日(星期一) 上午10:00</div>"
        '<div><b>收件人:</b>&nbsp;"Dana Fox";</div>'
        f"<div><b>主题:</b>&nbsp;Thursday</div></div><div><br></div>{OLD}</div>",
        "------------------ 原始邮件 ------------------\n\n"
        '发件人: "Ann Lee" <ann@northwind.example>;\n发送时间: 2026年3月2日(星期一) 上午10:00\n'
        '收件人: "Dana Fox";\n'
        f"主题: Thursday\n\n{OLD}",
    )
    yield answer(
        "netease",
        f'<div style="line-height:1.7;color:#000000;font-size:14px;">{DIVS}</div><br>'
        '<div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><'
        "p>At 2026-03-02 10:00:00, "
        '"Ann Lee" &lt;ann@northwind.example&gt; wrote:</p><blockquote id="isReplyContent'
        '" style="PADDING-LEFT: 1ex;">'
        f"<div>{OLD}</div></blockquote>",
        f'At 2026-03-02 10:00:00, "Ann Lee" <ann@northwind.example> wrote:\n\n> {OLD}',
    )
    yield answer(
        "lotus-notes",
        '<font size=2 face="sans-serif">Hello Ann,</font><br><br><font size=2 face="sans-'
        'serif">Thursday at ten suits us '
        'well.</font><br><br><font size=2 face="sans-serif">Dana</font><br><br><br><br>'
        '<font size=1 color=#5f5f5f face="sans-serif">From: &nbsp; &nbsp; &nbsp; &nbsp;</'
        'font><font size=1 face="sans-serif">'
        'Ann Lee/Northwind</font><br><font size=1 color=#5f5f5f face="sans-serif">To: &nb'
        "sp; &nbsp; &nbsp; &nbsp;</font>"
        '<font size=1 face="sans-serif">Dana Fox/Brightfield@Brightfield</font><br><font '
        "size=1 color=#5f5f5f>Date: &nbsp; &nbsp;"
        "</font><font size=1>02.03.2026 10:00</font><br><font size=1 color=#5f5f5f>Subject: &nbsp;</font>"
        f"<font size=1>Thursday</font><br><hr noshade><br><br><font size=3>{OLD}</font><br>",
        "From: Ann Lee/Northwind\nTo: Dana Fox/Brightfield@Brightfield\nDate: 02.03.2026 "
        "10:00\nSubject: Thursday"
        f"\n\n---\n\n{OLD}",
    )


def _plain() -> Iterator[Case]:
    def plain(name: str, text: str, quoted: str | None = None, signature: str = "", own: str = OWN) -> Case:
        return Case(f"client-{name}", text_mail(text), own, signature, quoted)

    yield plain(
        "mutt",
        f"{OWN}\n\n-- \nDana Fox\nBrightfield Ltd\n\n* Ann Lee <ann@northwind.example> [20"
        f"26-03-02 10:00]:\n> {OLD}\n",
        f"* Ann Lee <ann@northwind.example> [2026-03-02 10:00]:\n\n> {OLD}",
        "Dana Fox\nBrightfield Ltd",
    )
    yield plain(
        "outlook-underscores",
        f"{OWN}\n\n________________________________\n{HEAD_TEXT}\n\n{OLD}\n",
        f"{HEAD_TEXT}\n\n{OLD}",
    )
    yield plain(
        "outlook-stars",
        f"{OWN}\n\n*From:* Ann Lee\n*Sent:* Monday, March 2, 2026 10:00 AM\n*To:* Dana Fox"
        f"\n*Subject:* Thursday\n\n{OLD}\n",
        "*From:* Ann Lee\n*Sent:* Monday, March 2, 2026 10:00 AM\n*To:* Dana Fox\n*Subjec"
        f"t:* Thursday\n\n{OLD}",
    )
    yield plain(
        "wrapped-attribution",
        f"{OWN}\n\nOn Monday, March 2, 2026 at 10:00 AM, Ann Lee of Northwind Trading\nand"
        " Partners <ann@northwind.example>\n"
        f"wrote:\n\n> {OLD}\n> Or is Friday better for you?\n",
        None,
    )
    yield plain(
        "groupwise",
        f"{OWN}\n\n>>> Ann Lee <ann@northwind.example> 02.03.26 10:00 >>>\n{OLD}\n",
        None,
        own=f"{OWN}\n\n> > > Ann Lee <ann@northwind.example> 02.03.26 10:00 >>>\n\n{OLD}",
    )
    yield plain(
        "no-quote-marks",
        f"{OWN}\n\nOn Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrote:\n\n{OLD}\n",
        f"On Mon, Mar 2, 2026 at 10:00 AM Ann Lee <ann@northwind.example> wrote:\n\n{OLD}",
    )
