"""Subcommands on several prices at once."""
