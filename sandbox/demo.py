"""The sandbox as a person tries it: Slack's page at the root, Google, Microsoft, everybody's mailbox."""

import secrets
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.google.accounts import Client
from sandbox.google.service import Google
from sandbox.mail.mailbox import SENT
from sandbox.mail.people import Person
from sandbox.microsoft.accounts import App, Secret
from sandbox.microsoft.service import Microsoft
from sandbox.people.routes import create_people
from sandbox.seed.answers import Answers
from sandbox.seed.cast import voice
from sandbox.seed.dates import plant_dates
from sandbox.seed.members import slack_users
from sandbox.seed.own_mail import NoMail, load_mbox
from sandbox.seed.plant import plant
from sandbox.server import Sandbox
from sandbox.slack.app import SlackApp
from sandbox.slack.page.routes import create_page
from sandbox.world import World

__all__ = ["Demo", "NoMail", "open_demo"]


@dataclass(frozen=True, slots=True, repr=False)
class Demo:
    """A running sandbox, and what an app must know to be the one installed in it."""

    sandbox: Sandbox
    base_url: str  # without a slash at its end
    bot_token: str
    signing_secret: str
    google_client_id: str
    google_client_secret: str
    microsoft_client_id: str  # "" where the app named no address for Microsoft
    microsoft_client_secret: str
    who: str  # the member whose mail it is, by name
    whom: str  # whose conversations are worth a first look, "" where nobody is known
    messages: int

    def share_clock(self, file: Path) -> None:
        """Let the app go by this world's clock: `sandbox.clock.follow` reads it from `file`."""
        self.sandbox.clock.share(file)

    def close(self) -> None:
        """Stop it; everything in it is gone."""
        self.sandbox.stop()


def open_demo(
    port: int,
    app_url: str,
    manifest: dict[str, Any],
    redirect_uri: str,
    *,
    microsoft_redirect_uris: tuple[str, ...] = (),
    mailbox: Path | None = None,
    member: str | None = None,
    told: Callable[[str], None] = lambda _sentence: None,
) -> Demo:
    """Fill a world (our own, or `mailbox`: an mbox file of `member`), and serve it on `port`.

    `app_url` is where the app takes what Slack sends; `microsoft_redirect_uris` is empty for an app without
    Outlook. `told` hears what takes long. Raises NoMail, OSError.
    """
    app = SlackApp.from_manifest(manifest)
    sandbox = Sandbox(app)
    try:
        world = World(sandbox.clock.now)
        person, whom = _fill(world, mailbox, member, told)
        Answers(world, sandbox.clock)
        client = Client(f"{secrets.token_hex(8)}.demo", secrets.token_urlsafe(24), (redirect_uri,))
        google = Google(world, sandbox.clock.now, sandbox.faults)
        google.register(client)
        microsoft = Microsoft(world, sandbox.clock.now, sandbox.faults)
        outlook = App(str(uuid.uuid4()), (Secret(secrets.token_urlsafe(24)),), microsoft_redirect_uris)
        microsoft.register(outlook)
        if house := _organisation(world):
            microsoft.add_administrator(f"admin@{house}")
        # google.wsgi has its own faults inside its concurrency wall, so the mount gets another name
        sandbox.mount("/google", "google front", google.wsgi)
        microsoft.mount(sandbox)
        sandbox.mount("/people", "people", create_people(world), counted=False)
        page = create_page(sandbox.slack, sandbox.faults, sandbox.clock)
        sandbox.mount("/", "page", page, counted=False)
        workspace = sandbox.slack.add_workspace(slack_users(world))
        sandbox.slack.request_url = app_url
        base_url = sandbox.start(port)
    except BaseException:
        sandbox.stop()
        raise
    token = workspace.installation.bot_token if workspace.installation else ""
    messages = len(world.mailbox(person.address).messages())
    return Demo(
        sandbox=sandbox,
        base_url=base_url,
        bot_token=token,
        signing_secret=app.signing_secret,
        google_client_id=client.id,
        google_client_secret=client.secret,
        microsoft_client_id=outlook.id if microsoft_redirect_uris else "",
        microsoft_client_secret=outlook.secrets[0].text if microsoft_redirect_uris else "",
        who=person.name,
        whom=whom,
        messages=messages,
    )


def _fill(
    world: World, mailbox: Path | None, member: str | None, told: Callable[[str], None]
) -> tuple[Person, str]:
    """Put mail into the world, and say who looks at it, and with whom they write."""
    if mailbox is None:
        told("Writing a month of mail …")
        plant(world)
        plant_dates(world)
        return world.people[0], voice("dana").address
    told("Reading the mailbox …")
    owner = load_mbox(world, mailbox, member).member
    return owner, _most_written_to(world, owner)


def _most_written_to(world: World, owner: Person) -> str:
    """Name the address that the owner of a mailbox wrote to alone most often, "" where there is none."""
    own = {address.lower() for address in owner.addresses}
    wrote: Counter[str] = Counter()
    for message in world.mailbox(owner.address).messages():
        if SENT in message.labels:
            to = [address.lower() for _, address in message.raw.addresses("To", "Cc")]
            wrote.update(one for one in to if len(to) == 1 and one not in own)
    return wrote.most_common(1)[0][0] if wrote else ""


def _organisation(world: World) -> str:
    """Name the domain whose people have Outlook at work, "" when there is none."""
    domains = (one.hosted_domain for one in world.people if one.provider == "microsoft")
    return next((one for one in domains if one), "")
