"""One estimate of a hidden population, with all that it rests on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

NO_MODEL = "none"  # the model of a method that is not meant for such a table, or finds none


@dataclass(frozen=True, kw_only=True)
class Warned:
    """Something a reader must know before using a figure: a fixed code, and why it applies.

    ``values`` holds what ``because`` says in figures and names, as plain values by name, so that
    another language can say it: shares from 0 to 1, rounded as in ``because``. Code and names of
    the values together tell which sentence it is. Empty in answers kept before there were any.
    """

    code: str
    because: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Quantity(StrEnum):
    """What an estimate is of; its value names the point in ``Estimate.to_dict``."""

    PEOPLE = "estimate"
    SHARE = "proportion"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One estimate: how many people there are in all, or which share of them.

    ``estimate``, ``low`` and ``high`` count people, ``observed`` among them, or are shares from 0
    to 1 of those observed; None where no finite number exists. ``covers`` says what the interval
    covers (sampling, choice of model, linkage), ``assumption`` what must hold and cannot be seen
    in the data, ``pairs`` which lists depend on each other. ``diagnostics`` holds, as plain
    values under names of their own, what the method showed about itself. ``data_hash`` is the
    SHA-256 of the data in order.
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
    of: Quantity = Quantity.PEOPLE
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The estimate in words: point, interval, what it covers, assumption, every warning."""
        from mekhala.core.estimation.wording import in_words

        return in_words(self)

    def plot(self) -> str:
        """Return the text of an SVG picture: point and interval from zero (needs Altair)."""
        from mekhala.core.estimation.charts import drawn_panel

        return drawn_panel([self])

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.plot()

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON, diagnostics beside the rest; people to one decimal place."""
        answer = asdict(self)
        del answer["of"], answer["diagnostics"]
        point = answer.pop("estimate")
        answer = {"method": answer.pop("method"), str(self.of): point, **answer}
        if self.of is Quantity.PEOPLE:
            for name in ("estimate", "low", "high"):
                value = answer[name]
                answer[name] = None if value is None else round(value, 1)
        answer["pairs"] = [list(pair) for pair in self.pairs]
        answer["warnings"] = [asdict(warned) for warned in self.warnings]
        answer["seconds"] = round(self.seconds, 3)
        return answer | dict(self.diagnostics)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "Estimate":
        """Return the estimate that ``to_dict`` told: what is no field of its own is a diagnostic.

        Raises ``KeyError`` where a field is missing.
        """
        of = Quantity.PEOPLE if Quantity.PEOPLE in told else Quantity.SHARE
        own = {f.name for f in fields(cls)} - {"of", "diagnostics", "estimate"}
        rest = {n: v for n, v in told.items() if n not in own and n != of}
        given = {name: told[name] for name in own} | {
            "pairs": tuple((one, other) for one, other in told["pairs"]),
            "warnings": tuple(Warned(**warned) for warned in told["warnings"]),
        }
        return cls(of=of, estimate=told[of], diagnostics=rest, **given)
