"""Connected Inbox: one-to-one conversations with one person, read and answered from Slack."""
