"""Remember how far each member has read, for the numbers in the sidebar."""

from sandbox.slack.state import State


class Reading:
    """Keep the last message seen by each member in each conversation, in memory."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], str] = {}

    def read(self, member: str, channel: str, ts: str) -> None:
        """Remember that a member has seen everything up to a message."""
        self._seen[member, channel] = max(ts, self._seen.get((member, channel), ""))

    def unread(self, state: State, member: str, channel: str) -> int:
        """Count the messages of others that a member has not seen."""
        last = self._seen.get((member, channel), "")
        return sum(
            message.ts > last and message.user_id != member and message.only_for in (None, member)
            for message in state.messages.get(channel, ())
        )
