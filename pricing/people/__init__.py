"""Cohorts as cells, their risk curves, a reader's own table, and the sources of the data."""
