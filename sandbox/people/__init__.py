"""Web mailboxes of the world's people, to read only: where one sees that a reply has arrived."""

from sandbox.people.routes import create_people

__all__ = ["create_people"]
