"""Ids, made by us before the insert, so that a row can be named before it exists."""

import base64
import secrets


def new_id() -> str:
    """Make 128 random bits, as 26 lower-case base32 characters. Nobody can guess one."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
