"""What the page of a file says of single lines: why one is left out, what of one is used and what is not."""

from collections.abc import Iterable

from bot.contacts.columns import Finding, Passed, Reason, Told, Why
from bot.contacts.views import field_name
from bot.words import Reader


def finding_line(one: Finding, reader: Reader) -> str:
    """Why a line is left out."""
    say, line = reader.say, f"{one.line:,}"
    match one.reason:
        case Reason.NO_ADDRESS:
            return say("Line {line}: no email address.", line=line)
        case Reason.NOT_AN_ADDRESS:
            return say('Line {line}: "{about}" is not an email address.', line=line, about=one.about)
        case Reason.TOO_MANY:
            return say("Line {line}: more than {about} addresses.", line=line, about=one.about)
        case Reason.TOO_LONG:
            field = field_name(one.about, reader)
            return say("Line {line}: too long: {field}.", line=line, field=field)
        case Reason.AGAIN:
            return say("Line {line}: the same address as in line {about}.", line=line, about=one.about)
        case Reason.TWO:
            return say(
                "Line {line}: its addresses belong to two contacts, or two lines to one. Merge them first.",
                line=line,
            )
        case Reason.WIDE:
            return say("Line {line}: more cells than the first line has.", line=line)


def told_line(one: Told, reader: Reader) -> str:
    """What of a line comes in, and what is not used, with the reason."""
    say, line = reader.say, f"{one.line:,}"
    if one.is_new:
        said = [say("Line {line}, {name}, is new.", line=line, name=one.name)]
    elif one.used or one.replaced:
        said = [say("Line {line}, {name}.", line=line, name=one.name)]
    else:
        said = [say("Line {line}, {name}: nothing changes.", line=line, name=one.name)]
    if one.used:
        said.append(say("Comes in: {fields}.", fields=_fields(one.used, reader)))
    if one.replaced:
        said.append(
            say("Takes the place of what stands there: {fields}.", fields=_fields(one.replaced, reader))
        )
    for why in Why:
        values = _values([each for each in one.passed if each.why is why], reader)
        if values:
            said.append(_not_used(why, values, reader))
    return " ".join(said)


def _not_used(why: Why, values: str, reader: Reader) -> str:
    say = reader.say
    match why:
        case Why.OTHER:
            return say("Not used, because the contact has something else there: {values}.", values=values)
        case Why.NOBODY:
            return say("Not used, because no member here has this address: {values}.", values=values)
        case Why.ONE:
            return say("Not used, because a contact has one of these: {values}.", values=values)


def _fields(names: Iterable[str], reader: Reader) -> str:
    return reader.listed([field_name(name, reader) for name in names])


def _values(passed: Iterable[Passed], reader: Reader) -> str:
    return ", ".join(
        reader.say('{field} "{text}"', field=field_name(one.field, reader), text=one.text) for one in passed
    )
