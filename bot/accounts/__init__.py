"""Accounts: connecting a mailbox, keeping it connected, letting it go."""
