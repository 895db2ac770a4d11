"""Where the money from fewer reoffences falls, and what a shared pot of it could pay for."""
