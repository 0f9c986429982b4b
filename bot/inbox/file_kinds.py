"""What a file is called and of which kind it is, in words that a person knows."""

from bot.blocks import one_line
from bot.words import Reader
from providers.content.parts import ENCLOSING
from providers.mail import Attachment


def file_name(file: Attachment, reader: Reader) -> str:
    """What a file is called; never empty."""
    if named := one_line(file.name):
        return named
    if file.type in ENCLOSING:
        return reader.say("attached message")
    return reader.say("picture") if file.inline else reader.say("file without a name")


def file_kind(name: str, type_: str, reader: Reader) -> str:
    """What kind of file it is, by what the sender said of it."""
    kind, _, detail = type_.partition("/")
    if type_ in ENCLOSING:  # Outlook names it by its subject, which may end like a file's name
        return reader.say("Message")
    if kind in ("image", "audio", "video"):
        words = {"image": reader.say("Picture"), "audio": reader.say("Sound"), "video": reader.say("Video")}
        return words[kind]
    _, dot, ending = one_line(name).rpartition(".")
    said = (ending if dot else "", detail if kind == "application" else "")
    for one in said:  # "pdf" says something to a person, "octet-stream" does not
        if 1 < len(one) <= 5 and one.isalnum():
            return reader.say("{ending} file", ending=one.upper())
    return reader.say("Text") if type_ == "text/plain" else reader.say("File")
