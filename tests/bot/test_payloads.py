"""What buttons carry. Those in messages live for years: what is written here once stays readable."""

import json
from dataclasses import MISSING, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import doors
from bot.payloads import Payload, PersonRef, ThreadPlace, ThreadRef, UnknownPayload, decode, encode
from bot.words import Reader

# The names of every class as they were first written. A name may be added; none may go or change its type.
THREAD: dict[str, type] = {"account": str, "thread": str, "contact": str, "address": str}
WIRE: dict[str, dict[str, type]] = {
    "Nothing": {},
    "AccountRef": {"account": str},
    "AccountAct": {"account": str, "act": str},
    "AllowRef": {"account": str, "capability": str},
    "ContactRef": {"contact": str},
    "PersonRef": {"contact": str, "address": str},
    "ListRef": {"contact": str, "address": str, "words": str, "start": int},
    "ThreadRef": THREAD,
    "ThreadPlace": THREAD | {"open": str, "page": int, "oldest_first": bool},
    "FileRef": {"account": str, "message": str, "part": str},
    "WriteRef": THREAD | {"nonce": str, "message": str},
    "OutgoingRef": {"outgoing": str},
    "MineRef": {"mine": str, "contact": str, "address": str, "words": str},
    "SigninRef": {"signin": str},
    "NewContactRef": {"contact": str},
    "EditContactRef": {"contact": str, "version": int, "record": str, "on_top": bool, "again": bool},
    "ContactAct": {"contact": str, "act": str},
    "MergeRef": {
        "kept": str,
        "gone": str,
        "kept_version": int,
        "gone_version": int,
        "record": str,
        "on_top": bool,
    },
    "RecordPlace": {"contact": str, "address": str, "tab": str, "words": str, "start": int},
    "PageRef": {"page": str},
    "CalendarEventRef": {"event": str, "asked": str},
    "AppointmentRef": {"appointment": str},
    "AppointmentForm": {"appointment": str, "version": int},
}
WIRE |= {
    "CandidateRef": {"candidate": str},
    "ScanRef": {"scan": str},
    "LeftOutRef": {"reason": str, "start": int},
    "LeftOutPerson": {"address": str, "reason": str, "start": int},
    "CandidateAct": {"candidate": str, "act": str},
    "GroupRef": {"group": str, "act": str, "until": int},
    "WishRef": {"act": str, "where": str, "ids": str, "group": str, "until": int},
    "BatchRef": {"batch": str},
    "BlockRef": {"hash": str, "start": int},
    "SeveralRef": {"digest": str, "drawn": int},
    "DigestRef": {"digest": str, "candidate": str},
}
KINDS: list[type[Payload]] = sorted(Payload.__subclasses__(), key=lambda kind: kind.__name__)


def filled(kind: type[Payload]) -> dict[str, Any]:
    """A value for every field."""
    sample: dict[str, Any] = {"str": "x", "int": 7, "bool": True}
    return {
        f.name: sample[f.type.__name__ if isinstance(f.type, type) else str(f.type)] for f in fields(kind)
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_payload_is_read_as_it_was_written(kind: type[Payload]) -> None:
    made = kind(**filled(kind))
    assert decode(kind, encode(made)) == made
    assert json.loads(encode(made))["v"] == 1


@pytest.mark.parametrize("name", WIRE)
def test_what_was_written_long_ago_is_still_read(name: str) -> None:
    kind = next(one for one in KINDS if one.__name__ == name)
    samples: dict[type, Any] = {str: "x", int: 7, bool: True}
    body = {"v": 1} | {field: samples[of] for field, of in WIRE[name].items()}
    found = decode(kind, json.dumps(body))
    assert {field: getattr(found, field) for field in WIRE[name]} == {
        k: v for k, v in body.items() if k != "v"
    }


def test_every_payload_stands_in_the_table_above() -> None:
    assert {kind.__name__ for kind in KINDS} == set(WIRE)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_was_added_to_a_payload_is_optional(kind: type[Payload]) -> None:
    first = WIRE[kind.__name__]
    assert [f.name for f in fields(kind) if f.name not in first and f.default is MISSING] == []


def test_a_later_programs_payload_is_read_as_far_as_it_is_known() -> None:
    assert decode(PersonRef, '{"v":1,"contact":"c","since":3}') == PersonRef("c")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "null",
        "[]",
        "7",
        "{}",
        '{"v":2,"contact":"c"}',
        '{"v":1,"contact":7}',
        '{"v":1,"contact":null}',
        "{" * 9_999,
    ],
)
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(UnknownPayload):
        decode(PersonRef, value)


@given(st.text(max_size=200))
def test_no_text_makes_decoding_fail_otherwise(value: str) -> None:
    with pytest.raises(UnknownPayload):
        decode(ThreadRef, value)


def test_the_longest_button_of_a_thread_is_within_what_a_button_carries() -> None:
    place = ThreadPlace("a" * 26, "t" * 200, "c" * 26, "d" * 254, "99999qf+999999," * 3, 9_999, True)
    assert len(encode(place)) < 2_000


def test_a_door_refuses_to_be_drawn_with_another_payload() -> None:
    with pytest.raises(TypeError):
        doors.OPEN_THREAD.draw(Reader(), PersonRef("c"))
    assert len({door.action_id for door in doors.DOORS}) == len(doors.DOORS)
