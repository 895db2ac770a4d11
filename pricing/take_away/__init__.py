"""What a reader takes away of a scenario: a workbook, a report, a file to load again, and how to reproduce it.

Everything is worked out from a :class:`~pricing.take_away.cover.Cover`, so all of it carries the same version, date,
people, warnings and link, and the same cover gives the same bytes.
"""
