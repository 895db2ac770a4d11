"""What a map says, and how it is read from TOML."""
