"""The sandbox's Web API: the methods that Mailroom calls, with Slack's refusals."""
