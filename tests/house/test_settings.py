"""Settings: read once, checked at once, told in sentences, never shown."""

import os
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import SettingsError, load, names
from bot.variables import Secret
from tests.house.given import environment, settings

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "MAILROOM_URL",
    "MAILROOM_ENCRYPTION_KEYS",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
}
OPTIONAL = {"MAILROOM_SUPPORT", "MICROSOFT_CLIENT_ID", "MICROSOFT_CLIENT_SECRET"}


def problems(**changes: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        load(environment(**changes), env_file=None)
    return refused.value.problems


def test_everything_missing_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        load({}, env_file=None)
    assert {problem.split()[0] for problem in refused.value.problems} == NEEDED
    assert all(problem.count(". ") >= 1 for problem in refused.value.problems), "each names its fix"


def test_an_empty_value_is_a_missing_one() -> None:
    assert problems(MAILROOM_URL="  ")[0].startswith("MAILROOM_URL is not set.")


def test_several_wrong_values_are_reported_together() -> None:
    found = problems(
        MAILROOM_PORT="no", MAILROOM_THREADS="0", SLACK_BOT_TOKEN="xapp-1-abcdefgh", MAILROOM_COMMAND="inbox"
    )
    assert [problem.split()[0] for problem in found] == [
        "MAILROOM_COMMAND",
        "MAILROOM_PORT",
        "MAILROOM_THREADS",
        "SLACK_BOT_TOKEN",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAILROOM_URL", "http://mailroom.example"),
        ("MAILROOM_URL", "https://mailroom.example/below"),
        ("MAILROOM_URL", "https://me:secret@mailroom.example"),
        ("MAILROOM_URL", "mailroom.example"),
        ("MAILROOM_SUPPORT", "the desk upstairs"),
        ("MAILROOM_SUPPORT", "it@one.example, two@other.example"),
        ("MAILROOM_SUPPORT", "javascript:alert(1)"),
        ("MAILROOM_URL", "https://[broken"),
        ("MAILROOM_URL", "https://mailroom.example:port"),
        ("MAILROOM_URL", "https://mailroom.example/?a=b"),
        ("MAILROOM_DATABASE_URL", "mysql://host/db"),
        ("MAILROOM_DATABASE_URL", "sqlite:///"),
        ("MAILROOM_DATABASE_URL", "postgresql://host:port/db"),
        ("MAILROOM_ENCRYPTION_KEYS", "k1:short"),
        ("MAILROOM_ENCRYPTION_KEYS", "nothing"),
        ("MAILROOM_CACHE_MIB", "64.5"),
        ("MAILROOM_CACHE_MIB", "-1"),
        ("MAILROOM_PORT", "65536"),
        ("MAILROOM_PORT", "٣٠٠٠"),
        ("MAILROOM_LOG_LEVEL", "loud"),
        ("MAILROOM_COMMAND", "/Inbox"),
        ("MAILROOM_COMMAND", "/" + "a" * 32),
        ("SLACK_SIGNING_SECRET", "two words"),
        ("SLACK_BOT_TOKEN", "xoxp-2345-6789-abcdefgh"),
        ("SLACK_API_URL", "http://slack.example/api/"),
        ("GMAIL_API_URL", "ftp://127.0.0.1/"),
        ("GOOGLE_TOKEN_URL", "http://10.0.0.1/token"),
    ],
)
def test_a_value_that_cannot_work_is_refused_with_one_sentence_that_does_not_repeat_it(
    name: str, value: str
) -> None:
    found = problems(**{name: value})
    assert len(found) == 1
    assert found[0].startswith(f"{name} ")
    assert found[0].endswith(".")
    assert value not in found[0] or value == "sqlite:///", "values are often secrets"


def test_plain_http_is_for_this_machine_only() -> None:
    for host in ("127.0.0.1:8080", "localhost:8080", "[::1]:8080"):
        assert settings(MAILROOM_URL=f"http://{host}").url == f"http://{host}"
    assert not settings(MAILROOM_URL="http://localhost").https
    assert settings().https


def test_a_mistyped_name_is_pointed_at() -> None:
    assert problems(MAILROOM_PROT="1") == [
        "MAILROOM_PROT is not a setting of Mailroom. Did you mean MAILROOM_PORT?"
    ]


def test_several_processes_need_postgresql() -> None:
    assert problems(MAILROOM_WORKERS="2")[0].startswith("MAILROOM_WORKERS must be 1 on SQLite.")
    assert settings(MAILROOM_WORKERS="2", MAILROOM_DATABASE_URL="postgresql://localhost/mail").workers == 2


def test_base_addresses_end_the_way_the_clients_need_them() -> None:
    ours = settings(
        SLACK_API_URL="http://127.0.0.1:9/api",
        GMAIL_API_URL="http://127.0.0.1:9/google/",
        GOOGLE_CALENDAR_API_URL="http://127.0.0.1:9/google/",
        MAILROOM_URL="http://localhost:8/",
    )
    assert ours.slack.api_url == "http://127.0.0.1:9/api/"
    assert ours.google.gmail_api_url == ours.google.calendar_api_url == "http://127.0.0.1:9/google"
    assert ours.url == "http://localhost:8"


def test_no_secret_shows_in_a_print_of_the_settings() -> None:
    given = environment(MAILROOM_DATABASE_URL="postgresql://user:hunter22@localhost/mail")
    shown = repr(load(given, env_file=None))
    for name in (
        "MAILROOM_ENCRYPTION_KEYS",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "GOOGLE_CLIENT_SECRET",
    ):
        assert given[name] not in shown
    assert "hunter22" not in shown
    assert repr(Secret("x")) == "Secret('…')"


def test_the_file_is_read_but_never_exported_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    lines = environment(MAILROOM_PORT="4001", MAILROOM_THREADS="7", SLACK_SIGNING_SECRET="a${HOME}b")
    file.write_text("".join(f"{name}={value}\n" for name, value in lines.items()), encoding="utf-8")
    before = dict(os.environ)
    ours = load({"MAILROOM_PORT": "4002"}, env_file=file)
    assert (ours.port, ours.threads) == (4002, 7)
    assert ours.slack.signing_secret == "a${HOME}b", "a secret is taken as it stands"
    assert dict(os.environ) == before


def test_support_is_a_link_to_a_mailbox_or_a_page() -> None:
    assert settings(MAILROOM_SUPPORT="it@northwind.example").support == "mailto:it@northwind.example"
    assert settings(MAILROOM_SUPPORT="https://help.example/it").support == "https://help.example/it"
    assert settings().support == ""


def test_a_way_to_ask_that_is_none_is_told_of_both_kinds() -> None:
    assert problems(MAILROOM_SUPPORT="ask Bob") == [
        "MAILROOM_SUPPORT must be one e-mail address, or a web address that starts with https://."
    ]


def test_outlook_is_offered_once_both_of_its_settings_are_there() -> None:
    assert settings().microsoft is None
    both = settings(MICROSOFT_CLIENT_ID="an-id", MICROSOFT_CLIENT_SECRET="a-secret").microsoft
    assert both is not None and both.authority_url == "https://login.microsoftonline.com"
    assert both.graph_api_url == "https://graph.microsoft.com/v1.0"
    assert "a-secret" not in repr(both)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("MICROSOFT_CLIENT_ID", "MICROSOFT_CLIENT_SECRET"),
        ("MICROSOFT_CLIENT_SECRET", "MICROSOFT_CLIENT_ID"),
    ],
)
def test_half_of_outlooks_settings_is_a_mistake(given: str, missing: str) -> None:
    assert [one.split(".")[0] for one in problems(**{given: "some-value"})] == [f"{missing} is not set"]


def test_the_example_lists_exactly_the_settings_that_the_code_reads() -> None:
    assert sorted(_example()) == sorted(names())
    assert len(set(names())) == len(names())


def test_the_example_shows_the_real_defaults() -> None:
    example = _example()
    assert {name for name, value in example.items() if not value} == NEEDED | OPTIONAL
    as_shown = environment() | {name: value for name, value in example.items() if value}
    assert load(as_shown, env_file=None) == load(
        {n: v for n, v in as_shown.items() if n in NEEDED}, env_file=None
    )


def test_the_example_copied_as_it_is_asks_for_what_is_needed(tmp_path: Path) -> None:
    copy = tmp_path / ".env"
    copy.write_text((ROOT / ".env.example").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load({}, env_file=copy)
    assert {problem.split()[0] for problem in refused.value.problems} == NEEDED


def _example() -> dict[str, str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    lines = [line.removeprefix("#") for line in text.splitlines() if line.removeprefix("#")[:1].isupper()]
    stream = "\n".join(line for line in lines if line.split("=")[0].replace("_", "").isupper())
    return {
        name: value or "" for name, value in dotenv_values(stream=StringIO(stream), interpolate=False).items()
    }
