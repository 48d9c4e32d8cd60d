"""How long the processor worked, by who it worked for: what a busy machine cannot blur."""

import os
from collections.abc import Iterable
from pathlib import Path

from benchmarks.kills import children_of

_TICK = os.sysconf("SC_CLK_TCK")


class Processor:
    """Seconds of processor time of groups of processes since it was made."""

    def __init__(self, **roots: int) -> None:
        """Watch each named process with its children."""
        self.roots = roots
        self.began = self._now()

    def spent(self) -> dict[str, float]:
        """Return the seconds each group has used."""
        now = self._now()
        return {name: now[name] - self.began[name] for name in self.roots}

    def _now(self) -> dict[str, float]:
        return {name: sum(map(_seconds, _family(root))) for name, root in self.roots.items()}


def _family(root: int) -> Iterable[int]:
    return [root, *children_of(root)]


def _seconds(process: int) -> float:
    """Return user and system time of a process and of the children it has buried."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return 0.0
    return sum(map(int, stat.rpartition(")")[2].split()[11:15])) / _TICK
