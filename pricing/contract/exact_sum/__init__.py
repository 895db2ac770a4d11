"""The sum of what luck does to people, exactly: a year's pay with the chance of every amount."""
