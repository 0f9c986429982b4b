"""Google's face on the world: sign-in and Gmail, as strict as the real ones or stricter."""
