"""Stand in front of Bolt and let only whole, fresh, signed requests of Slack through.

Bolt parses the body before it checks the signature, answers 500 to odd headers and logs the
bodies of unsigned requests. So nothing reaches it that has not passed here.
Source: https://docs.slack.dev/authentication/verifying-requests-from-slack ; reference/reliability.md 2.6.
"""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qs

MOST_BYTES = 1024 * 1024  # Slack's own largest payload is a view of 250 KB with its state
WINDOW_SECONDS = 300
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Verdict(Enum):
    """What to do with a request; the value is the HTTP status of the answer."""

    GENUINE = 200
    CERTIFICATE_CHECK = 204  # Slack looks whether our certificate is good: nothing to do, answered with 200
    FORGED = 401
    MALFORMED = 400
    TOO_LARGE = 413

    @property
    def status(self) -> int:
        """Return the status to answer with."""
        return 200 if self.value < 300 else self.value


@dataclass(frozen=True, slots=True)
class Proof:
    """The two headers that show where a request comes from; empty where they are missing."""

    timestamp: str  # X-Slack-Request-Timestamp
    signature: str  # X-Slack-Signature


class Verifier:
    """Judge raw requests. Safe to call from several threads.

    Does *not* guarantee that an action is done once: the same signed bytes pass again within five minutes,
    and Slack repeats events under new signatures. The rows' own keys do that, behind Bolt.
    """

    def __init__(self, signing_secret: str, now: Callable[[], float] = time.time) -> None:
        self._key = signing_secret.encode()
        self._now = now

    def judge(self, proof: Proof, content_type: str, body: bytes) -> Verdict:
        """Judge one request by its raw parts."""
        if len(body) > MOST_BYTES:
            return Verdict.TOO_LARGE
        if not self._signed(proof, body):
            return Verdict.CERTIFICATE_CHECK if _is_certificate_check(content_type, body) else Verdict.FORGED
        if not _well_formed(content_type, body):
            return Verdict.MALFORMED
        return Verdict.GENUINE

    def _signed(self, proof: Proof, body: bytes) -> bool:
        if not TIMESTAMP.fullmatch(proof.timestamp) or not SIGNATURE.fullmatch(proof.signature):
            return False
        if abs(self._now() - int(proof.timestamp)) > WINDOW_SECONDS:
            return False
        base = b"v0:" + proof.timestamp.encode() + b":" + body
        wanted = "v0=" + hmac.new(self._key, base, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted, proof.signature)


def _fields(body: bytes) -> dict[str, list[str]] | None:
    try:
        return parse_qs(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:  # not UTF-8, before or behind the percent signs; or a flood of fields
        return None


def _is_certificate_check(content_type: str, body: bytes) -> bool:
    if not content_type.startswith("application/x-www-form-urlencoded"):
        return False
    fields = _fields(body) or {}
    return fields.get("ssl_check") == ["1"] and "payload" not in fields


def _well_formed(content_type: str, body: bytes) -> bool:
    if content_type.startswith("application/json"):
        return _is_payload(body)
    if not content_type.startswith("application/x-www-form-urlencoded"):
        return False
    fields = _fields(body)
    if fields is None:
        return False
    if "payload" in fields:
        return len(fields["payload"]) == 1 and _is_payload(fields["payload"][0].encode())
    return len(fields.get("command", ())) == 1 or fields.get("ssl_check") == ["1"]


def _is_payload(text: bytes) -> bool:
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(payload, dict) and isinstance(payload.get("type"), str)
