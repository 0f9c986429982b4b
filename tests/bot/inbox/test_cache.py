"""Memory of what was read: bounded in bytes, gone after five minutes."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.inbox.cache import LIFE, ThreadCache, weigh
from providers.mail import Packed
from tests.bot.inbox.given import message, thread

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


class Seconds:
    """A monotonic clock that tests turn."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_read_is_there_for_five_minutes() -> None:
    seconds = Seconds()
    cache = ThreadCache(10_000_000, seconds)
    cache.keep("a", [thread(message(1))], AT)
    seconds.now = LIFE
    kept = cache.get("a", "t")
    assert kept
    assert kept.as_of == AT
    seconds.now = LIFE + 0.1
    assert cache.get("a", "t") is None
    assert cache.size == 0


def test_the_bytes_never_pass_the_bound_and_the_least_used_goes_first() -> None:
    one = thread(message(1, text="x" * 5_000))
    most = 3 * weigh(one) + 10
    cache = ThreadCache(most)
    for name in ("1", "2", "3"):
        cache.keep("a", [thread(message(1, text="x" * 5_000), id_=name)], AT)
    assert cache.get("a", "1")
    cache.keep("a", [thread(message(1, text="x" * 5_000), id_="4")], AT)
    assert cache.size <= most
    assert cache.get("a", "2") is None
    assert all(cache.get("a", name) for name in ("1", "3", "4"))


def test_a_thread_of_more_than_a_mebibyte_is_not_kept_and_takes_its_old_self_along() -> None:
    cache = ThreadCache(100_000_000)
    cache.keep("a", [thread(message(1))], AT)
    cache.keep("a", [thread(message(1, html="x" * 600_000))], AT)
    assert cache.get("a", "t") is None
    assert cache.size == 0


def test_reading_again_replaces_and_forgetting_forgets() -> None:
    cache = ThreadCache(10_000_000)
    cache.keep("a", [thread(message(1), subject="old")], AT)
    cache.keep("a", [thread(message(1), subject="new")], AT)
    cache.keep("b", [thread(message(1))], AT)
    kept = cache.get("a", "t")
    assert kept
    assert kept.thread.subject == "new"
    cache.forget("a")
    assert cache.get("a", "t") is None
    assert cache.get("b", "t")


def test_a_thread_that_came_without_bodies_is_not_taken_for_whole() -> None:
    cache = ThreadCache(10_000_000)
    bare = thread(message(1, text=None), message(2))
    cache.keep("a", [bare], AT)
    kept = cache.get("a", "t")
    assert kept
    assert not kept.readable
    cache.keep("a", [bare], AT, whole=True)
    kept = cache.get("a", "t")
    assert kept
    assert kept.readable


def test_bodies_that_came_packed_are_counted_as_they_came_and_unpacked_when_asked_for() -> None:
    cache = ThreadCache(1_000_000)
    whole = thread(message(1, text="x" * 5_000))
    bare = replace(
        whole,
        messages=tuple(replace(one, text=None) for one in whole.messages),
        packed=Packed(300_000, lambda: whole, lambda _: whole.messages[0]),
    )
    cache.keep("a", [bare], AT)
    assert cache.size > 300_000
    kept = cache.get("a", "t")
    assert kept is not None and kept.readable
    assert kept.thread == whole
    packed = cache.packed("a", "t")
    assert packed is not None and packed.thread.messages[0].text is None
    assert packed.thread.unpacked_one(packed.thread.messages[0]) == whole.messages[0]
