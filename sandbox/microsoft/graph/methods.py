"""Every method that Graph has here: where it is, who may call it, what answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.wrappers import Response

from sandbox.microsoft.graph import delta, folders, reading, sending, writing
from sandbox.microsoft.graph.calendars import events
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.scopes import (
    CALENDARS_READ,
    CALENDARS_WRITE,
    MAIL_BASIC,
    MAIL_READ,
    MAIL_SEND,
    MAIL_WRITE,
    USER_READ,
)

READ = frozenset({MAIL_READ, MAIL_WRITE})
LOOK = READ | {MAIL_BASIC}
WRITE = frozenset({MAIL_WRITE})
SEND = frozenset({MAIL_SEND})
MESSAGE = "/me(?:/mailFolders/[^/]+)?/messages/(?P<id>[^/]+)"
FOLDER = "/me/mailFolders/(?P<folder>[^/]+)"
SEE = frozenset({CALENDARS_READ, CALENDARS_WRITE})
PLAN = frozenset({CALENDARS_WRITE})
CALENDAR = "/me/calendars/(?P<calendar>[^/]+)"
EVENTS = "/me(?:/calendars/(?P<calendar>[^/]+))?/events"
EVENT = EVENTS + "/(?P<event>[^/]+)"


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `status` is that of success; `mail`: it needs a mailbox."""

    http: str
    pattern: re.Pattern[str]
    scopes: frozenset[str]
    run: Callable[[Call], Json | Response]
    status: int = 200
    mail: bool = True
    options: frozenset[str] = frozenset()


def _method(
    http: str, path: str, scopes: frozenset[str], run: Callable[[Call], Json | Response], status: int = 200
) -> Method:
    return Method(http, re.compile(path), scopes, run, status)


METHODS = (
    Method("GET", re.compile("/me"), frozenset({USER_READ}), folders.get_me, mail=False),
    _method("GET", "/me/messages", LOOK, reading.list_messages),
    _method("POST", "/me/messages", WRITE, writing.create, 201),
    _method("POST", "/me/sendMail", SEND, sending.send_mail, 202),
    _method("GET", "/me/mailFolders", LOOK, folders.list_folders),
    _method("GET", FOLDER, LOOK, folders.get_folder),
    _method("GET", FOLDER + "/messages", LOOK, reading.list_messages),
    Method(
        "GET",
        re.compile(FOLDER + r"/messages/delta(?:\(\))?"),
        LOOK,
        delta.list_delta,
        options=frozenset({"$deltatoken"}),
    ),
    _method("GET", MESSAGE, LOOK, reading.get_message),
    _method("PATCH", MESSAGE, WRITE, writing.update),
    _method("DELETE", MESSAGE, WRITE, writing.delete),
    _method("GET", MESSAGE + r"/\$value", READ, reading.get_mime),
    _method("POST", MESSAGE + "/reply", SEND, sending.reply, 202),
    _method("POST", MESSAGE + "/replyAll", SEND, sending.reply_all, 202),
    _method("POST", MESSAGE + "/createReply", WRITE, writing.create_reply, 201),
    _method("POST", MESSAGE + "/createReplyAll", WRITE, writing.create_reply_all, 201),
    _method("POST", MESSAGE + "/send", SEND, writing.send_draft, 202),
    _method("POST", MESSAGE + "/move", WRITE, writing.move, 201),
    _method("GET", MESSAGE + "/attachments", READ, reading.list_attachments),
    _method("POST", MESSAGE + "/attachments", WRITE, writing.attach, 201),
    _method("GET", MESSAGE + "/attachments/(?P<attachment>[^/]+)", READ, reading.get_attachment),
    _method(
        "GET", MESSAGE + r"/attachments/(?P<attachment>[^/]+)/\$value", READ, reading.get_attachment_value
    ),
    _method("GET", "/me/calendars", SEE, events.list_calendars),
    _method("GET", CALENDAR, SEE, events.get_calendar),
    _method("GET", EVENTS, SEE, events.list_events),
    _method("POST", EVENTS, PLAN, events.create, 201),
    _method("GET", EVENT, SEE, events.get_event),
    _method("PATCH", EVENT, PLAN, events.update),
    _method("DELETE", EVENT, PLAN, events.delete),
)


def find(http: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Find the method behind a request line; "delta" is never taken for a message's id."""
    for method in METHODS:
        if method.http == http and (found := method.pattern.fullmatch(path)):
            return method, found.groupdict()
    return None


def exists(path: str) -> bool:
    return any(method.pattern.fullmatch(path) for method in METHODS)
