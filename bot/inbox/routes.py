"""Browser in: the page of a file. GET shows it, only its own form fetches the file."""

import hmac
import re
import secrets
from collections.abc import Iterator

import structlog
from flask import Blueprint, Response, make_response, render_template, request

from bot.errors import notice
from bot.inbox import file_words
from bot.inbox.attachments import Attachments, Cause, File, form_word
from bot.words import Reader, zone_named
from providers.errors import ProviderError
from providers.mail import AttachmentStream
from store.members import Member

log = structlog.get_logger(__name__)

# Nothing in a file may run, load or reach anything, should a browser show it after all.
_CAGE = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox"
_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")


def blueprint(attachments: Attachments, base_url: str) -> Blueprint:
    """Make the pages. `base_url` is Mailroom's own address: the only place whose forms count."""
    pages = Blueprint("inbox", __name__, template_folder="pages")
    https = base_url.startswith("https://")
    name = "__Host-mailroom-file" if https else "mailroom-file"  # on loopback, ports share cookies

    @pages.get("/files/<ticket>")
    def file_page(ticket: str) -> Response:
        cookie = _cookie(name) or secrets.token_urlsafe(32)
        found = attachments.look(ticket, cookie, bind=_is_a_person())
        if isinstance(found, Cause):
            return _refusal(found)
        reader = _reader(found.member)
        words = file_words.page_words(found, reader)
        answer = make_response(render_template("attachment.html", word=form_word(cookie, ticket), **words))
        answer.set_cookie(name, cookie, max_age=3600, secure=https, httponly=True, samesite="Lax", path="/")
        return answer

    @pages.post("/files/<ticket>")
    def fetch(ticket: str) -> Response:
        cookie = _cookie(name)
        if not cookie:
            return _refusal(Cause.OTHER_BROWSER)
        word = request.form.get("word", "")
        if not _from_here(base_url) or not hmac.compare_digest(
            word.encode(), form_word(cookie, ticket).encode()
        ):
            return _page(403, file_words.not_from_here(Reader()))
        try:
            taken = attachments.take(ticket, cookie)
        except ProviderError as error:
            return _not_fetched(error)
        if isinstance(taken, Cause):
            return _refusal(taken)
        return _leave(*taken, shown=request.form.get("how") == "show")

    return pages


def _cookie(name: str) -> str:
    given = request.cookies.get(name, "")
    return given if _COOKIE.fullmatch(given) else ""


def _is_a_person() -> bool:
    """Say whether a browser shows the page to somebody: scanners of links must not take it away.

    Source: https://www.w3.org/TR/fetch-metadata/
    """
    headers = request.headers
    ahead = headers.get("Sec-Purpose", "") or headers.get("Purpose", "")
    return request.method == "GET" and headers.get("Sec-Fetch-Dest") == "document" and not ahead


def _from_here(base_url: str) -> bool:
    """Say whether a form was sent by a page of ours. Browsers name at least one of the two."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is not None and origin != base_url and origin != "null":
        return False
    return site in (None, "same-origin")


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
