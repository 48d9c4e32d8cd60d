"""A progress bar for work over two seconds, on standard error, for people only."""

import sys
import time
from types import TracebackType


class Progress:
    """``with Progress("people", 2000) as p: p.to(500)``. Silent where nobody watches."""

    def __init__(self, what: str, total: int) -> None:
        """Count ``what`` up to ``total``."""
        self.what, self.total = what, total
        self.began, self.shown = time.monotonic(), False
        self.watched = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        """Begin."""
        return self

    def to(self, done: int) -> None:
        """Say how many are done."""
        if not self.watched or time.monotonic() - self.began < 2:
            return
        self.shown = True
        width = 30 * done // max(self.total, 1)
        bar = "█" * width + "·" * (30 - width)
        print(f"\r{bar} {done:,} of {self.total:,} {self.what}", end="", file=sys.stderr)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """End the line, if one was begun."""
        if self.shown:
            print(file=sys.stderr)
