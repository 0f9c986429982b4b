"""A document drawn as Block Kit: what it looks like, and what it can never do."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.inbox.body import draw_document, first_words, measure
from providers.content.document import (
    Document,
    Heading,
    Image,
    LineBreak,
    Link,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Span,
    Style,
    Table,
    Text,
)
from tests.bot.inbox.rich_text import complaints, drawn_pages

HALVES = (("bank.", Style(bold=True)), ("example", Style()))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def elements(*blocks: Any) -> list[dict[str, Any]]:
    """The elements of a document that fits one block."""
    drawn = draw_document(Document(blocks))
    assert complaints(drawn.blocks) == []
    assert drawn.next_start is None
    return [element for block in drawn.blocks for element in block["elements"]]


def row(*cells: str) -> tuple[tuple[Text, ...], ...]:
    return tuple((Text(cell),) for cell in cells)


def words(element: dict[str, Any]) -> str:
    """The text of an element as it is read."""
    return "".join(leaf.get("text", "") or words(leaf) for leaf in element["elements"])


def test_paragraphs_stand_apart_and_keep_their_line_breaks() -> None:
    drawn = elements(paragraph("Hello Ann,"), Paragraph((Text("one"), LineBreak(), Text("two"))))
    assert [words(element) for element in drawn] == ["Hello Ann,\n\none\ntwo"]


def test_bold_italic_strike_and_code_are_kept() -> None:
    style = Style(bold=True, italic=True, strike=True, code=True)
    (section,) = elements(Paragraph((Text("all", style), Text(" none"))))
    assert section["elements"][0]["style"] == {"bold": True, "italic": True, "strike": True, "code": True}
    assert "style" not in section["elements"][1]


def test_a_heading_is_bold() -> None:
    (section,) = elements(Heading((Text("Spring"),), 1))
    assert section["elements"][0]["style"] == {"bold": True}


def test_nested_lists_are_set_in_and_an_ordered_list_counts_on_after_them() -> None:
    inner = List(((paragraph("hall"),), (paragraph("stairs"),)))
    drawn = elements(List(((paragraph("Measure"), inner), (paragraph("Order"),)), ordered=True, start=3))
    assert [(e["style"], e["indent"], e.get("offset", 0), words(e)) for e in drawn] == [
        ("ordered", 0, 2, "Measure"),
        ("bullet", 1, 0, "hallstairs"),
        ("ordered", 0, 3, "Order"),
    ]


def test_quotes_are_quotes_and_quotes_in_them_keep_their_marks() -> None:
    drawn = elements(Quote((paragraph("outer"), Quote((paragraph("inner"),)))))
    assert [(element["type"], words(element)) for element in drawn] == [
        ("rich_text_quote", "outer\n\n> inner")
    ]


def test_a_list_in_a_quote_stands_in_lines_below_its_first_words() -> None:
    inner = List(((paragraph("hall"),), (paragraph("stairs"),)))
    measures = List(((paragraph("Measure"), inner), (paragraph("Order"),)), ordered=True)
    (quote,) = elements(Quote((paragraph("Please:"), measures, paragraph("Thanks"))))
    assert words(quote) == "Please:\n1. Measure\n   • hall\n   • stairs\n2. Order\n\nThanks"


def test_a_table_in_a_quote_keeps_its_columns() -> None:
    table = Table((row("Item", "Price"), row("Chair", "120")), header=False)
    (quote,) = elements(Quote((paragraph("So:"), Quote((table,)))))
    assert words(quote) == "So:\n\n> Item   Price\n> Chair  120"
    columns = [leaf["text"] for leaf in quote["elements"] if leaf.get("style") == {"code": True}]
    assert columns == ["Item   Price", "Chair  120"]


def test_words_below_a_list_stand_apart_from_it() -> None:
    one = List(((paragraph("one"), Preformatted("code"), paragraph("still one")), (paragraph("two"),)))
    drawn = elements(paragraph("These:"), one, paragraph("Ann"))
    assert [words(element) for element in drawn] == ["These:\n", "one", "code", "still one\n", "two", "\nAnn"]


def test_two_quotes_in_a_row_stay_two() -> None:
    drawn = elements(Quote((paragraph("one"),)), Quote((paragraph("two"),)))
    assert [words(element) for element in drawn] == ["one", "two"]


def test_preformatted_text_keeps_its_blanks() -> None:
    (code,) = elements(Preformatted("make  demo\n  now"))
    assert (code["type"], words(code)) == ("rich_text_preformatted", "make  demo\n  now")


def test_a_small_table_stands_in_columns() -> None:
    (table,) = elements(Table((row("Item", "Price"), row("Chair", "120"), row("椅子", "7")), header=True))
    assert words(table) == "Item   Price\n-----  -----\nChair    120\n椅子       7"


def test_figures_end_where_figures_end_and_words_begin_where_words_begin() -> None:
    rows = (row("Oak", "€ 1.200,50", "2 m"), row("Ash", "", "on demand"), row("Elm", "-7,00", "10 m"))
    (table,) = elements(Table(rows))
    assert words(table) == "Oak  € 1.200,50  2 m\nAsh              on demand\nElm       -7,00  10 m"


def test_a_cell_across_columns_widens_none() -> None:
    rows = (row("All shelves of the first floor", "", ""), row("Oak", "2", "7"), row("Ash", "on demand", ""))
    (table,) = elements(Table(rows))
    assert words(table) == "All shelves of the first floor\nOak  2  7\nAsh  on demand"


def test_a_wide_table_becomes_a_line_for_each_figure() -> None:
    (table,) = elements(Table((row("First", "Second"), row("a" * 40, "b" * 40)), header=True))
    assert words(table) == f"First: {'a' * 40}\nSecond: {'b' * 40}"


def test_pictures_say_what_they_show() -> None:
    (section,) = elements(Paragraph((Image("the plan"), Text(" and "), Image())))
    assert words(section) == "[the plan] and [image]"


def test_a_link_whose_words_name_another_host_shows_where_it_leads() -> None:
    (section,) = elements(Paragraph((Link("https://evil.example/x", "www.bank.example"),)))
    assert words(section) == "www.bank.example (evil.example)"
    assert [e["text"] for e in section["elements"] if e["type"] == "link"] == ["evil.example"]


def test_a_link_with_plain_words_is_a_link_on_them() -> None:
    (section,) = elements(Paragraph((Link("https://northwind.example/offer", "our offer"),)))
    assert section["elements"] == [
        {"type": "link", "url": "https://northwind.example/offer", "text": "our offer"}
    ]


def test_control_text_of_slack_is_only_text() -> None:
    hostile = "<!channel> <@U123> <#C1> <https://evil.example|bank> :tada: *x* `y` @here"
    (section,) = elements(paragraph(hostile))
    assert section["elements"] == [{"type": "text", "text": hostile}]


def test_a_rule_is_drawn_as_a_line() -> None:
    (section,) = elements(paragraph("one"), Rule(), paragraph("two"))
    assert words(section) == "one\n\n———\n\ntwo"


def test_an_empty_document_draws_nothing() -> None:
    assert draw_document(Document()) == ([], None)


def test_a_long_document_is_cut_between_paragraphs_and_every_paragraph_is_shown_once() -> None:
    document = Document(tuple(paragraph(f"Paragraph {n}. " + "word " * 60) for n in range(200)))
    pages = list(drawn_pages(document, budget_blocks=3, budget_chars=12_000))
    shown = [words(element) for page in pages for block in page for element in block["elements"]]
    assert len(pages) > 3
    assert [
        int(line.split()[1].rstrip(".")) for part in shown for line in part.split("\n\n") if line
    ] == list(range(200))


def test_one_endless_paragraph_is_paged_as_well_and_loses_no_letter() -> None:
    text = " ".join(f"word{n}" for n in range(20_000))
    pages = list(drawn_pages(Document((paragraph(text),)), budget_blocks=4, budget_chars=20_000))
    assert "".join(words(e) for page in pages for b in page for e in b["elements"]) == text


def test_a_page_never_ends_within_a_row_of_a_long_table() -> None:
    rows = tuple(row(f"A{number:04}", "two words", str(number)) for number in range(1_500))
    pages = list(drawn_pages(Document((Table(rows),)), 2, 8_000))
    assert len(pages) > 3
    lines = [line for page in pages for block in page for one in block["elements"] for line in _lines(one)]
    assert lines == [f"A{number:04}  two words  {number:>4}" for number in range(1_500)]


def _lines(element: dict[str, Any]) -> list[str]:
    return words(element).splitlines()


def test_lines_of_a_long_paragraph_stay_whole_where_a_block_or_a_page_ends() -> None:
    target = "https://rooms.example/" + "x" * 60
    spans: list[Span] = []
    for number in range(200):
        spans += [Text(f"Room {number}: "), Link(f"{target}{number}", "join"), LineBreak()]
    pages = drawn_pages(Document((Paragraph(tuple(spans)),)), 2, 12_000)
    blocks = [block for page in pages for block in page]
    assert len(blocks) > 4
    for block in blocks:
        assert block["elements"][0]["elements"][0]["text"].startswith("Room ")
        assert block["elements"][-1]["elements"][-1]["text"] in ("\n", "join")


def test_text_that_grows_when_it_is_sent_is_measured_as_it_is_sent() -> None:
    pages = list(drawn_pages(Document((paragraph("😀" * 5000),)), budget_blocks=5, budget_chars=20_000))
    assert all(measure(block) <= 10_000 for page in pages for block in page)
    assert sum(words(e).count("😀") for page in pages for b in page for e in b["elements"]) == 5000


SPANS = st.one_of(
    st.builds(Text, st.text("ab <>&*_`:@!\n\u4e00😀\"'\\", min_size=1, max_size=400)),
    st.builds(
        Link, st.sampled_from(("https://a.example/x", "mailto:a@b.example")), st.text("ab.c ", min_size=1)
    ),
    st.just(LineBreak()),
    st.builds(Image, st.text("ab", max_size=5)),
)
LEAVES = st.one_of(
    st.builds(lambda spans: Paragraph(tuple(spans)), st.lists(SPANS, min_size=1, max_size=6)),
    st.builds(Preformatted, st.text("ab \n", min_size=1, max_size=3000).filter(str.strip)),
    st.just(Rule()),
    st.builds(lambda n, c: Table(((((Text("a"),),) * c),) * n), st.integers(1, 40), st.integers(1, 6)),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda blocks: Quote(tuple(blocks)), st.lists(inner, min_size=1, max_size=4)),
        st.builds(
            lambda items, ordered, start: List(tuple(tuple(item) for item in items), ordered, start),
            st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=4),
            st.booleans(),
            st.integers(-3, 2000),
        ),
    ),
    max_leaves=12,
)


@given(st.lists(BLOCKS, max_size=6), st.integers(1, 5), st.integers(3400, 12_000))
# making such documents takes long on a busy machine, which is no fault of theirs
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_document_no_page_holds_anything_that_slack_refuses(
    blocks: list[Any], most: int, room: int
) -> None:
    for page in drawn_pages(Document(tuple(blocks)), most, room):
        assert complaints(page) == []


def test_first_words_are_one_line_and_end_at_a_word() -> None:
    document = Document(
        (paragraph("Hello Ann,"), Paragraph((Text("Thursday"), LineBreak(), Text("suits us well."))))
    )
    assert first_words(document, 200) == "Hello Ann, Thursday suits us well."
    assert first_words(document, 24) == "Hello Ann, Thursday…"
    assert first_words(Document(), 24) == ""


def test_drawn_blocks_can_be_sent() -> None:
    assert json.loads(json.dumps(draw_document(Document((paragraph("x"),))).blocks))


def test_a_link_longer_than_a_block_can_hold_is_told_by_its_host_and_hides_nothing_behind_it() -> None:
    link = Link("https://a.example/" + "ü" * 2900, "here")
    [section] = elements(Paragraph((link,)), paragraph("and what follows"))
    assert "".join(part["text"] for part in section["elements"]) == "here (a.example)\n\nand what follows"
    assert not any(part["type"] == "link" for part in section["elements"])


def test_links_side_by_side_are_judged_by_what_they_say_together() -> None:
    halves = [Link("https://evil.example/", text, style) for text, style in HALVES]
    [section] = elements(Paragraph(tuple(halves)))
    assert [part["text"] for part in section["elements"]] == ["bank.", "example", " (", "evil.example", ")"]
    assert [part["type"] for part in section["elements"]] == ["text", "text", "text", "link", "text"]
