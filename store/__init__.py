"""Tables and queries. Nothing outside this folder knows SQL."""
