"""Everybody's calendars, without a vendor: Google's and Microsoft's faces are put on them."""
