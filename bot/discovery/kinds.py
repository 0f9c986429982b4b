"""Kinds of work that discovery puts into the ledger."""

SCAN = "discovery.scan"  # ref: the scan
TELL_SCAN = "discovery.tell_scan"  # ref: the scan that has ended
