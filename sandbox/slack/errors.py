"""A refusal of the Web API, as the code Slack would answer with."""

from typing import Any

from sandbox.slack.blocks.walk import Problem


class SlackRefusalError(Exception):
    """Refuse a call with `{"ok": false, "error": code, …}`."""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


def refuse_problems(code: str, problems: list[Problem]) -> None:
    """Refuse when there are problems, and repeat them in both places where Slack does.

    Raises: SlackRefusalError.
    """
    if problems:
        words = [str(problem) for problem in problems]
        raise SlackRefusalError(
            code,
            **({"errors": words} if code == "invalid_blocks" else {}),
            response_metadata={"messages": [f"[ERROR] {word}" for word in words]},
        )
