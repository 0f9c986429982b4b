"""Another key: everything moves to it, the old one can go, and a key that is missed is said at the start."""

import pytest

from bot import operating
from bot.serving import CannotStart
from bot.settings import Settings, load
from store.sealing import new_keyring_setting
from tests.flows.accounts.walking import rows
from tests.stage import Stage, connect, texts

ASK = "/inbox dana@northwind.example"


def settings(stage: Stage, keys: str) -> Settings:
    return load(stage.environment() | {"MAILROOM_ENCRYPTION_KEYS": keys}, env_file=None)


def reseal(stage: Stage, keys: str) -> int:
    return operating._reseal(settings(stage, keys))


def test_a_new_key_takes_over_while_mailroom_runs_and_the_old_one_can_go(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(stage)
    old, new = stage._keys, new_keyring_setting("k2")
    assert reseal(stage, f"{new},{old}") == 0
    assert "Moved to the first key: " in capsys.readouterr().out
    assert all(row["tokens_sealed"].startswith("v1.k2.") for row in rows(stage, "account"))
    stage.mailroom.stop()
    stage._keys = new
    stage.mailroom = stage._build()
    answer = stage.type(stage.ann, ASK)
    assert answer is not None
    assert "Lunch when you are in town?" in texts(answer.blocks)


def test_without_the_key_nothing_starts_and_nothing_is_moved(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(stage)
    before, old, strange = rows(stage, "account"), stage._keys, new_keyring_setting("k9")
    assert reseal(stage, strange) == 1
    assert "a key that is not in MAILROOM_ENCRYPTION_KEYS" in capsys.readouterr().err
    assert rows(stage, "account") == before
    stage.mailroom.stop()
    stage._keys = strange
    with pytest.raises(CannotStart, match="sealed with a key that is not in"):
        stage._build()
    stage._keys = old
    stage.mailroom = stage._build()
