"""The calendar's refusals, with the bodies that clients take apart.

Source: https://developers.google.com/workspace/calendar/api/guides/errors
"""

from sandbox.google.gmail.errors import ApiError


class CalendarError(ApiError):
    """An error answer in the older form: it names no status."""

    def __init__(
        self,
        code: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(code, reason, message, domain=domain, location=location)
        self.body.pop("status", None)


def not_found() -> CalendarError:
    return CalendarError(404, "notFound", "Not Found")


def gone() -> CalendarError:
    return CalendarError(410, "deleted", "Resource has been deleted")


def duplicate() -> CalendarError:
    return CalendarError(409, "duplicate", "The requested identifier already exists.")


def changed() -> CalendarError:
    return CalendarError(412, "conditionNotMet", "Precondition Failed", location=("If-Match", "header"))


def forbidden() -> CalendarError:
    return CalendarError(403, "forbidden", "Forbidden")


def read_only() -> CalendarError:
    text = "You need to have writer access to this calendar."
    return CalendarError(403, "requiredAccessLevel", text, domain="calendar")


def over_rate() -> CalendarError:
    return CalendarError(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")


def over_usage() -> CalendarError:
    return CalendarError(403, "quotaExceeded", "Calendar usage limits exceeded.", domain="usageLimits")


def wrong(message: str, reason: str = "invalid") -> CalendarError:
    return CalendarError(400, reason, message)
