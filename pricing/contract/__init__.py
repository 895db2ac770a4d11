"""Clauses of a contract and luck: what is paid for a measured change, and the effort that then pays best."""
