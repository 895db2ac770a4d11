"""Numbers as text, cautions and tables of groups, for pages, commands and exports."""
