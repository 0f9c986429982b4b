"""The night on the settings page (screens.md 2.5), what the command answers, and nights that failed."""

from collections.abc import Sequence

from bot import doors
from bot.blocks import (
    Block,
    actions,
    boxes,
    button,
    date_picker,
    escape,
    header,
    option,
    plain,
    section,
    select,
)
from bot.discovery.nightly_pages import NightlySettings
from bot.payloads import ListRef, PageRef
from bot.places import Answer, Notice, notice_blocks
from bot.words import Reader

ON_OFF, HOUR, DAYS = "discovery.nightly", "discovery.nightly_hour", "discovery.nightly_days"
PAUSE, GO_ON, NAMES = "discovery.nightly_pause", "discovery.nightly_go_on", "discovery.names"
ON, OFF, EVERY_DAY, WORKING_DAYS, SHOWN = "on", "off", "every", "working", "shown"
ACCOUNTS = "accounts"  # the page of Home that holds these settings


def settings_blocks(shown: NightlySettings, reader: Reader, version: int) -> list[Block]:
    """Draw the settings of the night: 8 blocks. A new `version` makes Slack forget what was chosen."""
    blocks = [
        header(reader.say("People found in your mail")),
        section(plain(standing(shown, reader))),
        actions(_on_off(shown, reader), block_id=f"night{version}"),
    ]
    if shown.is_on:
        blocks += [
            _labelled(reader.say("Hour of the message"), _hours(shown, reader), f"hour{version}"),
            _labelled(reader.say("Days with a message"), _days(shown, reader), f"days{version}"),
            *_pause(shown, reader, version),
        ]
    named = option(reader.say("Names in notifications"), SHOWN)
    blocks.append(actions(boxes(NAMES, [named], [named] if shown.names else []), block_id=f"names{version}"))
    return blocks


def standing(shown: NightlySettings, reader: Reader) -> str:
    """Say what happens at night, and when the next digest may come."""
    if not shown.is_on:
        return reader.say(
            "The nightly scan is off. Switched on, Mailroom looks in the night for people who wrote to you"
            " and are not in your contacts, and tells you in the morning if there is somebody new."
        )
    at = _clock(shown.hour)
    if is_paused(shown, reader) and shown.paused_until:
        return reader.say(
            "The nightly scan is on and pauses. It goes on with a message at {time} on {day}.",
            time=at,
            day=reader.date(shown.paused_until),
        )
    said = reader.say(
        "The nightly scan is on. If there is somebody new, a message tells you at {time}.", time=at
    )
    if shown.next_at is None:
        return said
    day = reader.date(reader.local(shown.next_at).date())
    return f"{said} {reader.say('Next time: {day}.', day=day)}"


def is_paused(shown: NightlySettings, reader: Reader) -> bool:
    """Say whether a pause has not ended yet."""
    return shown.paused_until is not None and reader.local(reader.now).date() < shown.paused_until


def _clock(hour: int) -> str:
    return f"{hour:02}:00"


def _radio(action_id: str, options: Sequence[Block], chosen: Block) -> Block:
    return {
        "type": "radio_buttons", "action_id": action_id, "options": list(options), "initial_option": chosen
    }  # fmt: skip


def _on_off(shown: NightlySettings, reader: Reader) -> Block:
    on, off = option(reader.say("Scan every night"), ON), option(reader.say("Off"), OFF)
    return _radio(ON_OFF, [on, off], on if shown.is_on else off)


def _labelled(label: str, control: Block, block_id: str) -> Block:
    return {**section(plain(label), control), "block_id": block_id}


def _hours(shown: NightlySettings, reader: Reader) -> Block:
    hours = [option(reader.say("Tell me at {time}", time=_clock(hour)), str(hour)) for hour in range(24)]
    return select(HOUR, hours, chosen=hours[shown.hour])


def _days(shown: NightlySettings, reader: Reader) -> Block:
    every, working = (
        option(reader.say("Every day"), EVERY_DAY),
        option(reader.say("Monday to Friday"), WORKING_DAYS),
    )
    return select(DAYS, [every, working], chosen=working if shown.working_days else every)


def _pause(shown: NightlySettings, reader: Reader, version: int) -> list[Block]:
    paused = is_paused(shown, reader)
    chosen = shown.paused_until.isoformat() if paused and shown.paused_until else ""
    picker = date_picker(PAUSE, chosen=chosen)
    if not chosen:
        picker["placeholder"] = plain(reader.say("Choose a day"))
    label = reader.say("Pause until, no message before that day")
    blocks = [_labelled(label, picker, f"pause{version}")]
    if paused:
        blocks.append(actions(button(reader.say("Go on now"), GO_ON)))
    return blocks


# --- notices ----------------------------------------------------------------------------------------------


def switched(shown: NightlySettings, reader: Reader) -> Notice:
    """Say how the night stands after it was changed outside the settings."""
    return Notice(standing(shown, reader), (_settings(reader),))


def how_to(shown: NightlySettings, command: str, reader: Reader) -> Notice:
    """Say what can be typed, for words that were not understood."""
    said = reader.say(
        "Type {command} digest on or {command} digest off, or an hour like {command} digest 8.",
        command=command,
    )
    return Notice(f"{said} {standing(shown, reader)}", (_settings(reader),))


def connect_first(offers: Sequence[str], reader: Reader) -> Notice:
    """Say that there is nothing to scan yet."""
    said = reader.say("No mailbox is connected, so there is nothing to scan. Connect one first.")
    return Notice(said, tuple(doors.connect_buttons(reader, offers, ListRef())))


def past_pause(reader: Reader) -> Notice:
    """Say that a pause has to end on a day to come."""
    return Notice(reader.say("A pause ends on a day that is still to come. Nothing was changed."))


def failing_notice(reader: Reader) -> Block:
    """Stand above Home while nights fail."""
    return section(plain(_failing(reader)), _settings(reader))


def failing_message(reader: Reader) -> Answer:
    """Say once, in a direct message, that nights fail."""
    return Answer(escape(_failing(reader)), notice_blocks(Notice(_failing(reader), (_settings(reader),))))


def _failing(reader: Reader) -> str:
    return reader.say(
        "Three nights in a row Mailroom could not read your mail to look for new people. Nothing is lost: it"
        " tries again every night. The page of your accounts shows whether something is to be done."
    )


def _settings(reader: Reader) -> Block:
    return doors.HOME_PAGE.draw(reader, PageRef(ACCOUNTS), text=reader.say("Settings"))


def without_offer(blocks: Sequence[Block]) -> list[Block]:
    """Take the button that was pressed out of a window: it is on now."""
    left = []
    for block in blocks:
        if block.get("type") == "actions":
            kept = [one for one in block["elements"] if one.get("action_id") != doors.NIGHTLY_ON.action_id]
            if not kept:
                continue
            block = {**block, "elements": kept}
        left.append(block)
    return left
