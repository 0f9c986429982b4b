"""The sandbox's Slack: workspaces, windows, messages, the Web API and signed delivery to the bot."""
