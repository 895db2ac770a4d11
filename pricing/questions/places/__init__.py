"""What one price does in different places: the same person in another street, and money between boroughs."""
