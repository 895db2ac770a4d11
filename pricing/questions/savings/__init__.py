"""Savings from fewer reoffences by agency, and what a shared pot of them could pay for."""
