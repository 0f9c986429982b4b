"""One mailbox, connected in two workspaces that both let it go at the same moment."""

import pytest

from bot.accounts.kept import EVENTS_KEPT
from bot.accounts.parting import enqueue
from store import accounts, across, members
from store.database import new_id
from store.members import Member, Profile
from store.sealing import Keyring
from tests.flows.accounts.test_leaving import revoked
from tests.flows.accounts.walking import ANN, connected, live_grants, member, rows
from tests.locks import held
from tests.stage import Stage, connect, standing


def connect_elsewhere(stage: Stage) -> tuple[Member, str]:
    """Let another workspace have a connection of Ann's mailbox, with a grant that Google honours."""
    (account,) = connected(stage)
    keyring = Keyring.parse(stage.settings().encryption_keys)
    with stage.mailroom.database.read() as tx:
        sealed = tx.connection.exec_driver_sql("select tokens_sealed from account").scalar_one()
    place = ("account", "tokens_sealed")
    tokens = keyring.open(sealed, *place, account.workspace_id, account.id)
    with stage.mailroom.database.write() as tx:
        there = across.install(tx, "T0ELSEWHERE", None, "Elsewhere")
        she = members.arrive(tx, there.id, Profile("U0ELSEWHERE", "ann", None, "UTC", "en-US"))
        account_id = new_id()
        accounts.add(
            tx,
            there.id,
            she.id,
            account_id,
            provider="google",
            subject=account.subject,
            address=ANN,
            name="",
            granted=["read"],
            tokens_sealed=keyring.seal(tokens, *place, there.id, account_id),
            expires_at=stage.clock.now(),
        )
    return she, account_id


@pytest.mark.postgres
def test_of_two_workspaces_that_let_go_at_once_the_later_one_gives_it_back(postgres_url: str) -> None:
    with standing(postgres_url) as stage:
        connect(stage)
        she, there = connect_elsewhere(stage)
        (account,), ann = connected(stage), member(stage)
        # without an order both would come to here, each with its own row deleted and the other's in sight
        with held(postgres_url, "LOCK TABLE activity IN EXCLUSIVE MODE") as lock:
            with stage.mailroom.database.write() as tx:
                enqueue(tx, ann, account.id, events=EVENTS_KEPT)
                enqueue(tx, she, there, events=EVENTS_KEPT)
            lock.until_waiting(2)
        stage.settle()
        assert (live_grants(stage, ANN), revoked(stage)) == (0, 1)
        assert rows(stage, "account") == rows(stage, "pending") == []
