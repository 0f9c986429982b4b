"""Serve the mailboxes of the world's people. No mail can be changed here."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from sandbox.mail.mailbox import Mailbox
from sandbox.people.calendar_routes import add_calendars
from sandbox.people.reading import content, file_name, leaves
from sandbox.people.rows import FOLDERS, message_row, people_rows, thread_rows
from sandbox.world import World

ZONE = ZoneInfo("Europe/Amsterdam")  # the zone of Ann, whose demo this is
_PAGE = 50
_MOST_PEOPLE = 100


def create_people(world: World) -> Flask:
    """Build the pages as a WSGI application, to be mounted under `/people`."""
    app = Flask(__name__)
    app.jinja_env.globals.update(clock=_clock, folders=FOLDERS)
    app.after_request(_guarded)

    def mailbox_of(address: str) -> Mailbox:
        try:
            return world.mailbox(address)
        except LookupError:
            abort(404)

    @app.get("/")
    def people() -> ResponseReturnValue:
        find = request.args.get("find", "")
        rows = people_rows(world, find)
        return render_template("people.html", rows=rows[:_MOST_PEOPLE], total=len(rows), find=find)

    @app.get("/<address>/")
    def mailbox(address: str) -> ResponseReturnValue:
        box = mailbox_of(address)
        folder = request.args.get("folder", "inbox")
        if folder not in FOLDERS:
            abort(404)
        rows = thread_rows(box, folder)
        start = max(0, request.args.get("start", 0, type=int))
        return render_template(
            "mailbox.html",
            person=box.person,
            folder=folder,
            rows=rows[start : start + _PAGE],
            start=start,
            older=start + _PAGE if start + _PAGE < len(rows) else None,
            newer=max(0, start - _PAGE) if start else None,
            total=len(rows),
        )

    @app.get("/<address>/<thread>/")
    def thread(address: str, thread: str) -> ResponseReturnValue:
        box = mailbox_of(address)
        messages = [message_row(message) for message in box.thread(thread)]
        if not messages:
            abort(404)
        show = request.args.get("show", "text")
        return render_template(
            "thread.html", person=box.person, thread=thread, messages=messages, show=show, safe=Markup
        )

    @app.get("/<address>/file/<message>/<int:number>")
    def file(address: str, message: str, number: int) -> ResponseReturnValue:
        filed = mailbox_of(address).message(message)
        parts = list(leaves(filed.raw.parse())) if filed else []
        if number >= len(parts):
            abort(404)
        name = file_name(parts[number]) or "file"
        answer = Response(content(parts[number]), mimetype="application/octet-stream")
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        return answer

    @app.get("/<address>/source/<message>")
    def source(address: str, message: str) -> ResponseReturnValue:
        filed = mailbox_of(address).message(message)
        if filed is None:
            abort(404)
        return Response(filed.raw.bytes(), mimetype="text/plain")

    add_calendars(app, world, lambda address: mailbox_of(address).person)

    @app.errorhandler(404)
    def missing(_error: Exception) -> ResponseReturnValue:
        return render_template("missing.html"), 404

    return app


def _clock(at: datetime) -> Markup:
    """Write a moment for reading, with the exact one behind it."""
    local = at.astimezone(ZONE)
    shown = f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), shown)


def _guarded(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    return response
