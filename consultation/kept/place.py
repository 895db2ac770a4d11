"""Where the store of what rooms said is: a file in the user's data folder, or what EXPLORER_DATABASE says."""

import os
import re
import sys
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

from pricing.errors import StoreError

VARIABLE = "EXPLORER_DATABASE"
FOLDER, FILE = "pricing-structure-explorer", "consultations.sqlite"
FOLDERS = ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA")
"""Variables on which the user's data folder depends."""
CHECKOUT = Path(__file__).resolve().parents[2]
PASSWORD = re.compile(r"(://[^:/@]*):[^@]*@")


def address() -> str:
    """The address of the store, as SQLAlchemy takes it; nothing is opened.

    EXPLORER_DATABASE is a path, or an address that begins with ``sqlite:///`` or ``postgresql``. Raises StoreError for
    any other, and for a file inside the explorer's own folder, which is published.
    """
    return _address(os.environ.get(VARIABLE, "").strip(), tuple(os.environ.get(name) for name in FOLDERS))


@lru_cache(maxsize=8)  # every look at the store asks
def _address(said: str, folders: tuple[str | None, ...]) -> str:
    """The address that this value of the variable means, where the user's folders are these."""
    if said.startswith(("postgresql+psycopg://", "postgresql://", "postgres://")):
        return "postgresql+psycopg://" + said.partition("://")[2]
    if "://" in said and not said.startswith("sqlite:///"):
        raise StoreError(
            f"{VARIABLE} names a kind of database that the explorer does not know: give the path of a file, or an "
            "address that begins with postgresql+psycopg://."
        )
    path = Path(said.removeprefix("sqlite:///")) if said else user_data_path(FOLDER, appauthor=False) / FILE
    if path.resolve().is_relative_to(CHECKOUT):
        raise StoreError(f"{VARIABLE} names a file inside the explorer's own folder: name one elsewhere.")
    return f"sqlite:///{path.absolute()}"


def file_of(address: str) -> Path | None:
    """The file of a store's address; None where it is a server's."""
    return Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:///") else None


def in_words() -> str:
    """One line for whoever starts the explorer: where answers are kept, without a password."""
    try:
        found = PASSWORD.sub(r"\1:***@", address())
    except StoreError as problem:
        return str(problem)
    return f"What rooms say is kept in {file_of(found) or found}"


if __name__ == "__main__":
    sys.stdout.write(in_words() + "\n")
