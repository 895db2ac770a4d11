"""Whom a price is held against: cohorts as cells, their risk curves, a reader's own table, and where data come from."""
