"""Walk the sign-in pages over HTTP as a person with a browser does: pick the account, press."""

from urllib.parse import urljoin

import requests

from sandbox.forms import Form, PageReader


class StoppedByMicrosoft(Exception):
    """Microsoft showed a page of its own and never sent the browser back.

    `code`: the number it showed, "approval" where an administrator has to approve, "sent" after the request.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def walk_consent(
    url: str, address: str, *, deny: bool = False, ask_approval: bool = False, organisation: bool = False
) -> str:
    """Go from an app's authorisation address to the one the browser is sent back to, without opening that.

    `ask_approval` sends the request where there is a page for it; `organisation` ticks "on behalf of".
    Raises StoppedByMicrosoft.
    """
    with requests.Session() as browser:
        page = browser.get(url, allow_redirects=False, timeout=30)
        while page.status_code not in (301, 302, 303):
            reader = PageReader()
            reader.feed(page.text)
            if reader.error and not (reader.error == "approval" and (deny or ask_approval)):
                raise StoppedByMicrosoft(reader.error)
            wanted = "cancel" if deny else "request" if reader.error == "approval" else "accept"
            form, pressed = _choose(reader.forms, address, wanted)
            sent = [*form.fields, pressed]
            if organisation and form.boxes:
                sent.append(("organisation", "on"))
            page = browser.post(urljoin(page.url, form.action), data=sent, allow_redirects=False, timeout=30)
        return page.headers["Location"]


def _choose(forms: list[Form], address: str, wanted: str) -> tuple[Form, tuple[str, str]]:
    """Find the button to press: the decision of our account, the account, or "another account"."""
    for form in forms:
        if ("account", address) in form.fields and ("decision", wanted) in form.buttons:
            return form, ("decision", wanted)
    for form in forms:
        if ("account", address) in form.buttons:
            return form, ("account", address)
    for form in forms:
        if form.action.endswith("/signin/accounts"):
            return form, ("other", "")
    raise LookupError("this account is not offered")
