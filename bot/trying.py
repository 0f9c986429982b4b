"""Run Mailroom against the sandbox: two processes, state in a fresh folder that is gone afterwards."""

import fcntl
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from bot.settings import Settings, SettingsError
from store.migrations import migrate
from store.sealing import new_keyring_setting

PREFIX = "mailroom-demo-"
CLOCK = "clock"  # beside the settings: the world's, which the demo's Mailroom goes by
OURS = ("MAILROOM_", "SLACK_", "GOOGLE_", "GMAIL_", "MICROSOFT_", "GRAPH_")  # of the person's own deployment


class World(Protocol):
    """What the sandbox tells about itself."""

    @property
    def base_url(self) -> str: ...
    @property
    def whom(self) -> str: ...  # an address to ask for first
    @property
    def bot_token(self) -> str: ...
    @property
    def signing_secret(self) -> str: ...
    @property
    def google_client_id(self) -> str: ...
    @property
    def google_client_secret(self) -> str: ...
    @property
    def microsoft_client_id(self) -> str: ...  # "" where there is no Outlook
    @property
    def microsoft_client_secret(self) -> str: ...
    def share_clock(self, file: Path) -> None: ...


def environment(world: World, port: int, folder: Path) -> dict[str, str]:
    """Give the settings of a Mailroom on `port` that lives in `world` and keeps its state in `folder`."""
    google, microsoft = f"{world.base_url}/google", f"{world.base_url}/microsoft"
    return {
        "MAILROOM_URL": f"http://127.0.0.1:{port}",
        "MAILROOM_PORT": str(port),
        "MAILROOM_DATABASE_URL": f"sqlite:///{folder / 'mailroom.db'}",
        "MAILROOM_ENCRYPTION_KEYS": new_keyring_setting(),
        "SLACK_BOT_TOKEN": world.bot_token,
        "SLACK_SIGNING_SECRET": world.signing_secret,
        "SLACK_API_URL": f"{world.base_url}/api/",
        "GOOGLE_CLIENT_ID": world.google_client_id,
        "GOOGLE_CLIENT_SECRET": world.google_client_secret,
        "GOOGLE_AUTH_URL": f"{google}/o/oauth2/v2/auth",
        "GOOGLE_TOKEN_URL": f"{google}/token",
        "GOOGLE_REVOKE_URL": f"{google}/revoke",
        "GOOGLE_USERINFO_URL": f"{google}/v1/userinfo",
        "GMAIL_API_URL": google,
        "GOOGLE_CALENDAR_API_URL": google,
        "MICROSOFT_CLIENT_ID": world.microsoft_client_id,
        "MICROSOFT_CLIENT_SECRET": world.microsoft_client_secret,
        "MICROSOFT_AUTHORITY_URL": microsoft,
        "GRAPH_API_URL": f"{microsoft}/graph/v1.0",
    }


def on_this_machine(settings: Settings) -> Settings:
    """Let only a Mailroom in the demo's own Slack go by the demo's clock. Raises: SettingsError."""
    if urlsplit(settings.slack.api_url).hostname != "127.0.0.1":
        raise SettingsError(["The demo's clock is for the demo. Take --clock out, and use `serve`."])
    return settings


def _locked(folder: Path) -> int | None:
    """Lock a demo's folder for as long as this process lives. None: another one has it."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return None
    return held


def remove_left_behind(place: Path) -> None:
    """Remove folders of demos that were killed outright: ours, not locked, and with a demo's settings in.

    A demo that is just starting has made its folder, perhaps not locked it, and written nothing yet.
    """
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):  # not ours, no folder, or gone by now
            about = folder.lstat()
            if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid():
                continue
            if not (folder / ".env").is_file():
                continue
            lock = _locked(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def is_free(port: int) -> bool:
    """Say whether a server could listen on `port` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Trial:
    """A Mailroom process with a folder of its own."""

    def __init__(self, app: Path, world: World, port: int) -> None:
        remove_left_behind(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = _locked(self.folder)
        try:
            settings = environment(world, port, self.folder)
            migrate(settings["MAILROOM_DATABASE_URL"])
            file = self.folder / ".env"
            file.touch(0o600)
            file.write_text(
                "".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8"
            )
            clock = self.folder / CLOCK
            world.share_clock(clock)
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    str(app),
                    "--env",
                    str(file),
                    "--ends-with-input",
                    "demo",
                    "--clock",
                    str(clock),
                ],
                env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
                stdin=subprocess.PIPE,  # nothing is written: it ends when this process does, however
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,  # Ctrl-C is for us, who then stop it in order
            )
        except BaseException:
            self._remove()
            raise
        self._heard = threading.Event()
        self._is_ready = False
        self._last: deque[str] = deque(maxlen=20)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ready(self) -> bool:
        """Wait until it answers, however slow the machine is; False when it ended before that."""
        self._heard.wait()
        return self._is_ready

    def wait(self) -> str:
        """Wait until it ends by itself and return the last lines of its log."""
        self._process.wait()
        self._listener.join(5)
        return "".join(self._last)

    def close(self) -> None:
        """Stop it in order, by force after half a minute, and remove its folder."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join(5)
        for pipe in (self._process.stdin, self._process.stderr):
            if pipe:
                pipe.close()
        self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)

    def _listen(self) -> None:
        for line in self._process.stderr or ():
            self._last.append(line)
            if not self._heard.is_set() and line.startswith("{") and json.loads(line).get("event") == "ready":
                self._is_ready = True
                self._heard.set()
        self._heard.set()


def run(app: Path, world: World, port: int) -> int:
    """Run Mailroom in `world` until Ctrl-C or SIGTERM; say where the page is when all is ready."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    trial: Trial | None = None
    try:
        trial = Trial(app, world, port)
        if trial.ready():
            print(f"Mailroom demo: {world.base_url}/", flush=True)
            asked = world.whom or "and an address"
            print(f"Type /inbox {asked} there. Ctrl-C stops everything and keeps nothing.", flush=True)
        told = trial.wait()
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left behind.")
        return 0
    finally:
        if trial is not None:
            trial.close()
    print(f"Mailroom has ended by itself. The end of its log:\n{told}", file=sys.stderr)
    return 1
