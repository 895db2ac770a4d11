"""Subcommands on what rooms said."""
