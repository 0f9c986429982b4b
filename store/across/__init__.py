"""The few statements that cross workspaces: the caller does not know whose row it is, or works for all."""

from store.across.grants import end_one_by_one, is_used_elsewhere
from store.across.installs import install, workspace_of_team
from store.across.ledger import Due, Figures, claim, due, figures, kind_of, release_all
from store.across.nights import stray_nights
from store.across.single_use import (
    Signin,
    Ticket,
    begin_signin,
    bind_ticket,
    signin_by_id,
    signin_by_state,
    signin_by_ticket,
    take_signin,
    take_ticket,
    ticket_by_hash,
)
from store.across.upkeep import Purged, count_unreadable, purge, reseal

__all__ = [
    "Due",
    "Figures",
    "Purged",
    "Signin",
    "Ticket",
    "begin_signin",
    "bind_ticket",
    "claim",
    "count_unreadable",
    "due",
    "end_one_by_one",
    "figures",
    "install",
    "is_used_elsewhere",
    "kind_of",
    "purge",
    "release_all",
    "reseal",
    "signin_by_id",
    "signin_by_state",
    "signin_by_ticket",
    "stray_nights",
    "take_signin",
    "take_ticket",
    "ticket_by_hash",
    "workspace_of_team",
]
