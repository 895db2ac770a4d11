"""Few people are counted: exact distributions of what they come to, and what a contract pays by them."""
