"""A Slack, a Google and a Microsoft on loopback, for trying Mailroom and for testing it.

Imports nothing of the product: what it checks, it checks from outside, as the real services do.
"""
