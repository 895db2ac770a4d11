"""Numbers as text, and tables of groups, for whatever leaves the screen or stands on it."""
