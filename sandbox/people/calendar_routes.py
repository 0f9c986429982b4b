"""Serve everybody's calendars. Entries can be moved, renamed and deleted here, as their holder would."""

from collections.abc import Callable

from flask import Flask, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.calendars.calendar import GoneError
from sandbox.mail.people import Person
from sandbox.people import planning
from sandbox.world import World


def add_calendars(app: Flask, world: World, person_of: Callable[[str], Person]) -> None:
    """Add the calendar pages. `person_of` finds somebody by address, or answers 404."""

    def holder(address: str) -> Person:
        person = person_of(address)
        if person.provider == "elsewhere":
            abort(404)
        return person

    @app.get("/calendars/")
    def calendars() -> ResponseReturnValue:
        return render_template("calendars.html", rows=planning.holders(world))

    @app.get("/<address>/calendar/")
    def calendar(address: str) -> ResponseReturnValue:
        person = holder(address)
        return render_template(
            "calendar.html", person=person, calendars=planning.calendar_rows(world, person)
        )

    @app.route("/<address>/calendar/<calendar_id>/<entry_id>/", methods=["GET", "POST"])
    def entry(address: str, calendar_id: str, entry_id: str) -> ResponseReturnValue:
        person = holder(address)
        found = planning.find(world, person, calendar_id, entry_id)
        if found is None:
            abort(404)
        held, row = found
        wrong = ""
        if request.method == "POST":
            _check_site()
            try:
                if request.form.get("act") == "delete":
                    held.delete(entry_id)
                else:
                    planning.change(held, row, request.form)
                return redirect(url_for("calendar", address=address))
            except planning.WrongInput as error:
                wrong = str(error)
            except GoneError:
                abort(404)
        return render_template("entry.html", person=person, calendar=held, entry=row, wrong=wrong)


def _check_site() -> None:
    """Refuse forms of other sites; the pages send no referrer, so an origin would tell nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
