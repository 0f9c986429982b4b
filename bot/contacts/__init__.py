"""Contacts: the people of the workspace's CRM, and adding one."""
