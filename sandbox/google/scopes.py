"""The scopes Google knows here, and what its consent page says of each."""

AUTH = "https://www.googleapis.com/auth/"
OPENID = "openid"
EMAIL = AUTH + "userinfo.email"
PROFILE = AUTH + "userinfo.profile"
MAIL = "https://mail.google.com/"
READONLY = AUTH + "gmail.readonly"
COMPOSE = AUTH + "gmail.compose"
SEND = AUTH + "gmail.send"
MODIFY = AUTH + "gmail.modify"
METADATA = AUTH + "gmail.metadata"
LABELS = AUTH + "gmail.labels"
INSERT = AUTH + "gmail.insert"
SETTINGS = AUTH + "gmail.settings.basic"

SHORT = {"email": EMAIL, "profile": PROFILE}  # accepted when asking, never used in answers
SIGN_IN = frozenset({OPENID, EMAIL, PROFILE})  # these have no box: signing in is all or nothing

SENTENCES = {
    OPENID: "Know who you are on Google",
    EMAIL: "See your primary Google Account email address",
    PROFILE: "See your personal info, including any you've made public",
    MAIL: "Read, write, send and delete all your mail for good",
    READONLY: "Read your mail and your mail settings",
    COMPOSE: "Write drafts and send mail",
    SEND: "Send mail as you",
    MODIFY: "Read, write and send mail",
    METADATA: "See labels and headers of your mail, not the text",
    LABELS: "See and change your mail labels",
    INSERT: "Add mail to your mailbox",
    SETTINGS: "See and change your mail settings and filters",
    AUTH + "calendar.events": "See and change events in all your calendars",
    AUTH + "calendar.events.owned": "See and change events in the calendars you own",
    AUTH + "calendar.calendarlist.readonly": "See the list of your calendars",
    AUTH + "calendar.app.created": "Make further calendars, and see and change what is in them",
}


def read(text: str) -> tuple[str, ...]:
    """Split a `scope` parameter, short names written out, each once, in the order given."""
    return tuple(dict.fromkeys(SHORT.get(one, one) for one in text.split()))


def unknown(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """List the scopes that do not exist."""
    return tuple(one for one in scopes if one not in SENTENCES)
