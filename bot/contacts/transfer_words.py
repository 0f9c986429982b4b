"""The words of the pages on which contacts come in and go out (screens.md 6, Import and Export)."""

from dataclasses import dataclass

from bot.contacts.doorkeeping import Cause
from bot.contacts.importing import MOST_BYTES, MOST_ROWS, VCARD, Layout
from bot.contacts.line_words import finding_line, told_line
from bot.contacts.planning import Report
from bot.contacts.sheets import MOST_CELL, Broken
from bot.words import Reader
from store.imports import Import

STATUS = {
    Cause.UNKNOWN: 404,
    Cause.USED: 410,
    Cause.EXPIRED: 410,
    Cause.OTHER_BROWSER: 403,
    Cause.NOT_FROM_HERE: 403,
    Cause.NOT_ALLOWED: 403,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its header, a sample, and what can be chosen for it (value, words, chosen)."""

    name: str
    header: str
    sample: str
    choices: list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class FilePage:
    """What the page of a file shows."""

    state: str
    title: str
    said: str
    columns: list[Column]
    figures: list[str]
    lines: list[str]
    findings: list[str]
    refresh: bool
    take: str


def cause_words(cause: Cause, reader: Reader) -> dict[str, str]:
    """Why a page cannot be shown, and what to do."""
    say = reader.say
    happened = {
        Cause.UNKNOWN: say("This link leads nowhere: it is not one of ours, or it is long gone."),
        Cause.USED: say("This link has been used already. It works once."),
        Cause.EXPIRED: say("This link is too old. It works for ten minutes."),
        Cause.OTHER_BROWSER: say("This page was opened in another browser, or this one keeps no cookies."),
        Cause.NOT_FROM_HERE: say("This did not come from our own page, so nothing was done."),
        Cause.NOT_ALLOWED: say("Only administrators of the workspace can import and export contacts."),
    }[cause]
    return {
        "title": say("This page is not there"),
        "happened": say("{happened} No contact was changed.", happened=happened),
        "what_next": say("Make a new link in Slack: Mailroom's Home, Contacts."),
    }


def upload_words(reader: Reader, said: str) -> dict[str, str]:
    """The page that asks for a file. `said`: why the last one was not taken."""
    say = reader.say
    return {
        "title": say("Import contacts"),
        "said": said,
        "what": say(
            "Choose a file of contacts: CSV, as Google Contacts, Outlook, HubSpot or a spreadsheet write it,"
            " or vCard."
        ),
        "limits": say(
            "At most {rows} people and {size}. Nothing is imported before you have seen what it comes to.",
            rows=f"{MOST_ROWS:,}",
            size=reader.size(MOST_BYTES),
        ),
        "shared": say("Everybody in the workspace who uses Mailroom sees the contacts."),
        "label": say("File"),
        "send": say("Look at the file"),
    }


def export_words(reader: Reader) -> dict[str, str]:
    """The page that gives the contacts out."""
    say = reader.say
    return {
        "title": say("Export contacts"),
        "what": say("All contacts of the workspace, with notes, as one file. It holds no mail."),
        "once": say("This page works once. What you download is no longer protected by Mailroom."),
        "csv": say("Download CSV"),
        "vcard": say("Download vCard"),
    }


def broken_line(broken: Broken, reader: Reader) -> str:
    """Why a file was not taken, and where in it."""
    say = reader.say
    why = {
        "encoding": say("it holds characters that are not readable. Save it as CSV in UTF-8"),
        "quote": say("a quotation mark is opened and not closed properly"),
        "not a table": say("it is not a table of text"),
        "line too long": say("a line has no end"),
        "cell too long": say(
            "a cell holds more than {n} characters, or a quotation mark is not closed", n=f"{MOST_CELL:,}"
        ),
        "too many columns": say("it has too many columns"),
        "too many rows": say("it holds more than {n} people. Import it in parts", n=f"{MOST_ROWS:,}"),
        "card not ended": say("a card begins here and does not end"),
        "card not begun": say("something stands outside of a card"),
        "no card line": say("this is no line of a card"),
        "no columns": say("it has no column with addresses"),
        "empty": say("there is nobody in it"),
        "no file": say("no file was chosen"),
        "cut off": say("it did not arrive whole. Send it again"),
        "too large": say("it is larger than {size}. Import it in parts", size=reader.size(MOST_BYTES)),
    }.get(broken.code, broken.code)
    if broken.line:
        return say(
            "The file was not taken, from line {line} on: {why}. Nothing was imported."
            " Mend it and send it again, or choose another one.",
            line=f"{broken.line:,}",
            why=why,
        )
    return say("The file was not taken: {why}. Nothing was imported. Choose a file below.", why=why)


def file_page(file: Import, layout: Layout, report: Report, reader: Reader) -> FilePage:
    """The page of a file as it stands."""
    counts = file.state in ("checked", "applying", "done")
    return FilePage(
        state=file.state,
        title=_title(file, reader),
        said=_said(file, reader),
        columns=_columns(layout, reader) if file.state == "uploaded" else [],
        figures=_figures(file, report, reader) if counts else [],
        lines=_shown([told_line(one, reader) for one in report.told], report.lines, reader) if counts else [],
        findings=_shown([finding_line(one, reader) for one in report.left_out], file.refused, reader)
        if counts
        else [],
        refresh=file.state in ("checking", "applying"),
        take=file.take,
    )


def _title(file: Import, reader: Reader) -> str:
    say = reader.say
    return {
        "uploaded": say("What do the columns hold?"),
        "checking": say("Looking at every line"),
        "checked": say("Import these contacts?"),
        "applying": say("Importing"),
        "done": say("Imported"),
        "refused": say("The import did not come to its end"),
        "cancelled": say("Nothing was imported"),
    }[file.state]


def _said(file: Import, reader: Reader) -> str:
    say, lines = reader.say, f"{file.lines:,}"
    share = round(100 * file.done / file.chunks) if file.chunks else 0
    return {
        "uploaded": say("{lines} people are in the file. Correct what was guessed wrong.", lines=lines),
        "checking": say("{share} % of {lines}. This page looks again by itself.", share=share, lines=lines),
        "checked": _checked(file, reader),
        "applying": say(
            "{share} % of {lines}. You can close this page: it goes on, and Home says when it is done.",
            share=share,
            lines=lines,
        ),
        "done": say("The contacts are there now. You can close this page."),
        "refused": say(
            "What was imported stays. Make a new link and import the file again: nobody is added twice."
        ),
        "cancelled": say("The file is forgotten. To import another one, make a new link in Slack."),
    }[file.state]


def _checked(file: Import, reader: Reader) -> str:
    said = reader.say("{lines} people are in the file. Nothing was imported yet.", lines=f"{file.lines:,}")
    if file.kind != VCARD:
        return said
    told = "Of a card, name, addresses, company, title, notes and one telephone number are taken."
    return f"{said} {reader.say(told)}"


def _figures(file: Import, report: Report, reader: Reader) -> list[str]:
    same, otherwise = file.same - report.otherwise, report.otherwise
    found = [
        reader.count("{n} new contact", "{n} new contacts", file.fresh),
        reader.count("{n} changed", "{n} changed", file.changed),
        reader.count("{n} there already, just so", "{n} there already, just so", same),
    ]
    if otherwise:
        said = "{n} there already; what the file says otherwise is not used"
        found.append(reader.count(said, said, otherwise))
    return [*found, reader.count("{n} left out", "{n} left out", file.refused)]


def _shown(lines: list[str], total: int, reader: Reader) -> list[str]:
    """Lines, with the number of those that are not shown."""
    if total <= len(lines):
        return lines
    return [*lines, reader.count("and {n} more line", "and {n} more lines", total - len(lines))]


def _columns(layout: Layout, reader: Reader) -> list[Column]:
    say = reader.say
    words = [
        ("", say("leave out")),
        ("name", say("whole name")),
        ("first", say("first name")),
        ("middle", say("middle name")),
        ("last", say("last name")),
        ("addresses", say("email address")),
        ("company", say("company")),
        ("title", say("title")),
        ("phone", say("telephone")),
        ("owner", say("looked after by, as an address")),
        ("notes", say("notes")),
    ]
    found = []
    for place, (header, chosen) in enumerate(zip(layout.header, layout.columns, strict=False)):
        cells = [row[place] for row in layout.sample if place < len(row) and row[place]]
        choices = [(value, text, value == chosen) for value, text in words]
        found.append(Column(f"column{place}", header or say("no name"), " · ".join(cells), choices))
    return found
