"""The same numbers without a browser: ``python -m pricing``; see ``pricing.command``."""

import os
import sys
from collections.abc import Sequence

from pricing.command.output import exit_code, fit


def main(argv: Sequence[str] | None = None) -> int:
    """Run a subcommand; 0 when it succeeded, 2 with one sentence on standard error when the input was refused."""
    # Help and refusals are written by argparse, which knows nothing of what a terminal cannot show.
    fit(sys.stdout, "pricing.nearest")
    fit(sys.stderr, "pricing.nearest")

    # Sums here are small: threads of linear algebra would wait for each other, at up to four times the processor.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    def work() -> None:
        from pricing.command import line  # noqa: PLC0415 - Ctrl-C may come while the libraries load

        line.run(argv)

    return exit_code(work)


if __name__ == "__main__":
    sys.exit(main())
