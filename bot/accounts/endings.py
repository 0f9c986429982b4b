"""How connecting ends without a connection: said alike in windows and on pages."""

from dataclasses import dataclass

from bot.accounts.approval_views import administrator_text
from bot.accounts.attempts import Answered, Attempt, Cause, Outcome
from bot.words import Reader
from providers.oauth import Capability


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended without a connection: what happened, what was kept, what to do."""

    title: str
    happened: str
    what_next: str
    forward: str = ""  # a text for somebody else: the administrator

    @property
    def spoken(self) -> str:
        return f"{self.happened} {self.what_next}"


def ending(attempt: Attempt, reader: Reader) -> Ending:
    """Say how it ended. Nothing was changed in any of these cases, and each says so."""
    title, happened, what_next = _ENDINGS.get(attempt.outcome, _ENDINGS[Outcome.FAILED])
    values = {
        "company": attempt.company,
        "label": attempt.label,
        "workspace": attempt.workspace_name,
        "expected": attempt.expected or reader.say("another mailbox"),
        "given_back": _given_back(attempt, reader),
        "asked": reader.listed([part[0].lower() + part[1:] for part in _boxes(attempt, reader)]),
    }
    forward = ""
    if attempt.outcome in (Outcome.APPROVAL, Outcome.BLOCKED):
        forward = administrator_text(attempt, reader)
    return Ending(
        reader.say(title, **values), reader.say(happened, **values), reader.say(what_next, **values), forward
    )


def _given_back(attempt: Attempt, reader: Reader) -> str:
    if attempt.takes_back:
        return reader.say("The access was given back.")
    return reader.say(
        "Mailroom has deleted the access here; {company} has no way to give it back.", company=attempt.company
    )


def _boxes(attempt: Attempt, reader: Reader) -> list[str]:
    names = {
        Capability.READ: "Read mail",
        Capability.SEND: "Send mail",
        Capability.DRAFT: "Write drafts",
        Capability.CALENDAR: "Write into the calendar",
    }
    return [reader.say(names[one]) for one in Capability if one in attempt.asked]


def not_me_ending(attempt: Attempt, reader: Reader) -> Ending:
    """Thank somebody who got a link that was not theirs."""
    return Ending(
        reader.say("This attempt has ended"),
        reader.say(
            "The link was made for {name} in {workspace} and works no longer. Nothing was connected or"
            " changed.",
            name=attempt.member_name,
            workspace=attempt.workspace_name,
        ),
        reader.say("If somebody sent you the link, do not follow another one: it would show them your mail."),
    )


def approval_ending(answered: Answered, company: str, reader: Reader) -> Ending:
    """Thank an administrator, or say that nothing came of it. Nobody is named: this may be anybody."""
    title, happened, what_next = _APPROVALS[answered]
    return Ending(*(reader.say(words, company=company) for words in (title, happened, what_next)))


def cause_ending(cause: Cause, reader: Reader) -> Ending:
    """Say why a page cannot go on, to a browser that may be anybody's."""
    title, happened = _CAUSES[cause]
    what_next = _NEXT.get(cause, "Go back to Slack, open Mailroom there and make a new link.")
    return Ending(reader.say(title), reader.say(happened), reader.say(what_next))


_NOTHING = " Nothing was connected or changed."
_ENDINGS = {
    Outcome.DECLINED: (
        "Not connected",
        "You pressed Cancel on {company}'s page." + _NOTHING,
        "Try again whenever you like.",
    ),
    Outcome.NOTHING_ALLOWED: (
        "No box was ticked",
        "{company} showed boxes, and all of them were left open, so there is nothing that Mailroom could do"
        " with this mailbox." + _NOTHING + " {given_back}",
        "Try again and tick what you want to use: {asked}. Each works without the others.",
    ),
    Outcome.APPROVAL: (
        "An administrator has to approve",
        "Your organisation decides which apps may be used, and has not approved Mailroom yet." + _NOTHING,
        "Forward this to your administrator, then try again.",
    ),
    Outcome.BLOCKED: (
        "Your organisation blocks this",
        "{company} says that your organisation does not allow Mailroom." + _NOTHING,
        "Forward this to your administrator, then try again.",
    ),
    Outcome.NOT_VERIFIED: (
        "The address is not verified",
        "{company} has not verified the address of this account, so it may belong to somebody else."
        + _NOTHING,
        "Verify the address in the settings of your {company} account, then try again.",
    ),
    Outcome.NO_MAILBOX: (
        "This account has no mailbox",
        "{company} says that there is no mail with this account." + _NOTHING,
        "Try again and choose an account that you read mail with.",
    ),
    Outcome.OTHER_ACCOUNT: (
        "That was another mailbox",
        "This connection is {expected}, and another account was chosen." + _NOTHING + " {given_back}",
        "Try again and choose {expected}. To add the other one, press Connect {label} on Home.",
    ),
    Outcome.USED_HERE: (
        "This mailbox is in use here",
        "Another member of this workspace has connected this mailbox already, and a mailbox belongs to one"
        " member." + _NOTHING,
        "Choose another account, or ask your colleague to disconnect it first.",
    ),
    Outcome.TOO_MANY_TRIES: (
        "Too many wrong digits",
        "The digits were wrong five times, so this attempt has ended." + _NOTHING + " {given_back}",
        "Make a new link and begin again.",
    ),
    Outcome.EXPIRED: (
        "Too late",
        "This took longer than ten minutes." + _NOTHING,
        "Make a new link and begin again.",
    ),
    Outcome.UNAVAILABLE: (
        "{company} does not answer",
        "{company} did not answer properly just now." + _NOTHING,
        "Try again in a minute.",
    ),
    Outcome.NOT_SET_UP: (
        "Mailroom is not set up for {company}",
        "{company} does not accept how Mailroom was set up here. This is not your doing." + _NOTHING,
        "Tell whoever runs Mailroom: its log names the reason. Once it is mended, try again.",
    ),
    Outcome.NOT_ADMITTED: (
        "Mailroom is for members",
        "In Slack you are a guest of {workspace} by now, or not there any more, and only its members can"
        " connect a mailbox." + _NOTHING + " {given_back}",
        "If you think that this is wrong, ask an administrator of {workspace}.",
    ),
    Outcome.FAILED: (
        "That did not work",
        "{company}'s answer could not be used." + _NOTHING,
        "Try again. If it comes back, tell whoever runs Mailroom.",
    ),
    Outcome.ENDED: (
        "This attempt has ended",
        "It was cancelled, or a newer link took its place." + _NOTHING,
        "Make a new link to begin again.",
    ),
}
_CAUSES = {
    Cause.UNKNOWN: (
        "This link is not known",
        "It may be mistyped, or very old." + _NOTHING,
    ),
    Cause.USED: (
        "This link was used already",
        "A link works once." + _NOTHING,
    ),
    Cause.EXPIRED: (
        "This link is too old",
        "A link is good for ten minutes." + _NOTHING,
    ),
    Cause.OTHER_BROWSER: (
        "This is another browser",
        "It was begun in another browser, or cookies are switched off here. Whoever begins must also finish,"
        " in the same browser." + _NOTHING,
    ),
    Cause.NOT_FROM_HERE: (
        "That did not come from this page",
        "The page may have been open for long, or cookies are switched off." + _NOTHING,
    ),
    Cause.UNAVAILABLE: (
        "The sign-in page does not answer",
        "The company that your mailbox is with did not answer Mailroom just now." + _NOTHING,
    ),
}
_NEXT = {Cause.UNAVAILABLE: "Go back to the page before and try again in a minute. Your link is still good."}
_APPROVALS = {
    Answered.APPROVED: (
        "Approved",
        "Thank you. {company} has noted that everybody in your organisation may connect a mailbox to"
        " Mailroom. This connected no mailbox, not yours either, and gave Mailroom no mail to read.",
        "Whoever asked you hears of it in Slack and goes on there. You can"
        " close this page. You can take the approval back in {company}'s admin centre, under Enterprise"
        " applications.",
    ),
    Answered.DECLINED: (
        "Not approved",
        "You did not accept on {company}'s page, so nothing was approved, connected or changed.",
        "To approve Mailroom later, open the same link again. You can close this page.",
    ),
    Answered.UNCLEAR: (
        "That did not work",
        "{company} did not say that Mailroom is approved. Nothing was connected or changed.",
        "Open the same link again, signed in as an administrator of your organisation.",
    ),
}
