"""A complete set of settings to start a test from."""

from bot.settings import Settings, load
from store.sealing import new_keyring_setting

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def environment(**changes: str) -> dict[str, str]:
    """Give the variables of a deployment that lacks nothing."""
    return {
        "MAILROOM_URL": "https://mailroom.example",
        "MAILROOM_ENCRYPTION_KEYS": new_keyring_setting(),
        "SLACK_BOT_TOKEN": "xoxb-2345-6789-abcdefgh",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "GOOGLE_CLIENT_ID": "1234-abcd.apps.googleusercontent.com",
        "GOOGLE_CLIENT_SECRET": "GOCSPX-abcdefgh",
    } | changes


def settings(**changes: str) -> Settings:
    """Give settings read from `environment`."""
    return load(environment(**changes), env_file=None)
