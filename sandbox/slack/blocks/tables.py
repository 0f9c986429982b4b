"""Block Kit as tables: which field holds what, and which block and element stands on which surface.

Source: reference slack.md 1.1 to 1.4; docs.slack.dev/reference/block-kit; slack_sdk.models.blocks.
Left out, hence refused as unsupported: blocks that Mailroom has no use for (video, card, carousel, container,
data_table, data_visualization, context_actions, task_card, plan, file, auth_provider, workflow_button).
"""

from sandbox.slack.blocks.fields import (
    Field,
    Table,
    choice,
    flag,
    many,
    must,
    plain,
    string,
    text,
    thing,
    typed,
    whole,
)

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = (MESSAGE, MODAL, HOME)

ID = string(255)
PLACEHOLDER = plain(150)
CONFIRM = thing("confirm")
DISPATCH = thing("dispatch_action_config")

COMPOSITION: dict[str, Table] = {
    "confirm": {
        "title": must(plain(100)),
        "text": must(text(300)),
        "confirm": must(plain(30)),
        "deny": must(plain(30)),
        "style": choice("primary", "danger"),
    },
    # The Python SDK allows values of 150 characters, docs.slack.dev too; @slack/types says 75 and is stale.
    "option": {"text": must(plain(75)), "value": must(string(150)), "description": plain(75)},
    "rich_option": {"text": must(text(75)), "value": must(string(150)), "description": text(75)},
    "overflow_option": {
        "text": must(plain(75)),
        "value": must(string(150)),
        "description": plain(75),
        "url": string(3000, form="url"),
    },
    "option_group": {"label": must(plain(75)), "options": must(many(thing("option"), 1, 100))},
    "dispatch_action_config": {
        "trigger_actions_on": must(many(choice("on_enter_pressed", "on_character_entered"), 1, 2))
    },
    "filter": {
        "include": many(choice("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag(),
        "exclude_bot_users": flag(),
    },
    "slack_file": {"id": string(255), "url": string(3000, form="url")},
    "column_setting": {"align": choice("left", "center", "right"), "is_wrapped": flag()},
    "style": {"bold": flag(), "italic": flag(), "strike": flag(), "code": flag(), "underline": flag()},
    "mention_style": {
        "bold": flag(),
        "italic": flag(),
        "strike": flag(),
        "highlight": flag(),
        "client_highlight": flag(),
        "unlink": flag(),
    },
}

OPTIONS = many(thing("option"), 1, 100)
GROUPS = many(thing("option_group"), 1, 100)
_SELECT: Table = {"action_id": ID, "placeholder": PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": flag()}
_MULTI: Table = {**_SELECT, "max_selected_items": whole(1, 1000)}
_TYPED_IN: Table = {
    "action_id": ID,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH,
    "focus_on_load": flag(),
}
_CONVERSATIONS: Table = {"default_to_current_conversation": flag(), "filter": thing("filter")}
_IDS = many(string(255), 1, 1000)

ELEMENTS: dict[str, Table] = {
    "button": {
        "action_id": ID,
        "text": must(plain(75)),
        "url": string(3000, form="url"),
        "value": string(2000),
        "style": choice("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
    "overflow": {"action_id": ID, "options": must(many(thing("overflow_option"), 1, 5)), "confirm": CONFIRM},
    "checkboxes": {
        "action_id": ID,
        "options": must(many(thing("rich_option"), 1, 10)),
        "initial_options": many(thing("rich_option"), 1, 10),
        "confirm": CONFIRM,
        "focus_on_load": flag(),
    },
    "radio_buttons": {
        "action_id": ID,
        "options": must(many(thing("rich_option"), 1, 10)),
        "initial_option": thing("rich_option"),
        "confirm": CONFIRM,
        "focus_on_load": flag(),
    },
    "datepicker": {**_SELECT, "initial_date": string(form="date")},
    "timepicker": {**_SELECT, "initial_time": string(form="time"), "timezone": string(255)},
    "datetimepicker": {
        "action_id": ID,
        "initial_date_time": whole(1_000_000_000, 9_999_999_999),
        "confirm": CONFIRM,
        "focus_on_load": flag(),
    },
    "static_select": {
        **_SELECT,
        "options": OPTIONS,
        "option_groups": GROUPS,
        "initial_option": thing("option"),
    },
    "external_select": {**_SELECT, "min_query_length": whole(0, 255), "initial_option": thing("option")},
    "users_select": {**_SELECT, "initial_user": string(255)},
    "conversations_select": {
        **_SELECT,
        **_CONVERSATIONS,
        "initial_conversation": string(255),
        "response_url_enabled": flag(),
    },
    "channels_select": {**_SELECT, "initial_channel": string(255), "response_url_enabled": flag()},
    "multi_static_select": {
        **_MULTI,
        "options": OPTIONS,
        "option_groups": GROUPS,
        "initial_options": many(thing("option"), 1, 100),
    },
    "multi_external_select": {
        **_MULTI,
        "min_query_length": whole(0, 255),
        "initial_options": many(thing("option"), 1, 100),
    },
    "multi_users_select": {**_MULTI, "initial_users": _IDS},
    "multi_conversations_select": {**_MULTI, **_CONVERSATIONS, "initial_conversations": _IDS},
    "multi_channels_select": {**_MULTI, "initial_channels": _IDS},
    "plain_text_input": {
        **_TYPED_IN,
        "initial_value": string(3000),
        "multiline": flag(),
        "min_length": whole(0, 3000),
        "max_length": whole(1, 3000),
    },
    "rich_text_input": {
        **_TYPED_IN,
        "initial_value": typed("rich_text"),
        "min_lines": whole(1, 100),
        "max_lines": whole(1, 100),
    },
    "email_text_input": {**_TYPED_IN, "initial_value": string(3000)},
    "url_text_input": {**_TYPED_IN, "initial_value": string(3000)},
    "number_input": {
        **_TYPED_IN,
        "is_decimal_allowed": must(flag()),
        "initial_value": string(255, form="number"),
        "min_value": string(255, form="number"),
        "max_value": string(255, form="number"),
    },
    "file_input": {"action_id": ID, "filetypes": many(string(255), 1, 100), "max_files": whole(1, 10)},
    "image": {
        "alt_text": must(string(2000)),
        "image_url": string(3000, form="image"),
        "slack_file": thing("slack_file"),
    },
}

_SELECTS = (
    *("static_select", "external_select", "users_select", "conversations_select", "channels_select"),
    *("multi_static_select", "multi_external_select", "multi_users_select"),
    *("multi_conversations_select", "multi_channels_select"),
)
_PICKS = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
ACCESSORIES = ("button", "overflow", "image", *_PICKS, *_SELECTS)
IN_ACTIONS = ("button", "overflow", "datetimepicker", *_PICKS, *_SELECTS)
IN_INPUT = (
    *(
        "plain_text_input",
        "rich_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "file_input",
    ),
    *("datetimepicker", *_PICKS, *_SELECTS),
)

# Elements that do not stand on every surface.
ELEMENT_SURFACES: dict[str, tuple[str, ...]] = {
    "datetimepicker": (MESSAGE, MODAL),
    "rich_text_input": (MODAL, HOME),
    "email_text_input": (MODAL,),
    "number_input": (MODAL,),
    "url_text_input": (MODAL,),
    "file_input": (MODAL,),
}

_CELL = typed("raw_text", "raw_number", "rich_text")

BLOCKS: dict[str, Table] = {
    "section": {
        "text": text(3000),
        "fields": many(text(2000), 1, 10),
        "accessory": typed(*ACCESSORIES),
        "expand": flag(),
    },
    "actions": {"elements": must(many(typed(*IN_ACTIONS), 1, 25))},
    "context": {"elements": must(many(typed("image", "plain_text", "mrkdwn"), 1, 10))},
    "header": {"text": must(plain(150))},
    "divider": {},
    "image": {
        "alt_text": must(string(2000)),
        "image_url": string(3000, form="image"),
        "slack_file": thing("slack_file"),
        "title": plain(2000),
    },
    "input": {
        "label": must(plain(2000)),
        "element": must(typed(*IN_INPUT)),
        "hint": plain(2000),
        "optional": flag(),
        "dispatch_action": flag(),
    },
    "rich_text": {
        "elements": must(
            many(
                typed("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"),
                1,
                1000,
            )
        )
    },
    "markdown": {"text": must(string(12_000))},
    "table": {
        "rows": must(many(many(_CELL, 1, 20), 1, 100)),
        "column_settings": many(thing("column_setting"), 1, 20),
    },
    "alert": {"text": must(text(200)), "level": choice("default", "info", "warning", "error", "success")},
}

BLOCK_SURFACES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(BLOCKS, EVERYWHERE),
    "markdown": (MESSAGE,),
    "table": (MESSAGE, HOME),
    "alert": (MODAL,),
}

BLOCK_LIMIT = {MESSAGE: 50, MODAL: 100, HOME: 100}


def any_block() -> Field:
    """Allow whatever block there is; the surface is looked at apart."""
    return typed(*BLOCKS)


VIEWS: dict[str, Table] = {
    MODAL: {
        "title": must(plain(24)),
        "blocks": must(many(any_block(), 1, BLOCK_LIMIT[MODAL])),
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": string(3000, low=0),
        "callback_id": string(255, low=0),
        "external_id": string(255, low=0),
        "clear_on_close": flag(),
        "notify_on_close": flag(),
    },
    HOME: {
        "blocks": must(many(any_block(), 1, BLOCK_LIMIT[HOME])),
        "private_metadata": string(3000, low=0),
        "callback_id": string(255, low=0),
        "external_id": string(255, low=0),
    },
}
