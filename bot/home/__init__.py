"""App Home: what a member sees there, composed of what the features offer; and the public pages."""
