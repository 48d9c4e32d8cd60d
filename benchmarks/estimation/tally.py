"""What a cell of the grid shows about each method: kept as counts, so that cells add up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, inf, log, sqrt
from statistics import fmean, median

from scipy.stats import binom

LEAST, MOST = 0.92, 0.98  # of nominal 0.95
SELDOM = 0.0228  # one tail beyond two standard errors


@dataclass(kw_only=True)
class Tally:
    """Tables of one method: how many, ``refused`` (no number given), ``held`` and ``below``
    (the interval holds the truth, or ends below it); for each number given ``log_bias`` of N and
    ``log_width`` of the interval.
    """

    tables: int = 0
    refused: int = 0
    held: int = 0
    below: int = 0
    log_bias: list[float] = field(default_factory=list)
    log_width: list[float] = field(default_factory=list)

    def refuse(self) -> None:
        """Add a table for which no number is given."""
        self.tables += 1
        self.refused += 1

    def note(self, truth: int, *, point: float, low: float, high: float | None) -> None:
        """Add one estimate of ``truth`` people; ``high`` None: the interval has no upper end."""
        self.tables += 1
        end = inf if high is None else high
        self.held += low <= truth <= end
        self.below += end < truth
        self.log_bias.append(log(point / truth))
        self.log_width.append(log(end / low))

    @property
    def given(self) -> int:
        """How many tables got a number."""
        return self.tables - self.refused

    @property
    def coverage(self) -> float | None:
        """Share of the intervals given that hold the truth; None where none was given."""
        return self.held / self.given if self.given else None

    @property
    def false_confidence(self) -> float:
        """Share of all tables where a number was given and its interval misses the truth."""
        return (self.given - self.held) / self.tables if self.tables else 0.0

    @property
    def bias(self) -> float | None:
        """Mean of log(estimate / truth)."""
        return fmean(self.log_bias) if self.log_bias else None

    @property
    def width(self) -> float | None:
        """Median of high / low; infinite where most intervals have no upper end."""
        middle = median(self.log_width) if self.log_width else None
        return None if middle is None else inf if middle == inf else exp(middle)

    def error(self) -> float | None:
        """Monte-Carlo error of the coverage (Wilson's centre, so that it is never 0)."""
        if not self.given:
            return None
        share = (self.held + 2) / (self.given + 4)
        return sqrt(share * (1 - share) / (self.given + 4))

    def clearly_off(self, *, only_below: bool = False) -> bool:
        """Return whether a coverage of 92-98 % would seldom give so few or so many that hold.

        Exact binomial tails, each as seldom as two standard errors: a few intervals prove nothing.
        """
        too_few = binom.cdf(self.held, self.given, LEAST) < SELDOM
        too_many = binom.sf(self.held - 1, self.given, MOST) < SELDOM
        return bool(too_few or (too_many and not only_below))


def added(tallies: Iterable[Tally]) -> Tally:
    """Return several tallies as one."""
    total = Tally()
    for one in tallies:
        total.tables += one.tables
        total.refused += one.refused
        total.held += one.held
        total.below += one.below
        total.log_bias += one.log_bias
        total.log_width += one.log_width
    return total
