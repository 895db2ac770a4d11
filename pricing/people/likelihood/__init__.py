"""Maximum likelihood on cells: the design matrix by levels, and the fit."""
