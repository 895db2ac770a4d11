"""The command line: one module a subcommand, options read in one place, results printed in one place."""
