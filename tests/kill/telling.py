"""Walk a morning that tells of somebody new: python -m tests.kill.telling < plan.json"""

from datetime import datetime

from sqlalchemy import func, select

from bot.discovery.digesting import MOST
from bot.discovery.kinds import SCAN
from bot.discovery.nightly import DIGEST, NIGHT
from store import candidates
from store.candidates import Found
from store.schema import candidate, nightly
from tests.kill.frame import Walk, run


class Telling(Walk):
    """Every copy has a night of its own, and one person who was not named before."""

    kinds = frozenset({NIGHT, DIGEST, SCAN})
    waits = (0, *(60,) * 7)

    def prepare(self, number: int) -> None:
        """Find somebody new, and let it be the hour of the digest."""
        found = Found(
            address=f"person{number}@night.example", name=f"Person {number}", company="", reasons="two_way",
            shared=False, conversations=1, received=1, sent=1, strength=20, last_at=self._now(),
        )  # fmt: skip
        with self.database.write() as tx:
            candidates.suggest(tx, self.plan["workspace"], self.plan["member"], found)
        self._turn_to_morning()

    def ended(self, number: int) -> bool:
        """Say whether the next night is planned."""
        with self.database.read() as tx:
            planned = tx.scalar(select(nightly.c.tell_at).where(nightly.c.tell_at > self.clock()))
        return not self.due() and planned is not None

    def take_over(self) -> None:
        """Begin as the next process, on the same morning."""
        super().take_over()
        self._now()

    def end(self) -> None:
        """Let as many mornings come as it takes to name whoever was not named for certain."""
        with self.database.read() as tx:
            unnamed = tx.scalar(select(func.count()).where(candidate.c.named_at.is_(None)))
        for number in range(int(unnamed or 0) // MOST + 1):
            self._turn_to_morning()
            self.carry(number)

    def _now(self) -> datetime:
        """Read the sandbox's clock: it goes on from one copy to the next."""
        now = datetime.fromisoformat(self.control("GET", "clock")["now"])
        self.clock.turn(now - self.clock())
        return now

    def _turn_to_morning(self) -> None:
        """Let it be the hour of the next digest, here and in the sandbox."""
        with self.database.read() as tx:
            tell_at = tx.scalar(select(nightly.c.tell_at))
        if tell_at is None:
            raise SystemExit("no night is planned")
        self.control("POST", "clock", {"set": tell_at.isoformat()})
        self._now()


if __name__ == "__main__":
    run(Telling)
