"""Gmail v1 on the world's mailboxes, in the shapes and with the refusals of the real one."""
