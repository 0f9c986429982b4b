from datetime import timedelta

from sandbox.calendars.entries import Hours
from sandbox.seed.dates import WEEKS, plant_dates
from tests.sandbox.seed.place import Place


def test_members_have_dates_of_their_own_and_holidays_to_come(place: Place) -> None:
    plant_dates(place.world)
    now = place.clock.now()
    members = [one for one in place.world.people if one.slack and one.provider != "elsewhere"]
    assert members
    for person in members:
        calendars = {one.name: one for one in place.world.calendars.of(person)}
        assert len(calendars["Calendar"].entries()) == WEEKS + 2
        assert len(calendars["Projects"].entries()) == WEEKS
        for calendar in calendars.values():
            spans = [one.span(calendar.zone) for one in calendar.entries()]
            assert all(now < starts < now + timedelta(days=367) for starts, _ in spans)
        assert all(isinstance(one.when, Hours) for one in calendars["Calendar"].entries())


def test_others_have_empty_calendars(place: Place) -> None:
    plant_dates(place.world)
    others = [one for one in place.world.people if not one.slack]
    assert others
    assert not any(calendar.entries() for one in others for calendar in place.world.calendars.of(one))
