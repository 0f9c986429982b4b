"""Three ways to do something once to the recorder: carefully, guarded, and naively."""

import http.client
import os
from collections.abc import Callable, Mapping

from bot.engine import Done, Handler, Job, Outcome
from providers.errors import Unavailable

KINDS = ("send", "post", "unguarded", "naive")


def handlers(port: int, stop_here: Callable[[Job], None] = lambda _job: None) -> Mapping[str, Handler]:
    """Handlers of all kinds. `stop_here` is called where a paused process does the most harm."""

    def ask(method: str, verb: str, job: Job) -> int:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            link.request(method, f"/{verb}/{job.key}", headers={"X-Pid": str(os.getpid())})
            status = link.getresponse().status
        except OSError:
            raise Unavailable("lost") from None
        finally:
            link.close()
        if status >= 500:
            raise Unavailable("5xx")
        return status

    def send(job: Job) -> Outcome:
        """Draft, then send that same draft: a second time it is gone."""
        if job.step is None:
            job.reach("drafting")
        if job.step == "drafting":
            ask("PUT", "draft", job)
            job.reach("sending")
        stop_here(job)
        job.guard()
        if ask("POST", "send", job) == 404 and ask("GET", "sent", job) == 404:
            raise AssertionError("the draft is gone and nothing was sent")
        return Done()

    def post(job: Job) -> Outcome:
        """Look for the evidence, then post, guarded."""
        if job.step is None:
            job.reach("posting")
        if ask("GET", "sent", job) == 404:
            stop_here(job)
            job.guard()
            ask("POST", "post", job)
        return Done()

    def unguarded(job: Job) -> Outcome:
        """The same without the guard."""
        if job.step is None:
            job.reach("posting")
        if ask("GET", "sent", job) == 404:
            stop_here(job)
            ask("POST", "post", job)
        return Done()

    def naive(job: Job) -> Outcome:
        """Just do it."""
        ask("POST", "post", job)
        return Done()

    runs = {"send": send, "post": post, "unguarded": unguarded, "naive": naive}
    return {kind: Handler(run, attempts=1000) for kind, run in runs.items()}
