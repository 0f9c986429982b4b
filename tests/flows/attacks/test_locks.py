"""Digits that are typed, and links that are renewed, while Slack tells that their member became a guest."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest

from sandbox.slack.standing import change_user
from tests.browser_walk import Browser, sign_in
from tests.flows.accounts.walking import PRIVATE, live_grants, member, rows
from tests.locks import held
from tests.postgres import Server
from tests.stage import Stage, ask_link, standing

pytestmark = pytest.mark.postgres


def type_digits(stage: Stage, digits: str) -> None:
    stage.ann.fill(stage.ann.window(), "accounts.digits", digits)
    stage.ann.submit()


def type_wrong_digits(stage: Stage, digits: str) -> None:
    type_digits(stage, "000000" if digits != "000000" else "111111")


@pytest.mark.parametrize("act", [type_digits, type_wrong_digits])
def test_neither_waits_for_the_other_for_ever(
    postgres_server: Server, postgres_url: str, act: Callable[[Stage, str], None]
) -> None:
    said = postgres_server.folder / "log"
    before = said.read_text().count("deadlock detected")
    with standing(postgres_url) as stage:
        page = sign_in(Browser(), ask_link(stage), PRIVATE)
        stage.settle()
        for _ in range(4 if act is type_wrong_digits else 0):
            type_wrong_digits(stage, page.digits)
        workspace = member(stage).workspace_id
        with held(
            postgres_url, f"SELECT 1 FROM workspace WHERE id = '{workspace}' FOR NO KEY UPDATE"
        ) as lock:
            change_user(stage.slack, stage.workspace, stage.ann.id, is_restricted=True)
            lock.until_waiting(1)
            typing = Thread(target=act, args=(stage, page.digits))
            typing.start()
            with suppress(TimeoutError):  # on a slow machine the first may have had no more patience
                lock.until_waiting(2, seconds=3)
        typing.join()
        stage.settle()
        stage.later(timedelta(minutes=11))  # whoever had no time for it was told again by Slack
        assert said.read_text().count("deadlock detected") == before
        assert live_grants(stage, PRIVATE) == 0
        assert rows(stage, "pending") == rows(stage, "account") == []
        assert [row["is_guest"] for row in rows(stage, "member")] == [True]
