"""What working things out may take: how much of the work, where it may be ended, and the memory of what is kept."""
