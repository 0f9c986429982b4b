"""How the parser's markup is cut: what it promises about escaping is what the cutting stands on."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from providers.content.html import read_html
from providers.content.html_tokens import attributes_of, tokens_of, unescaped
from providers.content.pieces import Piece


def cut(html: str) -> list[tuple[str | None, str]]:
    """The tags and texts of a body, without those of <body> itself."""
    body = LexborHTMLParser(html).body
    tokens = tokens_of((body.html if body else "") or "")
    return list(zip(tokens.tags, tokens.texts, strict=True))[1:-1]


def words(html: str) -> list[str]:
    """The texts of what a reader sees."""
    return [piece.text for piece in read_html(html) if isinstance(piece, Piece)]


def test_signs_in_attributes_and_text_are_written_as_entities() -> None:
    (tag, text), _ = cut("<p title='a<b>c&amp;\"d\"\xa0e'>1 &lt; 2 &gt; &amp;lt;\xa0</p>")
    assert tag is not None
    assert attributes_of(tag) == {"title": 'a<b>c&"d"\xa0e'}
    assert unescaped(text) == "1 < 2 > &lt;\xa0"


@pytest.mark.parametrize(
    "unseen",
    [
        "<!-- <b>no</b> > -->",
        "<![if !mso]>",
        "<!--[if mso]><table><tr><td><![endif]-->",
        "<style>p > b { color: red } <b></style>",
        "<script>if (a<b && c>d) '<p>'</script>",
        "<iframe><b>no</iframe>",
        "<noframes>a<b</noframes>",
    ],
)
def test_what_nobody_sees_is_one_token_without_a_tag(unseen: str) -> None:
    assert cut(f"<div>before{unseen}after</div>") == [("div", "before"), (None, "after"), ("/div", "")]


def test_a_name_with_a_sign_in_it_ends_where_the_parser_says() -> None:
    assert words("<div<span a<b='c'>one</div<span><p>two</p>") == ["one", "two"]


def test_text_that_is_no_markup_keeps_its_signs() -> None:
    assert "a<b>c</b>" in str(read_html("<p>x</p><xmp>a<b>c</b></xmp><p>y</p>"))
    assert "<td> & </plaintext>" in str(read_html("<p>x</p><plaintext><td> & </plaintext>"))


def test_an_element_that_is_left_out_takes_everything_in_it_along() -> None:
    hidden = '<div style="display:none">no<div>no<br><img src="x"></div>no</div>'
    assert words(f"<p>one</p>{hidden}<svg><title>no</title><input>no</svg><p>two</p>") == ["one", "two"]


@pytest.mark.parametrize("odd", ["<xmp class=a>no</xmp>", "<svg><plaintext>no</plaintext></svg>"])
def test_what_is_hidden_ends_where_it_ends(odd: str) -> None:
    assert words(f'<div style="display:none">no{odd}</div><p>one</p><p>two</p>') == ["one", "two"]


def test_words_between_two_drawings_are_kept() -> None:
    drawing = "<svg><plaintext>no</plaintext></svg>"
    assert words(f"<p>one</p>{drawing}<p>two</p>{drawing}") == ["one", "two"]


def test_controls_that_a_screen_cannot_show_are_left_out() -> None:
    assert words("<p>a\x01b\x07 &#2;c &#x202e;d\x7f</p>") == ["ab c d"]


def test_two_lines_across_in_a_row_are_one_and_a_mark_is_kept() -> None:
    pieces = read_html('<p>own</p><hr><hr><div id="appendonsend"></div><hr><p>old</p>')
    assert [(type(piece.block).__name__, piece.mark.name) for piece in pieces] == [
        ("Paragraph", "OWN"),
        ("Rule", "OWN"),
        ("Rule", "REST"),
        ("Paragraph", "OWN"),
    ]


def test_an_attribute_that_looks_like_another_is_not_taken_for_it() -> None:
    assert attributes_of('a =x="" title=" href=" href="https://a.example/"') == {
        "=x": "",
        "title": " href=",
        "href": "https://a.example/",
    }
