"""/me/calendars and /me/events."""

import re
import secrets

from werkzeug.wrappers import Response

from sandbox.calendars.calendar import Calendar
from sandbox.calendars.entries import Entry
from sandbox.microsoft.graph.calendars import resources
from sandbox.microsoft.graph.calendars.bodies import values_of
from sandbox.microsoft.graph.call import Call, Json
from sandbox.microsoft.graph.errors import GraphError, access_denied, bad_request, malformed_id, not_found
from sandbox.microsoft.graph.odata import MARKED
from sandbox.microsoft.graph.properties import normal_property_id
from sandbox.microsoft.graph.reading import page, read_expand


def _calendars(call: Call) -> tuple[Calendar, ...]:
    return call.state.world.calendars.of(call.person)


def _calendar(call: Call, *, writing: bool = False) -> Calendar:
    """Find the calendar named in the address, or the default one. Raises GraphError."""
    wanted = call.path.get("calendar")
    key = call.state.ids.read("calendar", call.box, wanted)[0] if wanted else ""
    for one in _calendars(call):
        if one.id == key or (not wanted and one.is_primary):
            if writing and one.role == "reader":
                raise access_denied()
            return one
    raise not_found()


def _event(call: Call, *, writing: bool = False) -> tuple[Calendar, Entry]:
    """Find the event named in the address; deleted ones are gone, or lie in Deleted Items. Raises GraphError.

    An id of the other kind than the preference says is refused: stricter than Graph.
    """
    kept = call.state.deleted_is_readable and call.id_kind == "immutable"
    found = call.state.ids.read(call.id_kind, call.box, call.path["event"])
    if len(found) != (2 if call.id_kind == "immutable" else 3) or found[0] != "event":
        raise malformed_id()
    within = [_calendar(call)] if call.path.get("calendar") else _calendars(call)
    for one in within:
        entry = one.entry(found[1])
        if entry is not None and (kept or not entry.deleted):
            if writing and one.role == "reader":
                raise access_denied()
            return one, entry
    raise not_found()


def _check_match(call: Call, entry: Entry) -> None:
    if call.headers.get("If-Match") not in (None, "*", resources.etag(entry)):
        text = "The change key passed in the request does not match the current change key for the item."
        raise GraphError(412, "ErrorIrresolvableConflict", text)


def list_calendars(call: Call) -> Json:
    """List the calendars, also those that can only be read and those of others."""
    names = resources.read_select(call, resources.CALENDAR, "calendar")
    return page(call, _calendars(call), lambda one: resources.calendar(call, one, names), "calendars")


def get_calendar(call: Call) -> Json:
    names = resources.read_select(call, resources.CALENDAR, "calendar")
    made = resources.calendar(call, _calendar(call), names)
    return {"@odata.context": call.context("calendars/$entity"), **made}


def _shown(call: Call, calendar: Calendar, entry: Entry) -> Json:
    names = resources.read_select(call, resources.EVENT, "event")
    return resources.event(call, calendar, entry, names, _marks(call))


def _marks(call: Call) -> tuple[str, ...]:
    expand = read_expand(call)
    if expand.attachments:
        raise bad_request("Not supported in this sandbox: attachments of events.")
    return expand.marks


def get_event(call: Call) -> Json:
    made = _shown(call, *_event(call))
    return {"@odata.context": call.context("events/$entity"), **made}


def list_events(call: Call) -> Json:
    """List a calendar's events; of filters it knows the one by an extended property."""
    calendar, marks = _calendar(call), _marks(call)
    names = resources.read_select(call, resources.EVENT, "event")
    if "$orderby" in call.query or "$search" in call.query:
        raise bad_request("Not supported in this sandbox: $orderby and $search of events.")
    found = calendar.entries()
    if text := call.option("$filter"):
        name, value = _filter(text)
        found = tuple(one for one in found if one.properties.get(name) == value)
    return page(call, found, lambda one: resources.event(call, calendar, one, names, marks), "events")


def _filter(text: str) -> tuple[str, str]:
    found = MARKED.fullmatch(text.strip())
    if found is None or (found.group(3) or "").lower() != "eq":
        message = "The query filter contains one or more invalid nodes."
        raise bad_request(message, "ErrorInvalidUrlQueryFilter")
    plain = (re.sub("''", "'", one) for one in (found.group(2), found.group(4)))
    name, value = plain
    return normal_property_id(name), value


def create(call: Call) -> Json:
    """Answer POST: a transactionId that was used makes nothing new."""
    calendar = _calendar(call, writing=True)
    given = call.json()
    values = values_of(given, None)
    transaction = given.get("transactionId")
    if not isinstance(transaction, str | None):
        raise bad_request("'transactionId' is no text.", "RequestBodyRead")
    with call.state.posting:
        key = (call.person.subject, calendar.id, transaction or "")
        before = call.state.transactions.get(key) if transaction else None
        if before is not None:
            return _repeated(call, calendar, *before)
        more = {"transactionId": transaction} if transaction else {}
        entry = calendar.write(secrets.token_hex(16), **{"title": "", **values}, more=more)
        if transaction:
            call.state.transactions[key] = (entry.id, given)
    call.state.world.calendars.mail_guests(calendar.holder, entry.guests, "invited")
    return {"@odata.context": call.context("events/$entity"), **_shown(call, calendar, entry)}


def _repeated(call: Call, calendar: Calendar, entry_id: str, posted: Json) -> Json:
    """Answer with the event as it is by now, even if it was deleted since, or refuse: both were seen.

    One that was used for something else is refused.
    """
    entry = calendar.entry(entry_id)
    if entry is None or call.state.refuse_repeated or posted != call.json():
        text = "Your request can't be completed. The transaction ID was used for another event before."
        status = 409 if call.state.refuse_repeated else 400
        raise GraphError(status, "ErrorDuplicateTransactionId", text)
    return {"@odata.context": call.context("events/$entity"), **_shown(call, calendar, entry)}


def update(call: Call) -> Json:
    """Answer PATCH. Guests are mailed whether anybody wants it or not."""
    given = call.json()
    if "transactionId" in given:
        raise bad_request("The transactionId cannot be changed.", "ErrorInvalidPropertySet")
    calendar, _ = _event(call, writing=True)
    with calendar.lock:
        calendar, held = _event(call, writing=True)
        _check_match(call, held)
        if held.deleted:
            raise not_found()
        entry = calendar.change(held.id, **values_of(given, held))
    call.state.world.calendars.mail_guests(calendar.holder, {*held.guests, *entry.guests}, "updated")
    return {"@odata.context": call.context("events/$entity"), **_shown(call, calendar, entry)}


def delete(call: Call) -> Response:
    """Answer DELETE. Guests get a cancellation. If-Match is not heeded: Graph promises that nowhere."""
    calendar, _ = _event(call, writing=True)
    with calendar.lock:
        calendar, held = _event(call, writing=True)
        if held.deleted:
            raise GraphError(403, "ErrorCannotDeleteObject", "Object cannot be deleted.")
        calendar.delete(held.id)
    call.state.world.calendars.mail_guests(calendar.holder, held.guests, "cancelled")
    return Response(status=204)
