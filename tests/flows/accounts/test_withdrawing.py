"""Access that Google does not end at once: asked for a week, then said to whoever can end it."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault, Kind
from tests.flows.accounts.test_disconnecting import PERMISSIONS, disconnect
from tests.flows.accounts.test_leaving import change, revoked
from tests.flows.accounts.walking import ANN, PRIVATE, everything_kept, live_grants, rows
from tests.stage import Stage, connect, texts

DAY, WEEK = timedelta(days=1), timedelta(days=7, hours=13)


def refuse(stage: Stage, times: int | None = None, status: int = 503, retry_after: int | None = None) -> None:
    stage.faults.add(
        Fault("google", Kind.STATUS, "POST /revoke", times=times, status=status, retry_after=retry_after)
    )


def pass_days(stage: Stage, span: timedelta = WEEK) -> None:
    """Let time pass by the hour, so that what is due is done when it is due."""
    end = stage.clock.now() + span
    while stage.clock.now() < end:
        stage.later(timedelta(hours=1))


def told(stage: Stage, handle: str = "ann") -> list[str]:
    """What direct messages say of access that was not ended."""
    said = [texts(one.blocks) for one in stage.person(handle).dm()]
    return [one for one in said if "has not ended" in one]


def test_a_google_that_is_away_for_days_is_asked_until_it_answers(stage: Stage) -> None:
    connect(stage)
    refuse(stage)
    disconnect(stage)
    pass_days(stage, 3 * DAY)
    assert live_grants(stage, ANN) == 1
    asked = revoked(stage)
    assert asked < 25  # less and less often
    stage.faults.clear()
    pass_days(stage, DAY)
    assert live_grants(stage, ANN) == 0
    assert rows(stage, "pending") == []
    pass_days(stage)
    assert revoked(stage) == asked + 1
    assert told(stage) == []


def test_after_a_week_the_holder_is_told_once_where_to_end_it(stage: Stage) -> None:
    connect(stage)
    refuse(stage)
    disconnect(stage)
    stage.ann.close()
    pass_days(stage)
    (said,) = told(stage)
    assert f"Google has not ended Mailroom's access to {ANN}" in said
    assert "Everything that Mailroom held of this access is deleted" in said
    assert stage.ann.element(stage.ann.dm()[-1], "accounts.access_page")["url"] == PERMISSIONS
    assert rows(stage, "pending") == []
    asked = revoked(stage)
    pass_days(stage, DAY)
    assert (revoked(stage), len(told(stage))) == (asked, 1)


@pytest.mark.parametrize("fields", [{"deleted": True}, {"is_restricted": True}])
def test_of_somebody_who_left_the_administrators_are_told_and_hear_no_address(
    stage: Stage, fields: dict[str, bool]
) -> None:
    admins = [one.name for one in stage.workspace.users.values() if one.is_admin and one.name != "ann"]
    connect(stage, address=PRIVATE)
    for handle in (*admins, "ben"):
        stage.person(handle).open_home()
    stage.settle()
    refuse(stage)
    change(stage, "ann", **fields)
    pass_days(stage)
    for handle in admins:
        (said,) = told(stage, handle)
        assert "Ann Lee may not use Mailroom any more" in said
        assert PERMISSIONS in said
        assert PRIVATE not in said
    assert admins
    assert told(stage, "ben") == told(stage) == []
    assert PRIVATE not in " ".join(everything_kept(stage))


def test_a_steady_too_many_requests_is_heeded_and_ends_too(stage: Stage) -> None:
    connect(stage)
    refuse(stage, status=429, retry_after=20_000)
    disconnect(stage)
    asked = revoked(stage)
    stage.later(timedelta(seconds=19_000))
    assert revoked(stage) == asked
    pass_days(stage)
    assert len(told(stage)) == 1
    assert revoked(stage) < 40
    assert rows(stage, "pending") == []


def test_a_mailbox_connected_again_meanwhile_is_left_alone(stage: Stage) -> None:
    connect(stage)
    refuse(stage)
    disconnect(stage)
    stage.ann.close()
    connect(stage)
    stage.faults.clear()
    pass_days(stage, DAY)
    assert live_grants(stage, ANN) > 0
    assert len(rows(stage, "account")) == 1
    assert rows(stage, "pending") == []
    assert told(stage) == []


def test_access_that_the_holder_ended_at_google_is_done_with(stage: Stage) -> None:
    connect(stage)
    refuse(stage)
    disconnect(stage)
    stage.google.revoke(ANN)
    stage.faults.clear()
    pass_days(stage, DAY)
    assert rows(stage, "pending") == []
    pass_days(stage)
    assert told(stage) == []


def test_a_restart_forgets_nothing_of_it(stage: Stage) -> None:
    connect(stage)
    refuse(stage)
    disconnect(stage)
    stage.restart()
    stage.faults.clear()
    pass_days(stage, DAY)
    assert live_grants(stage, ANN) == 0


def test_a_clock_that_is_set_back_stops_nothing(stage: Stage) -> None:
    connect(stage)
    refuse(stage)
    disconnect(stage)
    stage.clock.advance(-timedelta(hours=2))
    stage.faults.clear()
    pass_days(stage, 4 * timedelta(hours=1))
    assert live_grants(stage, ANN) == 0
