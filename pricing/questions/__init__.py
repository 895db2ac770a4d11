"""What readers ask of an evaluated price, one module or package a question; none imports another."""
