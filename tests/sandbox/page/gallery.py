"""One of everything that a bot may draw, for the tests of the page and for looking at it."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """Make a plain_text object."""
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    """Make a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, more: str = "") -> Json:
    """Make an option."""
    return {"text": plain(text), "value": value, **({"description": plain(more)} if more else {})}


def button(text: str, action_id: str, **more: Any) -> Json:
    """Make a button."""
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": "v", **more}


def field(label: str, block_id: str, element: Json, **more: Any) -> Json:
    """Make an input block."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "a", **element},
        **more,
    }


HINT = plain("Only you see this")
COLOURS = [option("Green", "green"), option("Blue", "blue", "like the sea"), option("Red", "red")]

RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Hello Ann,\nthe "},
                {"type": "text", "text": "offer", "style": {"bold": True}},
                {"type": "text", "text": " is at "},
                {"type": "link", "url": "https://northwind.example/offer", "text": "this place"},
                {"type": "text", "text": " "},
                {"type": "emoji", "name": "tada"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 0,
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "deeper"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "What you wrote\nin two lines"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = <b>1</b>"}]},
    ],
}

MESSAGE: list[Json] = [
    {"type": "header", "text": plain("Conversations with Dana Reyes")},
    {
        "type": "context",
        "elements": [marked("dana@northwind.example"), marked("read from *ann@northwind.example*")],
    },
    {
        "type": "section",
        "text": marked(
            "*Offer for the fair* · 4 messages\n"
            "Dana, <!date^1795330800^{date_short_pretty} at {time}|Sunday> · _Waiting for you, 2 days_\n"
            "> Could you send me the figures & the plan?"
        ),
        "accessory": {
            "type": "overflow",
            "action_id": "inbox.more",
            "options": [option("Open in Gmail", "gmail"), option("Record", "record")],
        },
    },
    {
        "type": "actions",
        "elements": [
            button("Open", "inbox.open", style="primary", accessibility_label="Open Offer for the fair"),
            button("Reply", "inbox.reply", accessibility_label="Reply to Offer for the fair"),
            button("Open in Gmail", "inbox.gmail", url="https://mail.example/1"),
        ],
    },
    {"type": "divider"},
    {"type": "section", "fields": [marked("*Company*\nNorthwind"), marked("*Phone*\n+31 20 555 01 88")]},
    RICH,
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Item"}, {"type": "raw_text", "text": "Price"}],
            [{"type": "raw_text", "text": "Stand"}, {"type": "raw_text", "text": "1,200"}],
        ],
    },
    {"type": "markdown", "text": "Plain *markdown* text"},
    {"type": "section", "text": marked("`code` ~old~ :wave: <https://a.example|a link> <@U0BEN> &lt;b&gt;")},
    {
        "type": "actions",
        "elements": [
            {
                "type": "static_select",
                "action_id": "colour",
                "placeholder": plain("Choose a colour"),
                "options": COLOURS,
            },
            {"type": "datepicker", "action_id": "day", "placeholder": plain("Choose a day")},
            button(
                "Delete",
                "delete",
                style="danger",
                confirm={
                    "title": plain("Delete it?"),
                    "text": plain("This cannot be undone."),
                    "confirm": plain("Delete"),
                    "deny": plain("Keep"),
                    "style": "danger",
                },
            ),
        ],
    },
    {
        "type": "section",
        "text": marked("Who comes?"),
        "accessory": {"type": "checkboxes", "action_id": "boxes", "options": COLOURS},
    },
]

FORM: Json = {
    "type": "modal",
    "title": plain("Everything"),
    "submit": plain("Send"),
    "close": plain("Cancel"),
    "callback_id": "everything",
    "blocks": [
        {"type": "alert", "level": "warning", "text": plain("Answers go to another address.")},
        field("Name", "name", {"type": "plain_text_input", "placeholder": plain("First and last")}),
        field("Notes", "notes", {"type": "plain_text_input", "multiline": True}, optional=True, hint=HINT),
        field("Address", "address", {"type": "email_text_input"}, optional=True),
        field("Page", "page", {"type": "url_text_input"}, optional=True),
        field("Number", "number", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
        field("Message", "message", {"type": "rich_text_input", "placeholder": HINT}, optional=True),
        field("Colour", "colour", {"type": "static_select", "options": COLOURS}, optional=True),
        field("Colours", "colours", {"type": "multi_static_select", "options": COLOURS}, optional=True),
        field("Contact", "contact", {"type": "external_select", "min_query_length": 1}, optional=True),
        field("Person", "person", {"type": "users_select"}, optional=True),
        field("Day", "day", {"type": "datepicker", "initial_date": "2026-11-23"}, optional=True),
        field("Time", "time", {"type": "timepicker"}, optional=True),
        field("Moment", "moment", {"type": "datetimepicker"}, optional=True),
        field("Boxes", "boxes", {"type": "checkboxes", "options": COLOURS}, optional=True),
        field("One", "one", {"type": "radio_buttons", "options": COLOURS}, optional=True),
    ],
}

HOME: Json = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Today")},
        {"type": "context", "elements": [marked("ann@northwind.example connected")]},
        {
            "type": "actions",
            "elements": [
                button("Today", "home.today", style="primary"),
                button("Contacts", "home.contacts"),
                button("Gmail & Outlook", "home.accounts"),
            ],
        },
        {"type": "divider"},
        {
            "type": "section",
            "text": marked("*Find a conversation*"),
            "accessory": {
                "type": "external_select",
                "action_id": "home.find",
                "placeholder": plain("Name or address"),
                "min_query_length": 0,
            },
        },
    ],
}
