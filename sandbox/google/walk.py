"""Walk the sign-in pages over HTTP as a person with a browser does: read the form, tick, press."""

from collections.abc import Collection
from urllib.parse import urljoin

import requests

from sandbox.forms import Form, PageReader


class BlockedByGoogle(Exception):
    """Google showed an error page and never sent the browser back. `code` is what it said."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def walk_consent(url: str, address: str, *, untick: Collection[str] = (), deny: bool = False) -> str:
    """Go from an app's authorisation address to the one the browser is sent back to, without opening that.

    `untick` names scopes (or ends of them: "gmail.compose") whose boxes are left empty.
    Raises BlockedByGoogle.
    """
    with requests.Session() as browser:
        page = browser.get(url, allow_redirects=False, timeout=30)
        while page.status_code not in (301, 302, 303):
            reader = PageReader()
            reader.feed(page.text)
            if reader.error:
                raise BlockedByGoogle(reader.error)
            form, pressed = _choose(reader.forms, address, deny=deny)
            sent = [*form.fields, pressed]
            sent += [("scope", box) for box in form.boxes if not box.endswith(tuple(untick) or ("\0",))]
            page = browser.post(urljoin(page.url, form.action), data=sent, allow_redirects=False, timeout=30)
        return page.headers["Location"]


def _choose(forms: list[Form], address: str, *, deny: bool) -> tuple[Form, tuple[str, str]]:
    """Find the button to press: the account, or the decision, or "another account" when it is not ours."""
    for form in forms:
        if ("account", address) in form.buttons:
            return form, ("account", address)
    for form in forms:
        if ("account", address) in form.fields:
            return form, ("decision", "cancel" if deny else "allow")
    for form in forms:
        if form.action.endswith("/signin/accounts"):
            return form, ("other", "")
    raise LookupError("this account is not offered")
