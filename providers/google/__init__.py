"""Google as a provider: Gmail, and sign-in with Google."""
