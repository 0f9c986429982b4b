"""What decides about an address besides mail: contacts, colleagues, whom the member dismissed or blocked."""

from collections.abc import Collection

from sqlalchemy import select, union

from store.database import Transaction
from store.schema import account, block, contact, contact_address, dismissal, member, own_address


def contacts_among(tx: Transaction, workspace_id: str, addresses: Collection[str]) -> frozenset[str]:
    """Find those of some addresses that belong to contacts of the workspace."""
    statement = (
        select(contact_address.c.address)
        .join(
            contact,
            (contact.c.id == contact_address.c.contact_id)
            & (contact.c.workspace_id == contact_address.c.workspace_id),
        )
        .where(
            contact_address.c.workspace_id == workspace_id,
            contact_address.c.address.in_(sorted(addresses)),
            contact.c.deleted_at.is_(None),
        )
    )
    return frozenset(row.address for row in tx.all(statement))


def colleagues_among(
    tx: Transaction, workspace_id: str, member_id: str, addresses: Collection[str]
) -> frozenset[str]:
    """Find those of some addresses that are other members': of Slack's, or of a mailbox they connected.

    What a member merely says is an address of theirs does not count: it would hide a stranger from others.
    """
    wanted = sorted(addresses)
    statement = union(
        select(own_address.c.address).where(
            own_address.c.workspace_id == workspace_id,
            own_address.c.member_id != member_id,
            own_address.c.source.in_(("login", "alias")),
            own_address.c.address.in_(wanted),
        ),
        select(account.c.address).where(
            account.c.workspace_id == workspace_id,
            account.c.member_id != member_id,
            account.c.address.in_(wanted),
        ),
        select(member.c.address).where(
            member.c.workspace_id == workspace_id,
            member.c.id != member_id,
            member.c.is_guest.is_(False),
            member.c.address.in_(wanted),
        ),
    )
    return frozenset(row.address for row in tx.all(statement))


def dismissed_among(
    tx: Transaction, workspace_id: str, member_id: str, hashes: Collection[str]
) -> frozenset[str]:
    """Find those of some hashes that the member dismissed."""
    statement = select(dismissal.c.address_hash).where(
        dismissal.c.workspace_id == workspace_id,
        dismissal.c.member_id == member_id,
        dismissal.c.address_hash.in_(sorted(hashes)),
    )
    return frozenset(row.address_hash for row in tx.all(statement))


def blocked_among(
    tx: Transaction, workspace_id: str, member_id: str, hashes: Collection[str]
) -> frozenset[str]:
    """Find those of some hashes that the member blocked."""
    statement = select(block.c.hash).where(
        block.c.workspace_id == workspace_id,
        block.c.member_id == member_id,
        block.c.hash.in_(sorted(hashes)),
    )
    return frozenset(row.hash for row in tx.all(statement))
