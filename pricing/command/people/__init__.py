"""Subcommands on the people themselves: their groups, their places, and where they come from."""
