"""One estimate of a hidden population, with all that it rests on."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Warned:
    """Something a reader must know before using a figure: a fixed code, and why it applies."""

    code: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """How many people there are in all, on a list or on none.

    ``estimate``, ``low`` and ``high`` count people, ``observed`` among them; None where no
    finite number exists. ``covers`` says what the interval covers, ``assumption`` what must
    hold and cannot be seen in the data, ``pairs`` which lists depend on each other.
    ``data_hash`` is the SHA-256 of the table in order.
    """

    method: str
    observed: int
    estimate: float | None
    low: float | None
    high: float | None
    level: float
    interval: str
    covers: str
    model: str
    pairs: tuple[tuple[str, str], ...]
    assumption: str
    exists: bool
    warnings: tuple[Warned, ...]
    seconds: float
    bootstrap: int
    seed: int
    data_hash: str
    version: str
    reference: str

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON; people to one decimal place."""
        answer = asdict(self)
        for name in ("estimate", "low", "high"):
            value = answer[name]
            answer[name] = None if value is None else round(value, 1)
        answer["pairs"] = [list(pair) for pair in self.pairs]
        answer["warnings"] = [asdict(warned) for warned in self.warnings]
        answer["seconds"] = round(self.seconds, 3)
        return answer
