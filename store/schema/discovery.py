"""People found in mail: scans, whom they met, whom they suggest, what was decided, and digests.

Everything here is one member's. Whoever is no contact never agreed to be stored: `keep_until` ends each row.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
    false,
)

from store.columns import id_column, maybe_text, maybe_when, sealed, text, when
from store.schema.belonging import in_workspace, metadata, of_account, of_member, one_of

scan = Table(  # one look through the member's mailboxes
    "scan",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    text("kind"),
    text("state", server_default="running"),
    when("since"),  # mail before this is not looked at
    when("started_at"),
    maybe_when("finished_at"),
    maybe_text("view_id"),  # the window that shows how far it is
    maybe_when("told_at"),
    Column("looked_at", Integer, nullable=False, server_default="0"),  # the four figures
    Column("found", Integer, nullable=False, server_default="0"),
    Column("contacts", Integer, nullable=False, server_default="0"),
    Column("left_out", Integer, nullable=False, server_default="0"),
    one_of("kind", "asked", "every_sender", "night"),
    one_of("state", "running", "done", "cancelled", "failed"),
    UniqueConstraint("workspace_id", "id"),
    of_member(),
    Index(None, "workspace_id", "member_id", "started_at"),
)

scan_mailbox = Table(  # how far a scan is in one account
    "scan_mailbox",
    metadata,
    in_workspace(primary_key=True),
    id_column("scan_id", primary_key=True),
    id_column("account_id", primary_key=True),
    id_column("member_id"),
    text("state", server_default="waiting"),
    maybe_text("cursor"),  # the provider's, with ids only
    Column("looked_at", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=True),
    Column("filed_apart", Integer, nullable=False, server_default="0"),  # promotions and the like: counted
    maybe_when("paused_until"),  # the provider asks for patience, or does not answer
    Column("trouble", SmallInteger, nullable=False, server_default="0"),  # failures in a row
    maybe_text("error_code"),
    one_of("state", "waiting", "running", "read", "done", "failed"),
    of_member(),
    of_account(),
    ForeignKeyConstraint(["workspace_id", "scan_id"], ["scan.workspace_id", "scan.id"], ondelete="CASCADE"),
)

mail_cursor = Table(  # where the next night begins in an account
    "mail_cursor",
    metadata,
    in_workspace(primary_key=True),
    id_column("account_id", primary_key=True),
    id_column("member_id"),
    text("cursor"),
    when("as_of"),
    of_member(),
    of_account(),
)

met = Table(  # what the last scan knows of an address in one account
    "met",
    metadata,
    in_workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    id_column("account_id", primary_key=True),
    text("address", primary_key=True),
    text("name", server_default=""),
    Column("mails", Integer, nullable=False, server_default="0"),
    Column("human", Integer, nullable=False, server_default="0"),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("conversations", Integer, nullable=False, server_default="0"),
    text("threads", server_default=""),  # short hashes of their conversations, so that each counts once
    maybe_when("last_at"),
    # a mail of theirs that was counted and not read is newer than `last_at`
    Column("newer_unread", Boolean, nullable=False, server_default=false()),
    text("marks", server_default=""),  # reason codes with their numbers: "list:3 bulk:1"
    text("reasons", server_default=""),  # why left out, most telling first; empty while suggested
    text("state", server_default="met"),  # met → asked (did the member ever write?) → decided
    id_column("scan_id"),  # the scan that met them last
    when("keep_until", index=True),
    one_of("state", "met", "asked", "decided"),
    of_member(),
    of_account(),
    Index(None, "workspace_id", "member_id", "reasons"),
    Index(None, "workspace_id", "scan_id", "state"),
)

candidate = Table(  # a person to suggest
    "candidate",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    text("address"),
    text("name", server_default=""),
    text("company", server_default=""),
    text("state", server_default="pending"),
    text("reasons", server_default=""),  # why suggested, most telling first
    Column("shared", Boolean, nullable=False, server_default=false()),  # info@ and the like: shown apart
    Column("conversations", Integer, nullable=False, server_default="0"),
    Column("received", Integer, nullable=False, server_default="0"),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("strength", SmallInteger, nullable=False, server_default="0"),
    maybe_when("last_at"),
    when("found_at"),
    maybe_when("named_at"),  # by a digest
    maybe_when("decided_at"),
    text("decided_in", server_default=""),  # "home", "digest", …: where the person decided
    maybe_text("batch_id"),  # decided together, undone together
    maybe_text("contact_id"),  # no foreign key: what was added outlives or leaves on its own
    when("keep_until", index=True),
    UniqueConstraint("workspace_id", "member_id", "address"),
    UniqueConstraint("workspace_id", "id"),
    one_of("state", "pending", "added", "dismissed"),
    of_member(),
    Index(None, "workspace_id", "member_id", "state", "strength"),
)

dismissal = Table(  # never suggested again to this member; outlives the address itself
    "dismissal",
    metadata,
    in_workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    text("address_hash", primary_key=True),
    when("at"),
    of_member(),
)

block = Table(
    "block",
    metadata,
    in_workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    text("hash", primary_key=True),  # of the address, or of "@domain"
    *sealed("shown_sealed", nullable=True),  # to list it; gone when the last account is disconnected
    when("at"),
    of_member(),
)

nightly = Table(  # a member's wishes about discovery, and when the next night is
    "nightly",
    metadata,
    in_workspace(primary_key=True),
    id_column("member_id", primary_key=True),
    *sealed("hash_key_sealed"),  # of this member's dismissals and blocks
    Column("is_on", Boolean, nullable=False, server_default=false()),
    Column("hour", SmallInteger, nullable=False, server_default="8"),  # of the member's own day
    Column("working_days", Boolean, nullable=False, server_default=false()),
    Column("paused_until", Date, nullable=True),  # the first local date told again
    # numbers the plans: work of the ledger that was planned before the newest one does nothing
    Column("plan", Integer, nullable=False, server_default="0"),
    maybe_when("scan_at"),  # the next instants of night and digest
    maybe_when("tell_at"),
    Column("tell_date", Date, nullable=True),  # the local date that `tell_at` is for
    Column("failed_nights", SmallInteger, nullable=False, server_default="0"),
    maybe_when("told_failing_at"),
    of_member(),
)

digest = Table(  # at most one for one local date
    "digest",
    metadata,
    id_column(),
    in_workspace(),
    id_column("member_id"),
    Column("local_date", Date, nullable=False),
    text("state", server_default="claimed"),
    maybe_text("channel"),
    maybe_text("ts"),
    when("at"),
    maybe_when("posted_at"),
    UniqueConstraint("workspace_id", "member_id", "local_date"),
    UniqueConstraint("workspace_id", "id"),
    one_of("state", "claimed", "posting", "posted", "unsure", "empty"),
    of_member(),
)

digest_person = Table(
    "digest_person",
    metadata,
    in_workspace(primary_key=True),
    id_column("digest_id", primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    id_column("member_id"),
    id_column("candidate_id"),
    of_member(),
    ForeignKeyConstraint(
        ["workspace_id", "digest_id"], ["digest.workspace_id", "digest.id"], ondelete="CASCADE"
    ),
    Index(None, "workspace_id", "candidate_id"),
)
