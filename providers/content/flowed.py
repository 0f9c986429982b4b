"""format=flowed undone: soft line breaks out, hard ones kept (RFC 3676)."""

from collections.abc import Mapping


def unflow(text: str, parameters: Mapping[str, str]) -> str:
    """Join the flowed lines of a text/plain part; text of any other format comes back as it is."""
    if parameters.get("format", "").strip(" \"'").casefold() != "flowed":
        return text
    delete_space = parameters.get("delsp", "").strip(" \"'").casefold() == "yes"
    lines: list[str] = []
    pending: list[str] = []
    pending_depth = 0
    for raw in text.replace("\r\n", "\n").split("\n"):
        bare = raw.lstrip(">")
        depth = len(raw) - len(bare)
        line = bare[1:] if bare.startswith(" ") else bare  # space-stuffing
        if not depth and line.startswith(">"):
            line = f"  {line}"  # stuffed because it is no quote (RFC 3676, 4.4): it stays set in
        flows = line.endswith(" ") and line != "-- "
        if pending and depth != pending_depth:
            lines.append(_joined(pending, pending_depth))
            pending = []
        pending_depth = depth
        pending.append(line[:-1] if flows and delete_space else line)
        if not flows:
            lines.append(_joined(pending, pending_depth))
            pending = []
    if pending:
        lines.append(_joined(pending, pending_depth))
    return "\n".join(lines)


def _joined(pieces: list[str], depth: int) -> str:
    line = "".join(pieces)
    return f"{'>' * depth} {line}" if depth else line
