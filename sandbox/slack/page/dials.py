"""The page with the sandbox's dials: what goes wrong, and what time it is."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox.clock import Clock
from sandbox.faults import Fault, Faults, Kind
from sandbox.slack.page.dates import stamp
from sandbox.slack.page.draw import draw
from sandbox.slack.page.entrance import last_here
from sandbox.slack.page.gather import viewer_of
from sandbox.slack.slack import Slack

SERVICES = (
    ("slack", "Slack"),
    ("google", "Google and Gmail"),
    ("microsoft", "Microsoft's sign-in"),
    ("graph", "Outlook"),
)
TROUBLES = (
    ("delay", "answers late"),
    ("429", "says: too many requests (429)"),
    ("503", "says: unavailable (503)"),
    ("500", "says: broken (500)"),
    ("reset_before", "breaks off before doing anything"),
    ("reset_after", "does it, but its answer is lost"),
)
STEPS = {
    "minute": timedelta(minutes=1),
    "ten": timedelta(minutes=10),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
MORNING = time(7, 59, 50)  # what an app does at eight is not late, and what it did in the night is done


def dial_routes(slack: Slack, faults: Faults, clock: Clock) -> Blueprint:
    """Build the page with the dials."""
    routes = Blueprint("dials", __name__)

    @routes.get("/_page/sandbox")
    def show() -> ResponseReturnValue:
        person = last_here(slack)
        return draw(
            "dials.html",
            services=SERVICES,
            troubles=TROUBLES,
            standing=[
                (dict(SERVICES).get(one.service, one.service), words_of(one)) for one in faults.standing()
            ],
            now=stamp(clock.now(), viewer_of(slack.state, person.workspace, person.user)),
            viewer=person.user,
            moved=abs(clock.now() - datetime.now(UTC)) > timedelta(seconds=5),
        )

    @routes.post("/_page/sandbox/faults")
    def dial() -> ResponseReturnValue:
        _refuse_foreign()
        if request.form.get("do") == "clear":
            faults.clear()
        else:
            faults.add(_fault())
        return redirect("/_page/sandbox", 303)

    @routes.post("/_page/sandbox/clock")
    def turn() -> ResponseReturnValue:
        _refuse_foreign()
        step = request.form.get("step", "")
        if step == "real":
            clock.set(datetime.now(UTC))
        elif step == "morning":
            clock.set(next_morning(clock.now(), ZoneInfo(last_here(slack).user.tz)))
        elif step in STEPS:
            clock.advance(STEPS[step])
        else:
            abort(400)
        slack.state.touch()
        return redirect("/_page/sandbox", 303)

    return routes


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Say when the next day begins for somebody: shortly before eight."""
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=local.time() >= MORNING)
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def words_of(fault: Fault) -> str:
    """Say in words what a fault does and how often."""
    how_often = (
        "every time" if fault.times is None else f"{fault.times} more time{'' if fault.times == 1 else 's'}"
    )
    match fault.kind:
        case Kind.DELAY | Kind.SLOW_AFTER | Kind.LATENCY:
            what = f"answers {fault.seconds:g} s late"
        case Kind.STATUS:
            what = f"answers with {fault.status}"
        case Kind.RESET_BEFORE:
            what = "breaks off before doing anything"
        case Kind.RESET_AFTER:
            what = "does it, but its answer is lost"
    return f"{what}, {how_often}"


def _fault() -> Fault:
    service, trouble = request.form.get("service", ""), request.form.get("trouble", "")
    if service not in dict(SERVICES) or trouble not in dict(TROUBLES):
        abort(400)
    seconds = min(max(request.form.get("seconds", 3.0, float), 0.0), 60.0)
    count = request.form.get("times", 1, int)
    times = None if count <= 0 else min(count, 1000)
    if trouble.isdigit():
        retry_after = max(1, round(seconds)) if trouble == "429" else None
        return Fault(service, Kind.STATUS, times=times, status=int(trouble), retry_after=retry_after)
    return Fault(service, Kind(trouble), times=times, seconds=seconds)


def _refuse_foreign() -> None:
    """Refuse a form that stands on somebody else's page."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
