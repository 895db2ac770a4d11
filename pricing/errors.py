"""Named errors. Every message is one sentence for a reader: what is wrong, where, and what is expected."""


class ExplorerError(ValueError):
    """Base of all errors that come from what a reader, a link or a file supplied."""


class ParameterError(ExplorerError):
    """A parameter is unknown, not a number, out of range, or not among its choices."""


class ScenarioError(ExplorerError):
    """Parameters that are valid one by one contradict each other."""


class NothingCountedError(ScenarioError):
    """Nothing that support changes for some people is counted by the measure that is paid: no price reaches them."""


class TableError(ExplorerError):
    """A table of people that a reader supplied cannot be used."""


class DataError(ExplorerError):
    """A shipped data file is not what its declaration says."""


class ScenarioFileError(ExplorerError):
    """A scenario file that a reader supplied cannot be used at all."""


class OutputError(ExplorerError):
    """A file that was asked for cannot be written."""


class StoreError(ExplorerError):
    """The store of what rooms said cannot be had or does not answer: no disk, no server, or a newer schema."""


class EventError(ExplorerError):
    """No event has this code or link, or it does not allow what is asked of it."""


class AnswerError(ExplorerError):
    """An answer to a room's question is refused: out of range, too long, too late or too often."""


class MapError(ExplorerError):
    """A map of a reader's columns is not one; the message names every mistake."""


class RecordsError(ExplorerError):
    """Records that a reader supplied cannot be counted, or are wrong; no message holds a value of a person."""
