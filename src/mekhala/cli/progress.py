"""A progress bar on work that takes over two seconds, for people at a terminal only."""

import sys
import time
from types import TracebackType

QUIET = 2.0  # seconds before the bar appears
WIDTH = 30


class Progress:
    """Called with what is done and how much there is; leaves no trace when it ends."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.started = time.perf_counter()
        self.drawn = False

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Draw the bar, unless nobody watches or the work is still short."""
        if not sys.stderr.isatty() or time.perf_counter() - self.started < QUIET:
            return
        full = WIDTH * done // max(total, 1)
        bar = "#" * full + "." * (WIDTH - full)
        sys.stderr.write(f"\r{self.what} [{bar}] {done}/{total}")
        sys.stderr.flush()
        self.drawn = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
