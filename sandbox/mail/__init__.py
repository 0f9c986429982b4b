"""Mailboxes as any vendor keeps them: bytes, filing, threads, history. No vendor's words in here."""
