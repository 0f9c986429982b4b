"""Calendar v3 on the world's calendars, in the shapes and with the refusals of the real one."""
