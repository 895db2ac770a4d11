"""What leaves an event: a row an answer as CSV or Excel, a report on A4, JSON with a published schema."""
