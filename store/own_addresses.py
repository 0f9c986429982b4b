"""The member's own addresses: what the one-to-one rule takes away before it looks who else is there."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from store.schema import own_address
from store.transactions import Transaction


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An address that is the member herself. `source`: login, alias (the provider says so) or member."""

    address: str
    name: str
    source: str
    account_id: str  # "" where the member said so


def of_member(tx: Transaction, workspace_id: str, member_id: str) -> tuple[OwnAddress, ...]:
    """List every address of a member, of all accounts."""
    statement = (
        select(own_address)
        .where(own_address.c.workspace_id == workspace_id, own_address.c.member_id == member_id)
        .order_by(own_address.c.source, own_address.c.address)
    )
    return tuple(OwnAddress(r.address, r.name, r.source, r.account_id) for r in tx.all(statement))


def keep_of_account(
    tx: Transaction,
    workspace_id: str,
    member_id: str,
    account_id: str,
    addresses: Iterable[tuple[str, str, str]],
) -> None:
    """Replace what the provider says of an account's addresses: (address, name, login or alias)."""
    tx.execute(
        delete(own_address).where(
            own_address.c.workspace_id == workspace_id,
            own_address.c.member_id == member_id,
            own_address.c.account_id == account_id,
        )
    )
    for address, name, source in addresses:
        _insert(tx, workspace_id, member_id, account_id, address, name, source)


def add(tx: Transaction, workspace_id: str, member_id: str, address: str) -> bool:
    """Note that the member says an address is hers. False: it was known."""
    return _insert(tx, workspace_id, member_id, "", address, "", "member")


def remove(tx: Transaction, workspace_id: str, member_id: str, address: str) -> None:
    """Take back what the member said of an address."""
    tx.execute(
        delete(own_address).where(
            own_address.c.workspace_id == workspace_id,
            own_address.c.member_id == member_id,
            own_address.c.address == address,
            own_address.c.source == "member",
        )
    )


def _insert(
    tx: Transaction, workspace_id: str, member_id: str, account_id: str, address: str, name: str, source: str
) -> bool:
    values = {
        "workspace_id": workspace_id,
        "member_id": member_id,
        "account_id": account_id,
        "address": address,
        "name": name,
        "source": source,
    }
    return tx.insert_new(own_address, values)
