"""Draw what stands in angle brackets: links, mentions and dates; and decide which links may be followed.

Source: https://docs.slack.dev/messaging/formatting-message-text
"""

from urllib.parse import urlsplit

from markupsafe import Markup

from sandbox.slack.page.dates import format_date
from sandbox.slack.page.viewer import Viewer

_FOLLOWED = {"http", "https", "mailto", "tel", "slack"}


def safe_url(url: str) -> str | None:
    """Give the address back when a browser may follow it, None for scripts and other surprises."""
    cleaned = "".join(letter for letter in url.strip() if letter.isprintable())
    try:
        scheme = urlsplit(cleaned).scheme
    except ValueError:
        return None
    return cleaned if scheme.lower() in _FOLLOWED else None


def link_html(url: str, label: str | Markup = "") -> Markup:
    """Draw a link, or only its words when it may not be followed."""
    shown = label or url.removeprefix("mailto:")
    target = safe_url(url)
    if target is None:
        return Markup("<span>{}</span>").format(shown)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(target, shown)


def person_html(person: str, viewer: Viewer) -> Markup:
    """Draw the mention of a person; a stranger's id stays an id."""
    name = viewer.people.get(person, person)
    mine = " mention-me" if person == viewer.id else ""
    return Markup('<span class="mention{}" data-person="{}">@{}</span>').format(mine, person, name)


def channel_html(channel: str, viewer: Viewer, fallback: str = "") -> Markup:
    """Draw the mention of a channel by its name."""
    return Markup('<span class="mention">#{}</span>').format(
        viewer.channels.get(channel) or fallback or channel
    )


def broadcast_html(group: str) -> Markup:
    """Draw @here, @channel, @everyone or a user group."""
    return Markup('<span class="mention mention-me">@{}</span>').format(group.removeprefix("@"))


def date_html(timestamp: str, form: str, viewer: Viewer, fallback: str, url: str = "") -> Markup:
    """Draw an instant in the viewer's zone; the fallback when the instant makes no sense."""
    try:
        words = format_date(int(timestamp), form, viewer)
    except (ValueError, OverflowError, OSError):
        words = fallback
    if url:
        return link_html(url, words)
    return Markup('<time title="{}">{}</time>').format(fallback, words)


def angle_html(inside: str, viewer: Viewer) -> Markup:
    """Draw one <…> of mrkdwn; the text between the brackets is given, entities decoded."""
    body, _, label = inside.partition("|")
    if body.startswith("@"):
        return person_html(body[1:], viewer)
    if body.startswith("#"):
        return channel_html(body[1:], viewer, label)
    if body.startswith("!date^"):
        form, _, url = "^".join(body.split("^")[2:]).partition("^")
        return date_html(body.split("^")[1], form, viewer, label, url)
    if body.startswith("!subteam^"):
        return broadcast_html(label or body.split("^")[1])
    if body.startswith("!"):
        return broadcast_html(body[1:])
    return link_html(body, label) if safe_url(body) else Markup("&lt;{}&gt;").format(inside)
