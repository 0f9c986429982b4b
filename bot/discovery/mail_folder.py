"""A mailbox that lies in files: which mails are the member's own, and which belong together.

Where an export says how the provider filed a mail (labels of Gmail, a folder called Sent), that decides; only
where it says nothing does From, and then not for a mail that came in from elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from bot.discovery.evidence import Own, Seen
from providers.content.automated import Marks, marks_of
from providers.content.eml import ParsedMail, parse_eml
from providers.content.encoded_words import decode_words
from providers.content.mail_files import Found
from providers.content.senders import hands_on
from providers.mail import Message

_SENT = frozenset(
    {
        "sent", "sent items", "sent mail", "sent messages", "[gmail]sent mail", "gesendet",
        "gesendete elemente", "gesendete objekte", "envoyés", "éléments envoyés", "messages envoyés",
        "enviados", "elementos enviados", "enviadas", "itens enviados", "posta inviata", "inviati",
        "verzonden", "verzonden items", "skickat", "skickade objekt", "sendt", "sendte elementer",
        "sendt post", "wysłane", "lähetetyt", "отправленные", "odeslaná pošta", "送信済み", "已发送",
        "已傳送郵件",
    }
)  # fmt: skip
_LEFT_OUT = frozenset(
    {
        "spam", "junk", "junk e-mail", "junk email", "trash", "bin", "deleted items", "drafts", "draft",
        "chat", "papierkorb", "entwürfe", "entwurf", "corbeille", "brouillons", "papelera", "borradores",
        "lixeira", "rascunhos", "cestino", "bozze", "prullenbak", "concepten",
    }
)  # fmt: skip
_FOLDERS_LEFT_OUT = frozenset({"spam", "junk", "trash", "drafts"})  # "bin" is a folder of programs as well
_CATEGORIES = {
    **{f"category {name}": name for name in ("promotions", "social", "forums", "updates", "personal")},
    "spam": "spam",
    "junk": "spam",
}
_KEPT = frozenset({"delivered-to", "list-post", "x-beenthere", "in-reply-to", "x-gm-thrid"})


@dataclass(frozen=True, slots=True)
class Filed:
    """A mail of an export: light enough to hold a whole mailbox. `folders` are labels and folder names."""

    message: Message
    marks: Marks
    dated: bool
    folders: frozenset[str]
    foreign: bool  # carries the traces of having come in from elsewhere, or through a list


def read_filed(found: Found, since: datetime | None = None) -> Filed:
    """Read one mail of an export and keep of it what discovery needs; the text is looked at and let go.

    Of a mail from before `since` the text is not looked at: only that it was written counts.
    """
    parsed: ParsedMail = parse_eml(found.data)
    message = parsed.message
    if since and parsed.dated and message.date < since:
        message = replace(message, html=None, text=None)
    folders = folders_of(found.name, message)
    marks = marks_of(message, categories_of(folders))
    foreign = _is_foreign(message)
    headers = {name: values for name, values in message.headers.items() if name in _KEPT}
    light = replace(message, html=None, text=None, parts=(), attachments=(), headers=headers)
    return Filed(light, marks, parsed.dated, folders, foreign)


def categories_of(folders: Iterable[str]) -> frozenset[str]:
    """Pick the provider's categories out of the folders and labels of a mail."""
    return frozenset(_CATEGORIES[one] for one in folders if one in _CATEGORIES)


def folders_of(name: str, message: Message) -> frozenset[str]:
    """Read where a mail was filed: its labels in an export of Gmail, else the names of its folders."""
    labels = decode_words(",".join(message.headers.get("x-gmail-labels", ()))).split(",")
    path = PurePath(name.partition("#")[0])
    stem = "" if path.suffix.casefold() == ".eml" else path.stem
    told = {one.casefold().lstrip(".") for one in (stem, *(parent.name for parent in list(path.parents)[:3]))}
    return (_plain(labels) | (told & (_SENT | _FOLDERS_LEFT_OUT))) - {""}


def _plain(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(one.casefold().strip('" ').split()) for one in labels)


def _is_foreign(message: Message) -> bool:
    """Tell whether a mail that says it is from the member came in like a stranger's."""
    if hands_on(message):
        return True
    sender = message.sender.address
    paths = message.headers.get("return-path", ())
    envelope = paths[0].strip().strip("<> ").casefold() if paths else sender
    if envelope.rpartition("@")[2] != sender.rpartition("@")[2]:
        return True
    checked = " ".join(message.headers.get("authentication-results", ())[:1]).casefold()
    unproven = "spf=fail" in checked or "spf=softfail" in checked
    return "dmarc=fail" in checked or (unproven and "dkim=pass" not in checked)


def own_of(addresses: Iterable[str], filed: Iterable[Filed]) -> Own:
    """Say who the member is: the given addresses, and those that their Sent folder shows."""
    given = frozenset(addresses)
    shown = {one.message.sender.address for one in filed if one.folders & _SENT}
    domains = frozenset(address.rpartition("@")[2] for address in given)
    return Own(given | {address for address in shown if "@" in address}, domains)


def as_seen(filed: Iterable[Filed], own: Own) -> Iterator[Seen]:
    """Give the mails as a scan would meet them, each once; drafts, spam and trash are passed over."""
    kept = [one for one in filed if not one.folders & _LEFT_OUT]
    mine = [_is_mine(one, own) for one in kept]
    threads = _threads([one.message for one in kept])
    sent_ids = {
        one.message.message_id
        for one, is_mine in zip(kept, mine, strict=True)
        if is_mine and one.message.message_id
    }
    met: set[str] = set()
    # A mail to oneself or to a list lies there twice: the sent copy speaks first.
    for at in sorted(range(len(kept)), key=lambda at: not mine[at]):
        one = kept[at]
        key = one.message.message_id or one.message.id
        if key in met:
            continue
        met.add(key)
        yield Seen(
            message=replace(one.message, outgoing=mine[at]),
            thread_id=threads[at],
            answers_me=bool(sent_ids & set(_answered(one.message))),
            dated=one.dated,
            marks=one.marks,
        )


def _is_mine(one: Filed, own: Own) -> bool:
    if one.folders & _SENT:
        return True
    return own.is_me(one.message.sender.address) and not one.foreign


def _answered(message: Message) -> tuple[str, ...]:
    direct = " ".join(message.headers.get("in-reply-to", ())[:1]).split()
    return (*message.references, *(word for word in direct if word.startswith("<")))


def _threads(messages: list[Message]) -> list[str]:
    """Name the conversation of each mail: Gmail's own number, else what its Message-IDs tie together."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    names = []
    for message in messages:
        name = message.message_id or f"id:{message.id}"
        names.append(name)
        numbers = [f"gm:{one.strip()}" for one in message.headers.get("x-gm-thrid", ())[:1]]
        for other in (*_answered(message), *numbers):
            parent[root(other)] = root(name)
    return [root(name) for name in names]
