"""Turn Slack's emoji short codes into characters.

Only the codes that people and apps use most; an unknown code stays as it was typed, as in Slack.
Source: https://docs.slack.dev/messaging/formatting-message-text#emoji
"""

import re

from markupsafe import Markup

CODE = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:")

_FACES = (
    "smile=😄 smiley=😃 grinning=😀 grin=😁 laughing=😆 joy=😂 rolling_on_the_floor_laughing=🤣 "
    "wink=😉 blush=😊 slightly_smiling_face=🙂 upside_down_face=🙃 heart_eyes=😍 "
    "thinking_face=🤔 neutral_face=😐 confused=😕 disappointed=😞 cry=😢 sob=😭 angry=😠 "
    "scream=😱 sunglasses=😎 zzz=💤 sweat_smile=😅 face_with_rolling_eyes=🙄 "
)
_HANDS = (
    "+1=👍 thumbsup=👍 -1=👎 thumbsdown=👎 wave=👋 clap=👏 pray=🙏 ok_hand=👌 raised_hands=🙌 "
    "muscle=💪 point_right=👉 point_left=👈 point_up=☝️ point_down=👇 handshake=🤝 eyes=👀 "
    "writing_hand=✍️ "
)
_SIGNS = (
    "white_check_mark=✅ heavy_check_mark=✔️ ballot_box_with_check=☑️ x=❌ warning=⚠️ "
    "no_entry=⛔ information_source=ℹ️ question=❓ exclamation=❗ heart=❤️ star=⭐ sparkles=✨ "
    "fire=🔥 tada=🎉 rocket=🚀 zap=⚡ bulb=💡 100=💯 red_circle=🔴 large_yellow_circle=🟡 "
    "large_green_circle=🟢 large_blue_circle=🔵 white_circle=⚪ black_circle=⚫ "
    "arrow_right=➡️ arrow_left=⬅️ arrow_up=⬆️ arrow_down=⬇️ repeat=🔁 "
    "arrows_counterclockwise=🔄 leftwards_arrow_with_hook=↩️ arrow_right_hook=↪️ "
    "heavy_plus_sign=➕ recycle=♻️ "
)
_THINGS = (
    "email=✉️ envelope=✉️ incoming_envelope=📨 envelope_with_arrow=📩 e-mail=📧 inbox_tray=📥 "
    "outbox_tray=📤 mailbox=📫 mailbox_with_mail=📬 mailbox_closed=📪 package=📦 paperclip=📎 "
    "linked_paperclips=🖇️ link=🔗 lock=🔒 unlock=🔓 key=🔑 mag=🔍 mag_right=🔎 calendar=📆 "
    "date=📅 spiral_calendar_pad=🗓️ clock1=🕐 hourglass=⌛ hourglass_flowing_sand=⏳ "
    "alarm_clock=⏰ stopwatch=⏱️ bell=🔔 no_bell=🔕 memo=📝 pencil=📝 pencil2=✏️ clipboard=📋 "
    "page_facing_up=📄 bookmark_tabs=📑 file_folder=📁 open_file_folder=📂 card_index=📇 "
    "bust_in_silhouette=👤 busts_in_silhouette=👥 office=🏢 house=🏠 telephone_receiver=📞 "
    "phone=☎️ computer=💻 gear=⚙️ wrench=🔧 hammer_and_wrench=🛠️ speech_balloon=💬 "
    "thought_balloon=💭 chart_with_upwards_trend=📈 moneybag=💰 credit_card=💳 gift=🎁 "
    "coffee=☕ pizza=🍕 birthday=🎂 beers=🍻 sunny=☀️ crescent_moon=🌙 snowflake=❄️ "
    "airplane=✈️ car=🚗 dart=🎯 trophy=🏆 wastebasket=🗑️ robot_face=🤖 earth_africa=🌍 "
    "globe_with_meridians=🌐 satellite_antenna=📡 newspaper=📰 scroll=📜 pushpin=📌 "
    "round_pushpin=📍 "
)

EMOJI: dict[str, str] = dict(
    pair.split("=", 1) for group in (_FACES, _HANDS, _SIGNS, _THINGS) for pair in group.split()
)


def emoji_html(name: str) -> Markup:
    """Draw one emoji by its short code; the code itself when it is unknown."""
    character = EMOJI.get(name)
    if character is None:
        return Markup("<span>:{}:</span>").format(name)
    return Markup('<span class="emoji" role="img" aria-label="{} emoji">{}</span>').format(
        name.replace("_", " "), character
    )


def emoji_text(text: str) -> str:
    """Replace the known codes in plain text."""
    return CODE.sub(lambda found: EMOJI.get(found[1], found[0]), text)
