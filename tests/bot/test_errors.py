"""Every error as a sentence: its own, whole, plain, and with a way on."""

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot import errors, logs, slack
from bot.accounts.attempts import FAILURES, Attempt, Cause
from bot.accounts.coming_back import REFUSED
from bot.accounts.endings import Ending, cause_ending, ending
from bot.identity import NotAllowed
from bot.payloads import UnknownPayload
from bot.places import Notice
from bot.slack import SlackBusy, SlackError
from bot.words import Reader
from providers.errors import AdminApprovalRequired, PermissionMissing, ProviderError, RateLimited
from providers.oauth import Capability, SignInRefused
from store.database import Busy

READER = Reader(now=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
UNKNOWN = "Something went wrong in Mailroom"
JARGON = re.compile(
    r"\b(api|https?|url|json|tokens?|oauth|scopes?|payload|exception|traceback|null|none|grant|cursor|etag|"
    r"time-?out|[45]\d\d|server|backend|database|rate.?limit\w*|invalid|request|session|client|trigger|hash|"
    r"socket|cache|engine|ledger|lane|callback|modal|ephemeral|block kit)\b",
    re.IGNORECASE,
)
WAY_ON = re.compile(
    r"\b(again|connect|reconnect shows|open|press|close one|choose|look|ask|tell|verify|forward|"
    r"App Home shows|try|can allow guests|can install it too|whenever you like|do not follow)\b",
    re.IGNORECASE,
)


def of_kind(kind: type[BaseException]) -> BaseException:
    """Make an error as its raiser does."""
    if kind is RateLimited:
        return RateLimited(timedelta(minutes=5), "rateLimitExceeded")
    if issubclass(kind, PermissionMissing):
        return kind(Capability.SEND, "insufficientPermissions")
    if kind is SlackBusy:
        return SlackBusy(timedelta(seconds=30))
    return kind("a_code")


def below(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    """Every class under one, and itself."""
    yield kind
    for one in kind.__subclasses__():
        yield from below(one)


OURS = (errors.NotYours, errors.LaneFull, Busy, UnknownPayload)
KINDS = [kind for kind in (*below(ProviderError), *below(SlackError), *OURS) if kind.__module__ != __name__]


def sound(text: str) -> None:
    """Hold a sentence to what every sentence to a person must be."""
    assert text[:1].isupper(), text
    assert text.endswith("."), text
    assert "!" not in text
    assert "{" not in text and "  " not in text, text
    assert not JARGON.search(text), (JARGON.findall(text), text)
    assert WAY_ON.search(text), f"no way on: {text}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_error_has_a_whole_plain_sentence_with_a_way_on(kind: type[BaseException]) -> None:
    sound(errors.notice(of_kind(kind), READER).text)
    named = of_kind(kind)
    if isinstance(named, ProviderError):
        named.label, named.account_id = "Outlook", "a" * 26
        told = errors.notice(named, READER)
        sound(told.text)
        if isinstance(named, PermissionMissing) or type(named).__name__ == "ReconnectRequired":
            assert told.buttons, "the way on is a button"


def test_no_two_kinds_of_error_say_the_same_and_none_the_sentence_for_unknown_ones() -> None:
    said = {kind.__name__: errors.notice(of_kind(kind), READER).text for kind in KINDS}
    assert [name for name, text in said.items() if text.startswith(UNKNOWN)] == []
    same = [(a, b) for a in said for b in said if a < b and said[a] == said[b]]
    assert same == []
    assert len(said) >= 24, "the sweep has lost somebody"


def test_a_kind_without_a_sentence_speaks_as_its_parent_which_the_sweep_refuses() -> None:
    class Forgotten(ProviderError):
        """Says nothing of its own."""

    assert errors.notice(Forgotten("x"), READER) == errors.notice(ProviderError("x"), READER)


def test_every_word_of_slacks_belongs_to_one_kind() -> None:
    words = [word for kind in SlackError.__subclasses__() for word in kind.codes]
    assert sorted(words) == sorted(set(words))
    assert all(slack._BY_CODE[word].codes for word in words)


@pytest.mark.parametrize("reason", ["guest", "stranger", "bot", "deactivated"])
def test_whoever_may_not_use_it_hears_why_and_whom_to_ask(reason: str) -> None:
    for workspace in ("Northwind", ""):
        sound(errors.notice(NotAllowed(reason, workspace), READER).text)
    assert "Northwind" in errors.notice(NotAllowed(reason, "Northwind"), READER).text


def test_a_services_own_sentence_is_told_as_it_is() -> None:
    told = Notice("The contact was merged. Open the other one.")
    assert errors.notice(errors.Told(told), READER) is told


def test_an_unknown_error_gives_a_reference_that_the_log_has_too_and_nothing_of_what_it_said() -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("info", stream)
    try:
        told = errors.notice(KeyError("dana@northwind.example"), READER)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    sound(told.text)
    found = re.search(r"reference ([0-9A-F]{6})\.", told.text)
    assert found
    line = json.loads(stream.getvalue())
    assert (line["reference"], line["error"]) == (found[1], "KeyError")
    assert "dana" not in told.text + stream.getvalue()


@pytest.mark.parametrize(
    ("wait", "said"), [(timedelta(minutes=5), "until 09:05."), (timedelta(seconds=7), "until 09:00:07.")]
)
def test_a_limit_is_said_with_its_end(wait: timedelta, said: str) -> None:
    assert said in errors.notice(RateLimited(wait), READER).text


def attempts() -> list[Attempt]:
    everything = frozenset(Capability)
    return [
        Attempt("i", "google", "Gmail", "Google", "Ann", "Northwind", outcome, everything)
        for outcome in sorted(FAILURES)
    ]


def test_every_way_of_not_connecting_has_its_own_words_that_say_that_nothing_changed() -> None:
    ended: list[Ending] = [ending(one, READER) for one in attempts()]
    ended += [cause_ending(cause, READER) for cause in Cause]
    for one in ended:
        sound(one.spoken)
        assert "Nothing was connected or changed." in one.happened
        assert "!" not in one.title and "{" not in one.title + one.forward
    assert len({one.happened for one in ended}) == len(ended)


def test_every_reason_of_a_refused_sign_in_ends_in_its_own_way() -> None:
    described = str(SignInRefused.__doc__).partition(":")[2]
    reasons = {re.sub(r"\(.*?\)", "", one).strip() for one in described.split("·")}
    assert reasons == set(REFUSED)
    assert len(set(REFUSED.values())) == len(REFUSED)
    assert set(REFUSED.values()) <= FAILURES


def test_an_administrators_word_is_asked_for_where_it_is_needed_and_a_box_where_that_is_missing() -> None:
    box = errors.notice(PermissionMissing(Capability.DRAFT), READER).text
    assert "save drafts in this mailbox" in box
    word = errors.notice(AdminApprovalRequired(Capability.DRAFT), READER).text
    assert "administrator" in word and "that box" not in word
