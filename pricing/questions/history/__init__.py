"""Published contracts put to the explorer's own functions: what agrees and what does not."""
