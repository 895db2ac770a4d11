"""A cohort from records: a map of columns, one GROUP BY where the records are, cells, curves, a folder."""
