"""Browser in: the pages on which contacts come in and go out. GET shows, only our own forms do anything."""

from flask import Blueprint, Response, make_response, redirect, render_template, request

from bot.contacts import transfer_words as words
from bot.contacts.doorkeeping import EXPORT, IMPORT, Cause, Doorkeeping, Shown
from bot.contacts.exporting import Exporting
from bot.contacts.importing import MOST_BYTES, Importing, Overtaken
from bot.contacts.sheets import Broken
from bot.contacts.uploads import NoForm, Upload
from bot.forms import OwnForms, form_word, is_a_person
from bot.words import Reader, zone_named
from store.members import Member

COOKIE_LIFE = 24 * 3600


class Pages:
    """Draws the pages and judges where a form comes from."""

    def __init__(self, doors: Doorkeeping, base_url: str) -> None:
        self._doors = doors
        self._forms = OwnForms(base_url, "mailroom-contacts", COOKIE_LIFE)

    @property
    def cookie(self) -> str:
        return self._forms.cookie

    def open(self, ticket: str, kind: str) -> tuple[Shown | Cause, str]:
        """Look at a page; the browser in which a person sees it first keeps it."""
        cookie = self._forms.cookie_or_new()
        return self._doors.look(ticket, cookie, kind, bind=is_a_person()), cookie

    def judged(self, ticket: str, kind: str, word: str) -> Shown | Cause:
        """Look at a page whose form was sent."""
        if not self.cookie:
            return Cause.OTHER_BROWSER
        if not self._forms.sent(ticket, word):
            return Cause.NOT_FROM_HERE
        return self._doors.look(ticket, self.cookie, kind)

    def page(self, template: str, cookie: str, ticket: str, **values: object) -> Response:
        """Draw a page and leave its cookie."""
        answer = make_response(render_template(template, word=form_word(cookie, ticket), **values))
        return self._forms.leave(answer, cookie)

    def refusal(self, cause: Cause) -> Response:
        """Say why there is nothing to show; nothing about anybody."""
        page = render_template("notice.html", **words.cause_words(cause, Reader()))
        return make_response(page, words.STATUS[cause])


def create_routes(doors: Doorkeeping, importing: Importing, exporting: Exporting, base_url: str) -> Blueprint:
    """Make the pages Import and Export."""
    routes = Blueprint("contacts", __name__, template_folder="pages")
    pages = Pages(doors, base_url)

    @routes.get("/contacts/import/<ticket>")
    def import_page(ticket: str) -> Response:
        found, cookie = pages.open(ticket, IMPORT)
        return (
            pages.refusal(found)
            if isinstance(found, Cause)
            else _import_page(pages, importing, found, cookie, ticket)
        )

    @routes.post("/contacts/import/<ticket>/file")
    def upload(ticket: str) -> Response:
        return _upload(pages, doors, importing, ticket)

    @routes.post("/contacts/import/<ticket>")
    def decide(ticket: str) -> Response:
        found = pages.judged(ticket, IMPORT, request.form.get("word", ""))
        if isinstance(found, Cause):
            return pages.refusal(found)
        if found.file:
            _decide(importing, found)
        return make_response(redirect(f"/contacts/import/{ticket}", 303))

    @routes.get("/contacts/export/<ticket>")
    def export_page(ticket: str) -> Response:
        found, cookie = pages.open(ticket, EXPORT)
        if isinstance(found, Cause):
            return pages.refusal(found)
        reader = reader_of(found.member)
        return pages.page("contacts_export.html", cookie, ticket, **words.export_words(reader))

    @routes.post("/contacts/export/<ticket>")
    def export(ticket: str) -> Response:
        judged = pages.judged(ticket, EXPORT, request.form.get("word", ""))
        if isinstance(judged, Cause):
            return pages.refusal(judged)
        found = doors.take(ticket, pages.cookie, EXPORT)
        if isinstance(found, Cause):
            return pages.refusal(found)
        return _leave(exporting, found.member, request.form.get("kind") == "vcard")

    return routes


def reader_of(member: Member) -> Reader:
    """The member as a reader of a page."""
    return Reader(member.locale, zone_named(member.zone))


def _import_page(
    pages: Pages,
    importing: Importing,
    shown: Shown,
    cookie: str,
    ticket: str,
    status: int = 200,
    said: str = "",
) -> Response:
    reader, file = reader_of(shown.member), shown.file
    if file is None:
        answer = pages.page(
            "contacts_upload.html",
            cookie,
            ticket,
            to=f"/contacts/import/{ticket}/file",
            **words.upload_words(reader, said),
        )
    else:
        layout = importing.layout(file, shown.member.workspace_id)
        report = importing.report(file, shown.member.workspace_id)
        page = words.file_page(file, layout, report, reader)
        answer = pages.page("contacts_import.html", cookie, ticket, page=page, say=reader.say)
    answer.status_code = status
    return answer


def _upload(pages: Pages, doors: Doorkeeping, importing: Importing, ticket: str) -> Response:
    request.max_content_length = MOST_BYTES
    if (request.content_length or MOST_BYTES + 1) > MOST_BYTES:
        return _again(pages, importing, ticket, Broken("too large"))
    try:
        form = Upload(request.content_type or "", request.stream, MOST_BYTES)
    except NoForm:
        return pages.refusal(Cause.NOT_FROM_HERE)
    judged = pages.judged(ticket, IMPORT, form.fields.get("word", ""))
    if isinstance(judged, Cause):
        return pages.refusal(judged)
    if judged.file:
        return make_response(redirect(f"/contacts/import/{ticket}", 303))
    try:
        if not form.has_file:
            raise Broken("no file")
        importing.receive(judged.member, ticket, form.parts())
    except (Broken, NoForm) as broken:
        return _again(pages, importing, ticket, broken if isinstance(broken, Broken) else Broken("cut off"))
    except Overtaken:  # sent twice: the page shows the other one
        return make_response(redirect(f"/contacts/import/{ticket}", 303))
    doors.take(ticket, pages.cookie, IMPORT)
    return make_response(redirect(f"/contacts/import/{ticket}", 303))


def _again(pages: Pages, importing: Importing, ticket: str, broken: Broken) -> Response:
    found, cookie = pages.open(ticket, IMPORT)
    if isinstance(found, Cause):
        return pages.refusal(found)
    said = words.broken_line(broken, reader_of(found.member))
    return _import_page(pages, importing, found, cookie, ticket, 400, said)


def _decide(importing: Importing, shown: Shown) -> None:
    file, workspace_id = shown.file, shown.member.workspace_id
    if file is None:
        return
    match request.form.get("decision"):
        case "check":
            layout = importing.layout(file, workspace_id)
            columns = [request.form.get(f"column{n}", "") for n in range(len(layout.header))]
            importing.check(file, workspace_id, columns, request.form.get("take", "fill"))
        case "columns":
            importing.back_to_columns(file, workspace_id)
        case "import":
            importing.apply(file, workspace_id)
        case "cancel":
            importing.cancel(file, workspace_id)


def _leave(exporting: Exporting, member: Member, as_cards: bool) -> Response:
    """Let the file out; a break in the middle breaks the download off."""
    source = exporting.cards(member) if as_cards else exporting.table(member)
    mimetype = "text/vcard" if as_cards else "text/csv"
    answer = Response(source, mimetype=mimetype, direct_passthrough=True)
    name = "contacts.vcf" if as_cards else "contacts.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
