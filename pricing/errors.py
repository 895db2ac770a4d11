"""Named errors. Every message is one sentence for a reader: what is wrong, where, and what is expected."""


class ExplorerError(ValueError):
    """Base of all errors that come from what a reader, a link or a file supplied."""


class ParameterError(ExplorerError):
    """A parameter is unknown, not a number, out of range, or not among its choices."""


class ScenarioError(ExplorerError):
    """Parameters that are valid one by one contradict each other."""


class TableError(ExplorerError):
    """A table of people that a reader supplied cannot be used."""


class DataError(ExplorerError):
    """A shipped data file is not what its declaration says."""


class ScenarioFileError(ExplorerError):
    """A scenario file that a reader supplied cannot be used at all."""


class OutputError(ExplorerError):
    """A file that was asked for cannot be written."""
