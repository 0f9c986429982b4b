"""Read the forms of a sign-in page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """One form of a page: what it would send untouched, its boxes and its buttons."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    boxes: dict[str, bool] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class PageReader(HTMLParser):
    """Collect the forms of a page and the error it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.error = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.error = given.get("data-error", self.error)
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "input" and self.forms:
            if given.get("type") == "checkbox":
                self.forms[-1].boxes[given["value"]] = "checked" in given
            else:
                self.forms[-1].fields.append((given["name"], given.get("value", "")))
        elif tag == "button" and self.forms and "name" in given:
            self.forms[-1].buttons.append((given["name"], given.get("value", "")))
