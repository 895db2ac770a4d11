"""How sure: 100 draws of the risk curves and of the assumptions on support, and what would turn the verdict."""
