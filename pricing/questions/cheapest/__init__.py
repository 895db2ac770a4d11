"""The cheapest price that keeps a promise to every group, what sets it, and what each limit leaves of it."""
