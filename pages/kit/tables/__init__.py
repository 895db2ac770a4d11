"""Pictures that are tables: what stands in a cell is its colour, its text and its place, without a drawing library."""
