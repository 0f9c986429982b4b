"""Walk a message from the press on Send to the provider: python -m tests.kill.walking < plan.json"""

import json

from sqlalchemy import select, update

from bot.inbox.outbox import SEND
from store.ids import new_id
from store.schema import outgoing
from tests.kill.copies import unwatched
from tests.kill.frame import Walk, run


class Sending(Walk):
    """Every copy sends a message of its own. What Slack called failed, the person presses again."""

    kinds = frozenset({SEND})
    waits = (0, 2, 15, 60, 130, 200)
    batch = 25
    pause = 60

    def prepare(self, number: int) -> None:
        """Dial in what goes wrong besides, and press where the press itself is not walked."""
        if self.plan["fault"]:
            self._dial(self.plan["fault"])
        if not self.plan["from_send"]:
            self._send(number)

    def act(self, number: int) -> None:
        """Press Send and carry the message to the provider."""
        if self.plan["from_send"]:
            self._send(number)
        self.carry(number)

    def ended(self, number: int) -> bool:
        """Say whether it is sent, or waits for the person's word."""
        nonce = json.loads(self.plan["payloads"][number]["view"]["private_metadata"])["nonce"]
        with self.database.read() as tx:
            state = tx.scalar(select(outgoing.c.state).where(outgoing.c.window_nonce == nonce))
        return state in self.plan["ends"]

    def take_over(self) -> None:
        """Begin as the next process: nothing goes wrong any more."""
        super().take_over()
        self._dial()
        if self.plan["naive"]:
            self._begin_anew()

    def finish(self, number: int, told: str) -> None:
        """Press again what was not answered, and carry it to its end."""
        if not told:
            self._send(number)
        self.carry(number)

    def _begin_anew(self) -> None:
        """Do what a careless program would: send whatever is not known to be sent, from the beginning."""
        with self.database.write() as tx:
            for row in tx.all(select(outgoing.c.id).where(outgoing.c.state == "sending")):
                fresh = {"state": "queued", "prepared_ref": None, "key": new_id()}
                tx.execute(update(outgoing).where(outgoing.c.id == row.id).values(**fresh))

    def _send(self, number: int) -> None:
        answer = self.press(json.dumps(self.plan["payloads"][number]))
        with unwatched():
            if b'"update"' not in answer.get_data():
                raise SystemExit(f"Send was answered with {answer.status}: {answer.get_data()[:300]!r}")
            self.tell("answered")

    def _dial(self, fault: dict[str, object] | None = None) -> None:
        """Dial out what goes wrong, and this fault in."""
        self.control("DELETE", "faults")
        if fault:
            self.control("POST", "faults", fault)


if __name__ == "__main__":
    run(Sending)
