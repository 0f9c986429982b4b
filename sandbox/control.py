"""Dial faults and the clock, and read the record, as JSON: for other processes and for the page's dials.

/_sandbox/faults (GET, POST, DELETE) · /_sandbox/clock (GET, POST {"advance": seconds} or {"set": ISO time}) ·
/_sandbox/calls (GET, DELETE)
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.clock import Clock
from sandbox.faults import Fault, Faults, Kind

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Json = dict[str, Any]


class Control:
    """A WSGI application; only JSON is taken, so that no page elsewhere can post here by a form."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "").rstrip("/")
        status, answer = "200 OK", Json()
        try:
            if method == "POST" and "json" not in environ.get("CONTENT_TYPE", ""):
                raise ValueError("send JSON")
            given = json.loads(environ["wsgi.input"].read() or b"{}") if method == "POST" else {}
            answer = self._act(method, path.rsplit("/", 1)[-1], given)
        except LookupError:
            status, answer = "404 Not Found", {"error": "there is no such dial"}
        except (TypeError, ValueError) as error:
            status, answer = "400 Bad Request", {"error": str(error)}
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _act(self, method: str, dial: str, given: Json) -> Json:
        match method, dial:
            case "POST", "faults":
                self._faults.add(Fault(**{**given, "kind": Kind(given["kind"])}))
            case "DELETE", "faults":
                self._faults.clear()
            case "POST", "clock":
                self._turn(given)
            case "DELETE", "calls":
                self._faults.forget_calls()
            case "GET", "faults" | "clock" | "calls":
                pass
            case _:
                raise LookupError(dial)
        shown: dict[str, Json] = {
            "faults": {"faults": [asdict(fault) for fault in self._faults.standing()]},
            "clock": {"now": self._clock.now().isoformat()},
            "calls": {"calls": [asdict(call) for call in self._faults.calls()]},
        }
        return shown[dial]

    def _turn(self, given: Json) -> None:
        if "set" in given:
            self._clock.set(datetime.fromisoformat(given["set"]))
        else:
            self._clock.advance(timedelta(seconds=float(given["advance"])))
