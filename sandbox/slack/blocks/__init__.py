"""A strict reading of Block Kit: what Slack would refuse is refused here, with Slack's words."""
