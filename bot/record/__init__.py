"""The record of a contact, and what is known of somebody who is none yet."""
