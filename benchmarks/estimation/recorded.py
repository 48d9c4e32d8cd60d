"""What the R packages gave and how long they took, as recorded once; never as if run now."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("recorded.csv")
WHEN = "21 November 2026, R 4.2.2, one core of a Debian 12 machine of two"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One figure on record, ``estimate`` as many digits as were kept."""

    package: str
    version: str
    estimate: str
    low: float | None
    high: float | None
    acceleration: float | None
    replicates: int | None
    seconds: float | None

    def matches(self, ours: float) -> bool:
        """Return whether ``ours`` is the recorded estimate in all digits that were kept."""
        _, _, digits = self.estimate.partition(".")
        return f"{ours:.{len(digits)}f}" == self.estimate

    def told(self) -> dict[str, float]:
        """Return the numbers on record by name."""
        ends = {"low": self.low, "high": self.high}
        return {"estimate": float(self.estimate)} | {k: v for k, v in ends.items() if v}


def on_record() -> dict[tuple[str, str], Recorded]:
    """Return every recorded figure by table and peer."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["peer"]): _one(row) for row in csv.DictReader(file)}


def _one(row: dict[str, str]) -> Recorded:
    low, high, pull, seconds = (
        float(row[name]) if row[name] else None
        for name in ("low", "high", "acceleration", "seconds")
    )
    return Recorded(
        package=row["package"], version=row["version"], estimate=row["estimate"], low=low,
        high=high, acceleration=pull, seconds=seconds,
        replicates=int(row["replicates"]) if row["replicates"] else None,
    )  # fmt: skip
