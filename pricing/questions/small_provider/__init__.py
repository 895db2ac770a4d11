"""What a price means for one small provider: its luck, its cash, its place under a prime or in a consortium."""
