"""Microsoft Graph v1.0, the part that reads and sends mail."""
