"""The Slack application: listeners translate, services decide, views draw."""
