"""Browser in: the page of a file. GET shows it, only its own form fetches the file."""

from collections.abc import Iterator

import structlog
from flask import Blueprint, Response, make_response, render_template, request

from bot.errors import notice
from bot.forms import OwnForms, form_word, is_a_person
from bot.inbox import file_words
from bot.inbox.attachments import Attachments, Cause, File
from bot.words import Reader, zone_named
from providers.errors import ProviderError
from providers.mail import AttachmentStream
from store.members import Member

log = structlog.get_logger(__name__)

# Nothing in a file may run, load or reach anything, should a browser show it after all.
_CAGE = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox"
COOKIE_LIFE = 3600


def blueprint(attachments: Attachments, base_url: str) -> Blueprint:
    """Make the pages. `base_url` is Mailroom's own address: the only place whose forms count."""
    pages = Blueprint("inbox", __name__, template_folder="pages")
    forms = OwnForms(base_url, "mailroom-file", COOKIE_LIFE)

    @pages.get("/files/<ticket>")
    def file_page(ticket: str) -> Response:
        cookie = forms.cookie_or_new()
        found = attachments.look(ticket, cookie, bind=is_a_person())
        if isinstance(found, Cause):
            return _refusal(found)
        reader = _reader(found.member)
        words = file_words.page_words(found, reader)
        answer = make_response(render_template("attachment.html", word=form_word(cookie, ticket), **words))
        return forms.leave(answer, cookie)

    @pages.post("/files/<ticket>")
    def fetch(ticket: str) -> Response:
        cookie = forms.cookie
        if not cookie:
            return _refusal(Cause.OTHER_BROWSER)
        if not forms.sent(ticket, request.form.get("word", "")):
            return _page(403, file_words.not_from_here(Reader()))
        try:
            taken = attachments.take(ticket, cookie)
        except ProviderError as error:
            return _not_fetched(error)
        if isinstance(taken, Cause):
            return _refusal(taken)
        return _leave(*taken, shown=request.form.get("how") == "show")

    return pages


def _reader(member: Member) -> Reader:
    return Reader(member.locale, zone_named(member.zone))


def _page(status: int, words: dict[str, str]) -> Response:
    return make_response(render_template("notice.html", **words), status)


def _refusal(cause: Cause) -> Response:
    return _page(file_words.STATUS[cause], file_words.cause_words(cause, Reader()))


def _not_fetched(error: ProviderError) -> Response:
    log.warning("a file could not be fetched", error=type(error).__name__, code=error.code)
    reader = Reader()
    return _page(502, file_words.not_fetched(notice(error, reader).text, reader))


def _leave(file: File, stream: AttachmentStream, *, shown: bool) -> Response:
    """Let the bytes pass; nothing of them touches a disk here."""
    shown = shown and file.type in file_words.PICTURES
    answer = Response(_bytes(stream), mimetype=file_words.leaving_type(file), direct_passthrough=True)
    answer.headers["Content-Disposition"] = file_words.disposition(file, shown=shown)
    answer.headers["Content-Security-Policy"] = _CAGE
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _bytes(stream: AttachmentStream) -> Iterator[bytes]:
    """Pass the chunks on. A break in the middle breaks the download off: nobody takes it for whole."""
    try:
        yield from stream.chunks
    except ProviderError as error:
        log.warning("a file broke off", error=type(error).__name__, code=error.code)
        raise
