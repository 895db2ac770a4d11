"""Shipped tables, cohorts and fitted curves, with the scripts that build them (see README.md here)."""
