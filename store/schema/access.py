"""Connected accounts, and the ways by which an account or a page is reached."""

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
    false,
    true,
)

from store.columns import id_column, maybe_text, maybe_when, sealed, text, when
from store.schema.belonging import in_workspace, metadata, of_member, one_of

account = Table(
    "account",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    text("provider"),
    text("subject"),  # the provider's name for the person: never changes, unlike the address
    text("address"),
    text("name"),
    text("state", server_default="active"),
    Column("is_default", Boolean, nullable=False, server_default=false()),
    text("granted"),  # capabilities, space-separated
    *sealed("tokens_sealed"),
    Column("tokens_version", Integer, nullable=False, server_default="1"),
    when("expires_at"),  # of the access token
    maybe_when("refresh_lease_until"),  # by the database's clock
    Column("refresh_fence", Integer, nullable=False, server_default="0"),
    *sealed("signature_sealed", nullable=True),
    Column("quote_last", Boolean, nullable=False, server_default=true()),
    when("connected_at"),
    maybe_when("lost_at"),
    maybe_when("told_lost_at"),
    maybe_when("last_read_at"),
    UniqueConstraint("workspace_id", "member_id", "provider", "subject"),
    UniqueConstraint("workspace_id", "id"),
    one_of("state", "active", "reconnect"),
    of_member(),
)

own_address = Table(
    "own_address",
    metadata,
    in_workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    # "" where the member said so herself; no foreign key, so accounts.py deletes these with the account
    text("account_id", primary_key=True, server_default=""),
    text("address", primary_key=True),
    text("source", primary_key=True),
    text("name", server_default=""),
    one_of("source", "login", "alias", "member"),
    of_member(),
)

signin = Table(  # one attempt to connect, from the link to the callback
    "signin",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    text("provider"),
    text("ticket_hash", unique=True),
    maybe_text("state_hash", unique=True),
    maybe_text("cookie_hash"),
    *sealed("flow_sealed", nullable=True),
    *sealed("wish_sealed", nullable=True),
    maybe_text("reconnect_account_id"),
    text("asks", server_default=""),  # capabilities beyond the usual ones, space-separated
    maybe_text("view_id"),
    maybe_text("app_id"),  # Slack's name for this app, for the way back from the browser
    when("created_at"),
    when("expires_at", index=True),
    maybe_when("used_at"),
    maybe_text("outcome"),  # how it ended: bot/accounts/attempts.py
    maybe_text("account_id"),  # what came of it; no foreign key, so that the page outlives a disconnect
    of_member(),
)

pending = Table(  # a grant in hand, waiting for six digits or to be given back
    "pending",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    id_column("signin_id"),
    text("provider"),
    text("subject"),
    text("address"),
    text("name"),
    text("granted"),
    *sealed("tokens_sealed"),
    when("expires_at"),  # of the access token
    text("digits_hash"),  # "" where nobody can take it any more
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    *sealed("wish_sealed", nullable=True),
    maybe_text("view_id"),
    when("created_at"),
    when("expires_on", index=True),  # of the row itself
    of_member(),
)

ticket = Table(  # single-use pages
    "ticket",
    metadata,
    text("hash", primary_key=True),
    in_workspace(),
    id_column("member_id"),
    text("kind"),
    *sealed("payload_sealed"),
    maybe_text("cookie_hash"),
    when("created_at"),
    when("expires_at", index=True),
    maybe_when("used_at"),
    of_member(),
)
