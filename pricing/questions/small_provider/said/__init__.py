"""What a small provider's board is told: the sentences that the page and the trustees' report share."""
