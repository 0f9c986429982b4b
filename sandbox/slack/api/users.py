"""users.*: who somebody is.

Source: docs.slack.dev/reference/methods/users.*, /reference/objects/user-object.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.slack.api.call import ApiCall, Json, Method
from sandbox.slack.errors import SlackRefusalError
from sandbox.slack.state import Installation, SlackUser, Workspace


def info(call: ApiCall) -> Json:
    """Tell of one person."""
    user = call.user(call.need("user", "user_not_found"))
    return {"user": user_json(call, user, call.flag("include_locale"))}


def lookup_by_email(call: ApiCall) -> Json:
    """Find a person by address; deactivated ones are not found."""
    email = call.need("email", "users_not_found").lower()
    for user in list(call.workspace.users.values()):
        if user.email.lower() == email and not user.deleted:
            return {"user": user_json(call, user, False)}
    raise SlackRefusalError("users_not_found")


def list_users(call: ApiCall) -> Json:
    """Tell of everybody, in pages."""
    everybody = list(call.workspace.users.values())
    size = min(int(call.args.get("limit") or 200), 1000)
    try:
        start = int(call.args.get("cursor") or 0)
    except ValueError:
        raise SlackRefusalError("invalid_cursor") from None
    locale = call.flag("include_locale")
    page = everybody[start : start + size]
    following = str(start + size) if start + size < len(everybody) else ""
    return {
        "members": [user_json(call, user, locale) for user in page],
        "cache_ts": int(call.slack.clock.now().timestamp()),
        "response_metadata": {"next_cursor": following},
    }


def user_json(call: ApiCall, user: SlackUser, with_locale: bool) -> Json:
    """Return a person as the Web API tells of them; the address only with its scope."""
    return card(user, call.workspace, call.installation, call.slack.clock.now(), with_locale)


def card(
    user: SlackUser, workspace: Workspace, installation: Installation, now: datetime, with_locale: bool
) -> Json:
    """Return a person as answers and events tell of them."""
    profile: Json = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "team": user.team_id or workspace.id,
    }
    if "users:read.email" in installation.scopes and user.email:
        profile["email"] = user.email
    shown: Json = {
        "id": user.id,
        "team_id": user.team_id or workspace.id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.is_stranger:
        shown["is_stranger"] = True
    if user.deleted:
        return shown
    zone = ZoneInfo(user.tz)
    offset = now.astimezone(zone).utcoffset()
    shown |= {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": datetime.now(UTC).astimezone(zone).tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin or user.is_owner or user.is_primary_owner,
        "is_owner": user.is_owner or user.is_primary_owner,
        "is_primary_owner": user.is_primary_owner,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": True,
    }
    if with_locale:
        shown["locale"] = user.locale
    return shown


METHODS = {
    "users.info": Method(info, "users:read", 4),
    "users.lookupByEmail": Method(lookup_by_email, "users:read.email", 3),
    "users.list": Method(list_users, "users:read", 2),
}
