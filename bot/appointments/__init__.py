"""Appointments: the dates of the workspace's CRM, and Calendar Sync."""
