"""What several pages draw with: kept results, charts, pickers, headlines, groups, numbers as markdown, the glossary."""
