"""Where work runs. Everything that features use of the engine is named here."""

from bot.engine.carriers import Carrier, Embedded, Runner
from bot.engine.engine import Engine
from bot.engine.jobs import Again, Dead, Done, Handler, Job, Outcome, Review, Stopping

__all__ = [
    "Again",
    "Carrier",
    "Dead",
    "Done",
    "Embedded",
    "Engine",
    "Handler",
    "Job",
    "Outcome",
    "Review",
    "Runner",
    "Stopping",
]
