"""Rich text as tables: its sections, lists, quotes, code, and what stands in a line.

Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block; slack_sdk RichTextElementParts.
"""

from sandbox.slack.blocks.fields import Table, choice, flag, many, must, string, thing, typed, whole

_STYLE = thing("style")
_MENTION_STYLE = thing("mention_style")
_IN_LINE = typed(
    "text", "link", "emoji", "date", "user", "channel", "usergroup", "broadcast", "team", "color"
)

RICH: dict[str, Table] = {
    "rich_text_section": {"elements": must(many(_IN_LINE, 1, 1000))},
    # A list holds sections only; a nested list is a list of its own with a greater `indent`.
    "rich_text_list": {
        "style": must(choice("bullet", "ordered")),
        "elements": must(many(typed("rich_text_section"), 1, 1000)),
        "indent": whole(0, 8),
        "offset": whole(0, 100_000),
        "border": whole(0, 1),
    },
    "rich_text_quote": {"elements": must(many(_IN_LINE, 1, 1000)), "border": whole(0, 1)},
    "rich_text_preformatted": {
        "elements": must(many(typed("text", "link"), 1, 1000)),
        "border": whole(0, 1),
        "language": string(100),
    },
    "text": {"text": must(string()), "style": _STYLE},
    "link": {"url": must(string(3000, form="url")), "text": string(), "unsafe": flag(), "style": _STYLE},
    "emoji": {
        "name": must(string(255)),
        "unicode": string(255),
        "skin_tone": whole(1, 6),
        "style": _STYLE,
    },
    "date": {
        "timestamp": must(whole(0, 99_999_999_999)),
        "format": must(string(255)),
        "url": string(3000, form="url"),
        "fallback": string(3000),
        "style": _STYLE,
    },
    "user": {"user_id": must(string(255)), "style": _MENTION_STYLE},
    "channel": {"channel_id": must(string(255)), "style": _MENTION_STYLE},
    "usergroup": {"usergroup_id": must(string(255)), "style": _MENTION_STYLE},
    "broadcast": {"range": must(choice("here", "channel", "everyone")), "style": _STYLE},
    "team": {"team_id": must(string(255)), "style": _STYLE},
    "color": {"value": must(string(255)), "style": _STYLE},
    "raw_text": {"text": must(string())},
    "raw_number": {"value": must(whole(-(10**15), 10**15)), "text": string()},
}

# What a person cannot send back when it stands in the preset of a rich_text_input (bolt-python #1003).
MENTIONS = ("user", "channel", "usergroup", "broadcast", "team")
