"""Calendars and events of Graph, on the world's calendars."""
