"""Files of contacts: read however they are cut and written, broken ones refused with their line."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contacts.cards import card, cards, components
from bot.contacts.columns import OWN_FIELDS, OWN_HEADER, Finding, Reason, Row, guess, merged, row_of
from bot.contacts.rules import LINE, NOTES, PHONE, Entry, read, weigh
from bot.contacts.sheets import FORMULAS, Broken, decoded, guarded, rows, unguarded, written

ODD = st.text(st.sampled_from("=+-@'\t\r\n\"\\,;: aZé漢😀\u200b\ufeff|&%0"), max_size=40)
SMALL = settings(max_examples=150, deadline=None)


def cut(content: bytes, size: int) -> Iterator[bytes]:
    """Let bytes come in pieces."""
    return (content[at : at + size] for at in range(0, len(content), size))


def kept(fields: dict[str, str]) -> Row | None:
    """A contact as it can stand in the rows, None for one that never could."""
    found = row_of(1, fields)
    return found if isinstance(found, Row) and found.fields["name"] else None


@st.composite
def people(draw: st.DrawFn) -> Row:
    """A contact with anything in it that can be kept."""
    count = draw(st.integers(1, 3))
    addresses = "\n".join(f"p{n}.{draw(st.integers(0, 99))}@x.example" for n in range(count))
    texts = {name: draw(ODD) for name in ("company", "title", "phone", "notes")}
    found = kept(
        {
            **texts,
            "name": f"{draw(ODD)}n",
            "addresses": addresses,
            "owner": draw(st.sampled_from(["", "o@x.example"])),
        }
    )
    assert found is not None
    return found


@SMALL
@given(st.lists(people(), min_size=1, max_size=4), st.integers(1, 70))
def test_a_table_comes_in_as_it_went_out(found: list[Row], size: int) -> None:
    table = [OWN_HEADER, *(tuple(one.fields[name] for name in OWN_FIELDS) for one in found)]
    content = b"\xef\xbb\xbf" + "".join(written(table)).encode()
    source = rows(decoded(cut(content, size)), OWN_HEADER)
    columns = guess(next(source)[1])
    back = [row_of(line, merged(cells, columns)) for line, cells in source]
    assert [one.fields for one in back if isinstance(one, Row)] == [one.fields for one in found]


@SMALL
@given(st.lists(people(), min_size=1, max_size=4), st.integers(1, 70))
def test_cards_come_in_as_they_went_out(found: list[Row], size: int) -> None:
    content = "".join(card(one.fields) for one in found).encode()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    back = [row_of(line, fields) for line, fields in cards(decoded(cut(content, size)))]
    assert [one.fields for one in back if isinstance(one, Row)] == [one.fields for one in found]


@given(ODD)
def test_what_is_written_into_a_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(tuple(one for one in FORMULAS if one != "'"))
    assert unguarded(guarded(text)) == text


@given(st.lists(ODD, min_size=1, max_size=3), st.sampled_from(",;\t"))
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_cells(texts: list[str], delimiter: str) -> None:
    parted = csv.reader(io.StringIO("".join(written([texts])), newline=""), delimiter=delimiter)
    assert not [cell for row in parted for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_apostrophes_inside_a_file_of_others_are_theirs() -> None:
    table = "Name,Notes\n'+49,\"'@x\n'=1;'-2\"\n"
    assert list(rows([table]))[1] == (2, ["+49", "@x\n'=1;'-2"])
    assert list(rows([table], ("Name", "Notes")))[1] == (2, ["+49", "@x\n=1;-2"])


@SMALL
@given(st.binary(max_size=200), st.integers(1, 9))
def test_no_bytes_make_reading_fail_but_by_saying_so(content: bytes, size: int) -> None:
    for read_it in (rows, cards):
        try:
            list(read_it(decoded(cut(content, size))))
        except Broken as broken:
            assert broken.code


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read_however_it_is_cut(encoding: str, size: int) -> None:
    text = "Name;Mail\nJürgen Weiß;j@x.example\n"
    assert "".join(decoded(cut(text.encode(encoding), size))) == text


def test_bytes_of_two_encodings_are_refused_with_the_line() -> None:
    with pytest.raises(Broken) as broken:
        list(decoded(cut("a\nä\n".encode() + b"b\n\xfc\n", 2)))
    assert (broken.value.code, broken.value.line) == ("encoding", 4)


@pytest.mark.parametrize(
    ("header", "held"),
    [
        ("Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value", "name,,,,addresses"),
        ("Title,First Name,Middle Name,Last Name,E-mail 2 Address", "title,first,middle,last,addresses"),
        ("Record ID,Email,Phone Number,Contact owner,Company name", ",addresses,phone,owner,company"),
        (",".join(OWN_HEADER), ",".join(OWN_FIELDS)),
        ("Vorname,Nachname,E-Mail-Adresse,Firma", "first,last,addresses,company"),
        ("Birthday,Home Street", ","),
    ],
)  # fmt: skip
def test_columns_are_guessed_from_what_others_call_them(header: str, held: str) -> None:
    assert guess(next(csv.reader([header]))) == held.split(",")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"addresses": ""}, Reason.NO_ADDRESS),
        ({"addresses": "at home"}, Reason.NOT_AN_ADDRESS),
        ({"addresses": "\n".join(f"a{n}@x.example" for n in range(21))}, Reason.TOO_MANY),
        ({"company": "c" * (LINE + 1)}, Reason.TOO_LONG),
        ({"phone": "1" * (PHONE + 1)}, Reason.TOO_LONG),
        ({"notes": "n" * (NOTES + 1)}, Reason.TOO_LONG),
        ({"addresses": ",".join(f"a{n}@x.example" for n in range(19_000))}, Reason.TOO_LONG),
        ({"addresses": ",".join(f"{n}@x.de" for n in range(61))}, Reason.TOO_MANY),
        ({"addresses": "a" * 1_000_000}, Reason.TOO_LONG),
        ({"name": "n" * 1_000_000}, Reason.TOO_LONG),
        ({"notes": "\x00" * 1_000_000}, Reason.TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_kept_says_why(changes: dict[str, str], reason: Reason) -> None:
    fields = dict.fromkeys(("name", "company", "title", "phone", "notes", "owner"), "")
    found = row_of(7, {**fields, "addresses": "a@x.example", **changes})
    assert isinstance(found, Finding)
    assert (found.line, found.reason) == (7, reason)


def test_somebody_without_a_name_is_called_by_their_address() -> None:
    fields = dict.fromkeys(("name", "company", "title", "phone", "notes", "owner"), "")
    found = row_of(1, {**fields, "addresses": "dana.reyes@x.example"})
    assert isinstance(found, Row) and found.fields["name"] == "dana.reyes"


def test_the_lines_of_a_table_are_counted_through_cells_that_hold_several() -> None:
    text = 'sep=;\nName;Notes\nA;"one\ntwo"\n\nB;"x'
    with pytest.raises(Broken) as broken:
        list(rows([text]))
    assert (broken.value.code, broken.value.line) == ("quote", 6)
    assert [line for line, _ in rows([text.removesuffix('B;"x')])] == [2, 3]


def test_a_row_that_never_ends_is_refused_before_it_fills_the_memory() -> None:
    endless = ['name,email\n"a\n', *(['",' + "ab," * 20_000 + '"\n'] * 100)]
    with pytest.raises(Broken, match="line too long"):
        list(rows(endless))


def test_parts_of_a_name_are_told_apart_from_escaped_signs() -> None:
    assert components(r"A\;B;C\\;\,D") == ["A;B", "C\\", ",D"]


@pytest.mark.parametrize("preference", ["\u00b2", "\u2460", "\u0661", "-1", "9999", ""])
def test_a_card_is_read_whatever_stands_for_its_preference(preference: str) -> None:
    file = f"BEGIN:VCARD\r\nFN:Ann\r\nEMAIL;PREF={preference}:ann@x.example\r\nEND:VCARD\r\n"
    ((_, fields),) = cards(iter([file]))
    assert fields["addresses"] == "ann@x.example"


def test_of_two_changes_the_untouched_field_is_the_others() -> None:
    shown = {"name": "Dana", "company": "", "title": ""}
    typed = {"name": "Dana R.", "company": "", "title": "Buyer"}
    now = {"name": "Dana", "company": "Northwind", "title": "Clerk"}
    weighed = weigh(typed, shown, now)
    assert weighed.fields == {"name": "Dana R.", "company": "Northwind", "title": "Buyer"}
    assert weighed.crossed == ("title",)
    assert weigh(typed, shown, typed).crossed == ()


def test_an_owner_is_carried_through_the_form() -> None:
    assert read(Entry("Dana", "d@x.example", owner="U1"), frozenset()).entry.owner == "U1"
