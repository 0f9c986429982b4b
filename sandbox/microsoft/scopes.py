"""The scopes that Microsoft knows here, and what its consent page says of each."""

GRAPH = "https://graph.microsoft.com/"
OPENID, PROFILE, EMAIL, OFFLINE = "openid", "profile", "email", "offline_access"
USER_READ = "User.Read"
MAIL_BASIC, MAIL_READ, MAIL_WRITE, MAIL_SEND = "Mail.ReadBasic", "Mail.Read", "Mail.ReadWrite", "Mail.Send"
SETTINGS_READ = "MailboxSettings.Read"
CALENDARS_READ, CALENDARS_WRITE = "Calendars.Read", "Calendars.ReadWrite"

SIGN_IN = frozenset({OPENID, PROFILE, EMAIL, OFFLINE})  # about the sign-in itself, nothing of Graph's
ALWAYS_ALLOWED = SIGN_IN | {USER_READ}  # what people may consent to whatever the managed policy says

SENTENCES = {
    OPENID: ("Sign you in", "Lets the app know who you are."),
    PROFILE: ("View your basic profile", "Your name and picture."),
    EMAIL: ("View your email address", "The address you sign in with."),
    OFFLINE: ("Maintain access to data you have given it access to", "Also when you are not using the app."),
    USER_READ: ("Sign you in and read your profile", "Your name and your addresses."),
    MAIL_BASIC: ("Read your basic mail", "Senders, recipients and subjects, not the text."),
    MAIL_READ: ("Read your mail", "The messages in your mailbox, with their files."),
    MAIL_WRITE: ("Read and write access to your mail", "Also drafts, moving and deleting."),
    MAIL_SEND: ("Send mail as you", "Mail that goes out in your name."),
    SETTINGS_READ: ("Read your mailbox settings", "Such as your time zone."),
    CALENDARS_READ: ("Read your calendars", "The appointments in them."),
    CALENDARS_WRITE: ("Have full access to your calendars", "Reading and changing appointments."),
}
_WRITTEN = {name.lower(): name for name in SENTENCES}


def read(text: str) -> tuple[str, ...]:
    """Split a `scope` parameter; names are taken in any case and with or without Graph's address."""
    names = []
    for one in text.split():
        short = one[len(GRAPH) :] if one.lower().startswith(GRAPH) else one
        names.append(_WRITTEN.get(short.lower(), one))
    return tuple(dict.fromkeys(names))


def unknown(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """List the scopes that do not exist."""
    return tuple(one for one in scopes if one not in SENTENCES)


def resource(scopes: frozenset[str]) -> frozenset[str]:
    """Leave out what is about the sign-in itself."""
    return scopes - SIGN_IN
