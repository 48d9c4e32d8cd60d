"""Events per so many people, with the exact interval, and when such a rate may be told.

Garwood (1936), Fiducial limits for the Poisson distribution: the interval of a count k is from
the alpha/2 point of a gamma distribution with shape k to the 1 - alpha/2 point with shape k + 1.
"""

from dataclasses import dataclass

FEWEST = 200  # people behind a rate, below which none is told: one event would be 5 per 1,000
FEWEST_EVENTS = 5  # below which nothing is said to differ from anything


@dataclass(frozen=True, kw_only=True)
class Rate:
    """``events`` among ``size`` people; rate and interval per ``per``, None where not told."""

    events: int
    size: int
    per: int
    rate: float | None
    low: float | None
    high: float | None

    def is_above(self, other: "Rate") -> bool:
        """Return whether the whole interval lies above the other's rate, on enough events."""
        if self.low is None or other.rate is None or self.events < FEWEST_EVENTS:
            return False
        return self.low > other.rate


def rate(events: int, size: int, *, per: int = 1000, level: float = 0.95) -> Rate:
    """Return events per ``per`` people; without a rate where fewer than ``FEWEST`` people are.

    Raises ``ValueError`` for a negative count or a level outside 0 to 1.
    """
    if events < 0 or size < 0 or not 0 < level < 1:
        raise ValueError(f"{events} events among {size} at {level}; expected counts and a share")
    if size < FEWEST:
        return Rate(events=events, size=size, per=per, rate=None, low=None, high=None)
    low, high = (end * per / size for end in exact(events, level))
    return Rate(events=events, size=size, per=per, rate=events * per / size, low=low, high=high)


def exact(events: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a Poisson mean from one count."""
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return low, float(gammaincinv(events + 1, 1 - tail))
