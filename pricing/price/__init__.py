"""What a price rewards: outcomes, the schedule of payments, hours of support, and the incentives they add up to."""
