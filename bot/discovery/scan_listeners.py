"""Slack in: scans, and why people were left out. Ends with the tables app.py registers."""

from slack_bolt import Ack

from bot import doors
from bot.discovery import scan_views, skipped_views
from bot.discovery.leaving_out import LeavingOut
from bot.discovery.scan_drawing import ShowScan
from bot.discovery.scanning import ScanService
from bot.discovery_payloads import LeftOutPerson, LeftOutRef, ScanRef
from bot.places import WindowPlace, loading_window, with_way_on
from bot.visits import Body, Listener, Visit, Visits

FARTHEST = 100_000  # row of a list that a button may ask for


def start_scan(ack: Ack, body: Body, *, visits: Visits, scans: ScanService, show_scan: ShowScan) -> None:
    """`/inbox scan` and the buttons: the window opens, and a scan begins unless one is under way."""
    visit = visits.of(body)
    _begin(visit, visits, scans, show_scan)
    ack()


def every_sender(ack: Ack, body: Body, *, visits: Visits, scans: ScanService, show_scan: ShowScan) -> None:
    """Look at every sender: another scan, which reads also what the mail service files apart."""
    visit = visits.of(body)
    _begin(visit, visits, scans, show_scan, every=True)
    ack()


def _begin(
    visit: Visit, visits: Visits, scans: ScanService, show_scan: ShowScan, *, every: bool = False
) -> None:
    place = _window(visit)
    scan = scans.start(visit.member, place.view_id, every_sender=every)
    if scan is None:
        offers = scans.offers
        visit.later(place, lambda: place.show(scan_views.nothing_connected_window(offers, visit.reader)))
        return
    visit.later(place, lambda: _draw(show_scan, visit, scan.id))
    visits.redraw_home(visit.member)


def show(ack: Ack, body: Body, *, visits: Visits, scans: ScanService, show_scan: ShowScan) -> None:
    """Show the scan under way, or the last one, in a window."""
    visit = visits.of(body)
    last = scans.last(visit.member)
    if last is None:
        _begin(visit, visits, scans, show_scan)
    else:
        place = _window(visit)
        scans.shown_in(visit.member, last.scan.id, place.view_id)
        visit.later(place, lambda: _draw(show_scan, visit, last.scan.id))
    ack()


def cancel(ack: Ack, body: Body, *, visits: Visits, scans: ScanService, show_scan: ShowScan) -> None:
    """Cancel, in the window or on Home: it ends between two stretches, and who was found stays."""
    visit = visits.of(body)
    scan_id = visit.payload(ScanRef).scan
    scans.cancel(visit.member, scan_id)
    ack()
    visit.later(visit.place, lambda: _draw(show_scan, visit, scan_id))
    visits.redraw_home(visit.member)


def retry(ack: Ack, body: Body, *, visits: Visits, scans: ScanService, show_scan: ShowScan) -> None:
    """Retry the part that failed, in the same window."""
    visit = visits.of(body)
    place = _window(visit)
    scan = scans.retry(visit.member, visit.payload(ScanRef).scan, place.view_id)
    ack()
    visit.later(place, lambda: _draw(show_scan, visit, scan.id))
    visits.redraw_home(visit.member)


def _draw(show_scan: ShowScan, visit: Visit, scan_id: str) -> None:
    show_scan.window(visit.workspace_id, scan_id)


def _window(visit: Visit) -> WindowPlace:
    """The window a scan is shown in: the one pressed in, or a new one."""
    again = doors.SHOW_SCAN.draw(visit.reader)
    view = with_way_on(scan_views.opening_window(visit.reader), again, visit.reader)
    return visit.replace_window(view, again) if visit.window else visit.open_window(view, again)


# --- why left out -----------------------------------------------------------------------------------------


def why_left_out(
    ack: Ack, body: Body, *, visits: Visits, scans: ScanService, leaving_out: LeavingOut
) -> None:
    """Why left out: the reasons, in the window pressed in or in a new one."""
    visit = visits.of(body)
    reader = visit.reader
    loading = loading_window(reader, reader.say("Why left out"), reader.say("Reading."))
    again = doors.SKIPPED.draw(reader)
    place = visit.replace_window(loading, again) if visit.window else visit.open_window(loading, again)
    scans.hidden(visit.member, place.view_id)
    ack()
    visit.later(
        place, lambda: place.show(skipped_views.skipped_window(leaving_out.page(visit.member), reader))
    )


def show_reason(ack: Ack, body: Body, *, visits: Visits, leaving_out: LeavingOut) -> None:
    """Open one reason, close it, or turn its pages."""
    visit = visits.of(body)
    ref = visit.payload(LeftOutRef)
    ack()
    _show_page(visit, leaving_out, ref.reason, ref.start)


def suggest_anyway(ack: Ack, body: Body, *, visits: Visits, leaving_out: LeavingOut) -> None:
    """Suggest anyway: from now on they stand under People found."""
    visit = visits.of(body)
    ref = visit.payload(LeftOutPerson)
    leaving_out.suggest_anyway(visit.member, ref.address)
    ack()
    _show_page(visit, leaving_out, ref.reason, ref.start, ref.address)
    visits.redraw_home(visit.member)


def _show_page(visit: Visit, leaving_out: LeavingOut, reason: str, start: int, suggested: str = "") -> None:
    place = visit.this_window(doors.SKIPPED.draw(visit.reader))
    page = leaving_out.page(visit.member, reason, min(max(0, start), FARTHEST))
    visit.later(place, lambda: place.show(skipped_views.skipped_window(page, visit.reader, suggested)))


COMMANDS: dict[str, Listener] = {"scan": start_scan}
ACTIONS: dict[str, Listener] = {
    doors.START_SCAN.action_id: start_scan,
    doors.SHOW_SCAN.action_id: show,
    doors.SKIPPED.action_id: why_left_out,
    scan_views.CANCEL: cancel,
    scan_views.RETRY: retry,
    skipped_views.SHOW_REASON: show_reason,
    skipped_views.OLDER: show_reason,
    skipped_views.NEWER: show_reason,
    skipped_views.ANYWAY: suggest_anyway,
    skipped_views.EVERY_SENDER: every_sender,
}
