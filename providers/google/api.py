"""The Gmail API client, built once a process and shared; our address in its document, no credentials."""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import datetime
from typing import Any
from urllib.parse import quote

from googleapiclient.http import HttpRequest

from providers.google.client import Api

Requests = dict[str, HttpRequest]  # by the id that each asks for


class GmailApi(Api):
    """The API's methods that Mailroom uses; each makes a request to be executed with a Bearer."""

    def __init__(self, base_url: str, now: Callable[[], datetime]) -> None:
        super().__init__("gmail", "v1", base_url, now)
        users = self._resource.users()
        # Making these objects costs more than making a request from them, so they are kept.
        self.threads = users.threads()
        self.messages = users.messages()
        self.attachments = users.messages().attachments()
        self.drafts = users.drafts()
        self.send_as = users.settings().sendAs()
        self.history = users.history()
        self.profile = users.getProfile

    def for_each(self, method: Callable[..., HttpRequest], ids: Iterable[str], **fixed: Any) -> Requests:
        """Make the same request for each id. The client makes one, which is copied: 0.3 ms saved on each."""
        pattern = method(userId="me", id="{id}", prettyPrint=False, **fixed)
        made: Requests = {}
        for one in ids:
            made[one] = copy(pattern)
            made[one].uri = pattern.uri.replace("%7Bid%7D", quote(one, safe="", errors="replace"), 1)
        return made
