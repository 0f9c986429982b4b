"""Walk a decision about somebody: python -m tests.kill.reviewing < plan.json"""

import json
from typing import Any

from sqlalchemy import func, select

from store.schema import block, candidate, contact_address, dismissal
from tests.kill.frame import Walk, run


class Deciding(Walk):
    """Every copy decides about somebody else. Contacts, hashes and the person's row must agree then."""

    pause = 60

    def prepare(self, number: int) -> None:
        """Decide what is to be taken back."""
        for payload in self.plan["before"]:
            self._press(payload, number)

    def act(self, number: int) -> None:
        """Press."""
        self._press(self.plan["payload"], number)
        self.tell("answered")

    def finish(self, number: int, told: str) -> None:
        """Hold that it is done or not; press again where Slack said that it failed, and once for nothing."""
        standing = self._standing(number)
        if standing not in (self.plan["began"], self.plan["wanted"]):
            raise SystemExit(f"killed at {number}, it stands half done: {standing}")
        if told and standing != self.plan["wanted"]:
            raise SystemExit(f"number {number} was answered and is not done: {standing}")
        for _ in range(2):
            self._press(self.plan["payload"], number)
            standing = self._standing(number)
            if standing != self.plan["wanted"]:
                raise SystemExit(f"pressed again, it stands at {standing}")

    def _standing(self, number: int) -> list[object]:
        """How somebody stands: state, contacts with the address, whether the row names one; all hashes."""
        with self.database.read() as tx:
            person = tx.first(
                select(candidate.c.address, candidate.c.state, candidate.c.contact_id).where(
                    candidate.c.id == self.plan["people"][number]
                )
            )
            assert person is not None
            holders = tx.all(
                select(contact_address.c.contact_id).where(contact_address.c.address == person.address)
            )
            hashes = [tx.scalar(select(func.count()).select_from(table)) for table in (dismissal, block)]
        linked = [row.contact_id for row in holders] == [person.contact_id]
        earlier = [number * of_one for of_one in self.plan["wanted"][3:]]  # for the people before
        made = [int(one or 0) - others for one, others in zip(hashes, earlier, strict=True)]
        return [person.state, len(holders), linked, *made]

    def _press(self, payload: dict[str, Any], number: int) -> None:
        """Press beside another person than it was made for."""
        people = self.plan["people"]
        answer = self.press(json.dumps(payload).replace(people[0], people[number]))
        if answer.status_code != 200:
            raise SystemExit(f"the press was answered with {answer.status}")


if __name__ == "__main__":
    run(Deciding)
