"""Draw the sandbox's Slack in the browser."""
