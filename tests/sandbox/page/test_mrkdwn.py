"""mrkdwn as HTML: its marks, its links, and that no text ever becomes a tag."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sandbox.slack.page.mrkdwn import mrkdwn_html
from sandbox.slack.page.viewer import Viewer

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
ANN = Viewer("U0ANN", "Europe/Berlin", NOON, "nl-NL", {"U0ANN": "Ann <Lee>", "U0BEN": "Ben"}, {"C1": "sales"})
ALLOWED = {"strong", "em", "s", "code", "pre", "blockquote", "br", "a", "span", "time"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~gone~", "<strong>bold</strong> <em>it</em> <s>gone</s>"),
        ("_*both*_", "<em><strong>both</strong></em>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* no * mark", "* no * mark"),
        ("`*code* <b>`", "<code>*code* &lt;b&gt;</code>"),
        ("```a\nb *c*```", "<pre>a\nb *c*</pre>"),
        ("> one\n> two\nthree", "<blockquote>one<br>two</blockquote>three"),
        ("&gt; said", "<blockquote>said</blockquote>"),
        ("a\nb", "a<br>b"),
        ("&lt;b&gt; &amp;amp; &quot;", "&lt;b&gt; &amp;amp; &amp;quot;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<javascript:alert(1)|click>", "&lt;javascript:alert(1)|click&gt;"),
        (":wave: :unknown_one: 10:30:00", None),
    ],
)
def test_marks_are_drawn_as_slack_draws_them(text: str, html: str | None) -> None:
    drawn = str(mrkdwn_html(text, ANN))
    if html is not None:
        assert drawn == html
    else:
        assert "👋" in drawn
        assert ":unknown_one: 10:30:00" in drawn


def test_a_link_shows_its_label_and_opens_elsewhere() -> None:
    drawn = str(mrkdwn_html("<https://a.example/?x=1&amp;y=2|the *offer*>", ANN))
    assert drawn == (
        '<a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">the *offer*</a>'
    )


def test_a_label_cannot_break_out_of_its_link() -> None:
    drawn = str(mrkdwn_html('<https://a.example/"onmouseover="x|">&lt;img src=x onerror=y&gt;>', ANN))
    tree = LexborHTMLParser(drawn)
    assert tree.css_first("img") is None
    assert all("onmouseover" not in node.attributes for node in tree.css("a"))


def test_bare_addresses_become_links_unless_verbatim() -> None:
    text = "see https://a.example/b. or dana@northwind.example"
    drawn = str(mrkdwn_html(text, ANN))
    assert 'href="https://a.example/b"' in drawn
    assert 'href="mailto:dana@northwind.example"' in drawn
    assert str(mrkdwn_html(text, ANN, verbatim=True)) == text


def test_mentions_show_names() -> None:
    drawn = str(mrkdwn_html("<@U0BEN> <@U0ANN> <@U9> <#C1> <#C2|old> <!here> <!subteam^S1|@team>", ANN))
    for words in ("@Ben", "@Ann &lt;Lee&gt;", "@U9", "#sales", "#old", "@here", "@team"):
        assert f">{words}</span>" in drawn


def test_a_date_is_shown_in_the_viewers_zone() -> None:
    at = int(datetime(2026, 11, 21, 23, 30, tzinfo=UTC).timestamp())
    drawn = str(mrkdwn_html(f"<!date^{at}^{{date_short_pretty}} at {{time}}|yesterday>", ANN))
    assert ">Today at 00:30</time>" in drawn


def test_a_date_that_makes_no_sense_shows_its_fallback() -> None:
    assert ">some day</time>" in str(mrkdwn_html("<!date^99999999999999999^{date}|some day>", ANN))
    assert ">some day</time>" in str(mrkdwn_html("<!date^soon^{date}|some day>", ANN))


@given(st.text(alphabet="<>&|!@#*_~`\"'\n :/\\=()abhrefjscript\ue000\ue0010-^{}", max_size=80))
def test_no_text_ever_becomes_another_tag(text: str) -> None:
    drawn = str(mrkdwn_html(text, ANN))
    assert set(re.findall(r"<\s*/?\s*([^\s/>]*)", drawn)) <= ALLOWED
    for node in LexborHTMLParser(f"<div>{drawn}</div>").css("div *"):
        assert node.tag in ALLOWED
        assert not any(name.startswith("on") for name in node.attributes)
        assert (node.attributes.get("href") or "https:").startswith(("http:", "https:", "mailto:", "tel:"))


@given(st.text(max_size=60))
def test_what_was_written_is_all_there(text: str) -> None:
    words = re.findall(r"[a-z0-9]{3,}", text)
    shown = LexborHTMLParser(f"<div>{mrkdwn_html(' '.join(words), ANN)}</div>").text()
    assert re.findall(r"[a-z0-9]{3,}", shown) == words
