"""Ids of single-value extended properties: what apps hang on a message for themselves.

Source: https://learn.microsoft.com/graph/api/resources/extended-properties-overview
"""

import re

from sandbox.mail.raw import RawMessage
from sandbox.microsoft.graph.errors import bad_request

_TYPES = "ApplicationTime|Binary|Boolean|CLSID|Currency|Double|Float|Integer|Long|Short|String|SystemTime"
_GUID = r"\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}"
_NAMED = re.compile(rf"({_TYPES}) ({_GUID}) (Name|Id) (\S.*)")
_TAGGED = re.compile(rf"({_TYPES}) (0x[0-9a-fA-F]+)")


def normal_property_id(text: str) -> str:
    """Write an id as Graph answers it. Raises GraphError."""
    if named := _NAMED.fullmatch(text):
        kind, guid, how, name = named.groups()
        return f"{kind} {guid.lower()} {how} {name}"
    if tagged := _TAGGED.fullmatch(text):
        return f"{tagged.group(1)} {tagged.group(2).lower()}"
    raise bad_request("The property id is invalid.", "ErrorInvalidProperty")


def mapi_properties(raw: RawMessage, *, chat: bool) -> dict[str, str]:
    """Give what MAPI itself knows of an item, whatever Graph's own properties leave out.

    Source: [MS-OXPROPS] PidTagInternetReferences, PidTagInReplyToId, PidTagMessageClass.
    """
    found = {"String 0x001a": "IPM.SkypeTeams.Message" if chat else "IPM.Note"}
    if raw.references:
        found["String 0x1039"] = " ".join(raw.references)
        found["String 0x1042"] = raw.references[-1]
    return found


def read_properties(given: object) -> dict[str, str]:
    """Read the singleValueExtendedProperties of a message that is written. Raises GraphError."""
    found: dict[str, str] = {}
    for one in given if isinstance(given, list) else [given]:
        if not isinstance(one, dict) or set(one) - {"id", "value"} or not isinstance(one.get("value"), str):
            raise bad_request("The extended property is not one.", "ErrorInvalidProperty")
        found[normal_property_id(str(one.get("id", "")))] = one["value"]
    return found
