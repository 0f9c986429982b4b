"""Reason codes in plain words: why somebody was found, and why somebody was left out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.discovery.evidence import Evidence
from bot.discovery.strength import Group
from bot.words import Reader

# Every code of `providers.content.automated`, of `evidence` and of `rules` stands here (a test compares).
SENTENCES: Mapping[str, str] = {
    # decided from the address or from what is known
    "two_way": "You wrote to each other.",
    "anyway": "You asked for them, though a rule had left them out.",
    "own": "This is an address of yours.",
    "colleague": "Works where you work.",
    "contact": "Is a contact already.",
    "blocked": "You blocked this address or its domain.",
    "dismissed": "You dismissed this person.",
    "unreadable": "The address cannot be read.",
    "undated": "Their mail does not say when it was written.",
    "unchecked": "It could not be checked whether you ever wrote to them. The next scan looks again.",
    "unasked": "It could not be checked whether they are a colleague. The next scan looks again.",
    "quiet": "Wrote nothing in the last 14 days.",
    "no_answer": "You wrote, and nothing came back in the last 14 days.",
    "one_way": "Wrote to you, and you never wrote to them.",
    "crowd": "Their mail went to more than 20 people.",
    "group": "A group's address, which hides who wrote.",
    "shared_mailbox": "An address that several people read.",
    # the address is a machine's
    "no_reply": "An address that takes no answers.",
    "daemon": "A mail server's own address.",
    "machine_address": "An address from which programs write.",
    "relay": "An address that only passes messages on.",
    "marketplace": "An address of a market place, good for one conversation.",
    "firm_address": "A firm writes under its own name.",
    "coded_address": "An address made of codes.",
    "sending_domain": "A part of the domain that sends to many.",
    "machine_name": "The sender's name is that of a program.",
    # the mail is a machine's, or for many
    "bounce": "A notice that mail could not be delivered.",
    "read_receipt": "A notice that mail was read.",
    "report": "A report from one mail server to another.",
    "auto_reply": "An automatic answer.",
    "auto_generated": "A program wrote it.",
    "no_return": "Sent so that nothing can come back, as programs do.",
    "notification": "A program reported that something happened.",
    "invitation": "Only invitations and answers to them.",
    "list_program": "The program of a mailing list wrote it.",
    "campaign": "Part of a campaign.",
    "announcement": "A list on which only its owner writes.",
    "unsubscribe": "Offers to unsubscribe.",
    "bulk_precedence": "Says of itself that it was sent in bulk.",
    "spam": "Your mail service filed it as spam.",
    "category_bulk": "Your mail service filed it under promotions or social.",
    "category_updates": "Your mail service filed it under updates.",
    "sending_service": "Sent through a service for bulk mail.",
    "feedback_id": "Counted by its sender for many recipients.",
    "bounce_address": "Has a return address made for one recipient, as mail for many has.",
    "suppresses_replies": "Asks mail programs not to answer by themselves.",
    "program": "Sent by a script or a web site.",
    "undisclosed": "Does not say to whom it was sent.",
    "helpdesk": "Sent by a help desk.",
    "list": "Came through a mailing list or a group.",
    "transaction": "A receipt, a code or a confirmation, by its subject.",
    "away_subject": "Says in its subject that somebody is away.",
    "away_words": "Says that somebody is away.",
    "says_automatic": "Says that a program wrote it.",
    "says_subscribed": "Says why you receive it, as mail to many does.",
    "says_unsubscribe": "Ends with how to unsubscribe.",
    "says_unmonitored": "Says that nobody reads the answers.",
    "in_browser": "Offers to be read in a browser.",
    "counts_opening": "Holds a picture that counts who opens it.",
}

GROUPS: Mapping[Group, str] = {
    Group.OFTEN: "Often in touch",
    Group.NOW_AND_THEN: "Now and then",
    Group.ONCE: "Once",
}


def say_reason(reader: Reader, code: str) -> str:
    """Say one reason; a code of a later version gets a sentence that is still true."""
    return reader.say(SENTENCES.get(code, "Left out by a rule that this version does not know."))


def say_reasons(reader: Reader, codes: Sequence[str], evidence: Evidence | None = None) -> str:
    """Say why, with numbers where they are known: "An automatic answer (2 of 2 mails)."."""
    counts = dict(evidence.marks) if evidence else {}
    return " ".join(_counted(reader, code, counts.get(code, 0), evidence) for code in codes)


def _counted(reader: Reader, code: str, number: int, evidence: Evidence | None) -> str:
    sentence = say_reason(reader, code)
    if not number or evidence is None or evidence.mails < 2:
        return sentence
    return reader.say(
        "{sentence} ({n} of {all} mails).", sentence=sentence.rstrip("."), n=number, all=evidence.mails
    )


def say_conversations(reader: Reader, conversations: int, last: datetime | None) -> str:
    """Say how alive it is, in one short line: "6 conversations in two weeks, last mail Friday"."""
    talks = reader.count("{n} conversation in two weeks", "{n} conversations in two weeks", conversations)
    if last is None:
        return talks
    return reader.say("{talks}, last mail {day}", talks=talks, day=reader.day(last))
