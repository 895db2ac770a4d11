"""What a reader may cost: long work in turn and within a budget, and the quotas of visits and uploads."""
