"""What a reader sets: each parameter declared once, checked, written into links, and put into words."""
