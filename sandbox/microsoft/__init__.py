"""Microsoft's face on the world: Entra sign-in and Graph mail, as strict as the real ones or stricter."""
