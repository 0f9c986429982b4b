"""What was taken once: Slack delivers again when an answer is late, and people press twice."""

from store.database import Transaction
from store.schema import seen


def first_time(tx: Transaction, workspace_id: str, key: str) -> bool:
    """Take a delivery or a press. False: it was taken before, and nothing more is to be done.

    Counts only with the rest of its transaction: rolled back, the next delivery is the first.
    """
    return tx.insert_new(seen, {"workspace_id": workspace_id, "key": key, "at": tx.now})
