"""The words of the one answer that every program writes in its own manner."""

from tests.corpus.writing.mail import Case, html_mail

OWN = "Hello Ann,\n\nThursday at ten suits us well.\n\nDana"
DIVS = (
    "<div>Hello Ann,</div><div><br></div><div>Thursday at ten suits us well.</div><di"
    "v><br></div><div>Dana</div>"
)
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
HEADED = f"{HEAD_TEXT}\n\n{OLD}"


def answer(name: str, html: str, quoted: str | None = None, signature: str = "", own: str = OWN) -> Case:
    """Make a case of an HTML answer."""
    return Case(f"client-{name}", html_mail(html), own, signature, quoted)
