"""Your people: what the page is made of."""
