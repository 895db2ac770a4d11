"""Results of a price by group; protected characteristics are reported and never enter a price."""
