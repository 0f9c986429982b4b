"""Windows and Homes: opened, stacked, redrawn and closed by Slack's rules.

Source: docs.slack.dev/surfaces/modals, /reference/methods/views.*; reference slack.md 1.4, 2.4.
"""

from typing import Any

from sandbox.slack.blocks.validate import check_view, view_too_large
from sandbox.slack.blocks.walk import Problem
from sandbox.slack.complete import completed, completed_text
from sandbox.slack.errors import SlackRefusalError, refuse_problems
from sandbox.slack.state import State, View
from sandbox.slack.surfaces import surviving
from sandbox.slack.triggers import Trigger

Json = dict[str, Any]

STACK_DEPTH = 3


class Windows:
    """Keep each person's stack of windows and their Home."""

    def __init__(self, state: State) -> None:
        self._state = state

    def open(self, trigger: Trigger, given: Any) -> View:
        """Open a window: on top of the one that was pressed in, else in place of what was open."""
        self._check(given, "modal")
        with self._state.lock:
            stack = self._state.stack(trigger.user_id)
            if not any(view.id == trigger.view_id for view in stack):
                stack = []
            return self._put(trigger.team_id, trigger.user_id, given, stack)

    def push(self, trigger: Trigger, given: Any) -> View:
        """Push a window onto the one that was pressed in."""
        self._check(given, "modal")
        with self._state.lock:
            stack = self._state.stack(trigger.user_id)
            if not any(view.id == trigger.view_id for view in stack):
                home = self._state.homes.get(trigger.user_id)
                if home is not None and home.id == trigger.view_id:
                    words = "must match the `type` of the root view whose stack we're pushing onto"
                    refuse_problems("invalid_arguments", [Problem(words, "/view/type")])
                raise SlackRefusalError("not_found")
            return self._put(trigger.team_id, trigger.user_id, given, stack)

    def push_on(self, below: View, given: Any) -> View:
        """Push a window as the answer to a submission."""
        self._check(given, "modal")
        with self._state.lock:
            return self._put(below.team_id, below.user_id, given, self._state.stack(below.user_id))

    def _put(self, team_id: str, user_id: str, given: Json, stack: list[View]) -> View:
        if len(stack) >= STACK_DEPTH:
            raise SlackRefusalError("push_limit_reached")
        self._refuse_taken_id(given, team_id, None)
        view = self._new(team_id, user_id, given)
        view.previous_view_id = stack[-1].id if stack else None
        view.root_view_id = stack[0].id if stack else view.id
        for gone in self._state.stack(user_id):
            if gone not in stack:
                del self._state.views[gone.id]
        self._state.views[view.id] = view
        self._state.stacks[user_id] = [*(one.id for one in stack), view.id]
        self._state.touch()
        return view

    def find(self, team_id: str, view_id: object, external_id: object) -> View:
        """Find an open window or a Home by one of its ids. Raises SlackRefusalError."""
        if view_id and external_id:
            problem = {"messages": ["[ERROR] Cannot provide both `view_id` and `external_id`"]}
            raise SlackRefusalError("invalid_arguments", response_metadata=problem)
        if not view_id and not external_id:
            problem = {"messages": ["[ERROR] Must provide either `view_id` or `external_id`"]}
            raise SlackRefusalError("invalid_arguments", response_metadata=problem)
        with self._state.lock:
            for view in [*self._state.views.values(), *self._state.homes.values()]:
                wanted = view.id == view_id if view_id else view.external_id == external_id
                if wanted and view.team_id == team_id:
                    return view
        raise SlackRefusalError("not_found")

    def update(self, view: View, given: Any, expected_hash: object = None) -> View:
        """Redraw a window or Home in place; what was typed stays where ids stay."""
        self._check(given, view.type)
        with self._state.lock:
            if expected_hash and expected_hash != view.hash:
                raise SlackRefusalError("hash_conflict")
            self._refuse_taken_id(given, view.team_id, view)
            fresh = self._new(view.team_id, view.user_id, given)
            view.typed = surviving(view.blocks, view.typed, fresh.blocks)
            for name in ("blocks", "title", "submit", "close", "callback_id", "private_metadata"):
                setattr(view, name, getattr(fresh, name))
            for name in ("clear_on_close", "notify_on_close", "external_id", "hash"):
                setattr(view, name, getattr(fresh, name))
            view.errors, view.trouble = {}, ""
            self._state.touch()
            return view

    def publish(self, team_id: str, user_id: str, given: Any, expected_hash: object = None) -> View:
        """Draw a person's Home."""
        self._check(given, "home")
        with self._state.lock:
            home = self._state.homes.get(user_id)
            if home is not None:
                return self.update(home, given, expected_hash)
            if expected_hash:
                raise SlackRefusalError("hash_conflict")
            self._refuse_taken_id(given, team_id, None)
            home = self._new(team_id, user_id, given)
            self._state.homes[user_id] = home
            self._state.touch()
            return home

    def pop(self, view: View) -> None:
        """Close the window on top; the one below shows again."""
        with self._state.lock:
            kept = [view_id for view_id in self._state.stacks.get(view.user_id, []) if view_id != view.id]
            self._state.stacks[view.user_id] = kept
            self._state.views.pop(view.id, None)
            self._state.touch()

    def clear(self, user_id: str) -> list[View]:
        """Close all of a person's windows; return them, the one on top first."""
        with self._state.lock:
            gone = self._state.stack(user_id)[::-1]
            for view in gone:
                self.pop(view)
            return gone

    def _check(self, given: Any, kind: str) -> None:
        if view_too_large(given):
            raise SlackRefusalError("view_too_large")
        problems = check_view(given)
        if not problems and given["type"] != kind:
            problems = [Problem(f"must be a view of type `{kind}`", "/view/type")]
        refuse_problems("invalid_arguments", problems)

    def _refuse_taken_id(self, given: Json, team_id: str, but: View | None) -> None:
        external_id = given.get("external_id")
        everything = [*self._state.views.values(), *self._state.homes.values()]
        for view in everything:
            if external_id and view is not but and (view.external_id, view.team_id) == (external_id, team_id):
                raise SlackRefusalError("duplicate_external_id")

    def _new(self, team_id: str, user_id: str, given: Json) -> View:
        view_id = self._state.new_id("V")
        return View(
            id=view_id,
            type=given["type"],
            team_id=team_id,
            user_id=user_id,
            blocks=completed(given["blocks"]),
            title=completed_text(given.get("title")),
            submit=completed_text(given.get("submit")),
            close=completed_text(given.get("close")),
            callback_id=given.get("callback_id", ""),
            private_metadata=given.get("private_metadata", ""),
            external_id=given.get("external_id", ""),
            clear_on_close=given.get("clear_on_close", False),
            notify_on_close=given.get("notify_on_close", False),
            hash=self._state.new_hash(),
            root_view_id=view_id,
            previous_view_id=None,
        )
