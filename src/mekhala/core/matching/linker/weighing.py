"""One pair of records weighed by the model, in plain Python: what speaks for and against, in words.

Fellegi and Sunter 1969: each piece of evidence weighs log2(m/u) bits; where a name agrees, u is how
frequent the name is (Winkler 1988). What is unknown on one side weighs nothing. The weight says how
much the papers agree. Whether they are one person's is for people to say.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.linker.levels import Comparison, Level
from mekhala.core.matching.linker.model import LevelWeight, Model, default_model
from mekhala.core.matching.linker.prepared import Prepared, prepared
from mekhala.core.matching.linker.rows import Row, row_of

UNKNOWN = "unknown"
type Step = dict[str, float | str]


@dataclass(frozen=True, kw_only=True)
class Weight:
    """One piece of evidence: ``field`` and ``level`` are codes, ``bits`` for (+) or against (-).

    ``because`` is a sentence without any value of the records.
    """

    field: str
    level: str
    bits: float
    because: str


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A pair weighed: the probability that it is one person, the bits in all, and each part.

    ``bits`` starts from the odds of any two records (``prior_bits``) and adds the parts.
    """

    probability: float
    bits: float
    prior_bits: float
    parts: tuple[Weight, ...]


def weigh(left: Mapping[str, str], right: Mapping[str, str], model: Model | None = None) -> Weighed:
    """Weigh two records with the columns of ``records.COLUMNS``, missing ones unknown.

    >>> alike = weigh({"full_name": "ស្រីមុំ", "sex": "f"}, {"full_name": "Sreymom", "sex": "f"})
    >>> [(part.field, part.level) for part in alike.parts if part.bits > 0]
    [('name', 'same_sound'), ('sex', 'same')]
    """
    return weigh_prepared(prepared(left), prepared(right), model)


def weigh_prepared(left: Prepared, right: Prepared, model: Model | None = None) -> Weighed:
    """Weigh two prepared records, for whoever weighs one against many."""
    by = model or default_model()
    one, other = row_of(left), row_of(right)
    parts = tuple(_part(comparison, one, other, by) for comparison in COMPARISONS)
    start = prior_bits(by)
    bits = start + math.fsum(part.bits for part in parts)
    return Weighed(probability=probability_of(bits), bits=bits, prior_bits=start, parts=parts)


def prior_bits(model: Model) -> float:
    """Return the odds that any two records are one person, in bits."""
    return math.log2(model.prior / (1 - model.prior))


def probability_of(bits: float) -> float:
    """Return the probability that stands at so many bits.

    >>> probability_of(0.0), round(probability_of(4.25), 2)
    (0.5, 0.95)
    """
    return 1 / (1 + math.exp2(-bits)) if bits >= 0 else math.exp2(bits) / (1 + math.exp2(bits))


def waterfall(weighed: Weighed) -> list[Step]:
    """Return the steps from the start to the sum: ``field, level, from, to, because``.

    >>> steps = waterfall(weigh({"sex": "f"}, {"sex": "f"}))
    >>> steps[0]["field"], steps[0]["to"] == steps[1]["from"]
    ('start', True)
    """
    steps: list[Step] = []
    at = weighed.prior_bits
    start: Step = {"field": "start", "level": "prior", "from": 0.0, "to": at}
    steps.append(start | {"because": "How rare it is that any two records are one person."})
    for part in weighed.parts:
        step: Step = {"field": part.field, "level": part.level, "from": at, "to": at + part.bits}
        steps.append(step | {"because": part.because})
        at += part.bits
    return steps


def _part(comparison: Comparison, left: Row, right: Row, model: Model) -> Weight:
    level = comparison.level_of(left, right)
    if level is None:
        because = (
            comparison.unknown_because or f"The {comparison.field} is not known on both sides."
        )
        return Weight(field=comparison.field, level=UNKNOWN, bits=0.0, because=because)
    weight = _weight_of(level, model.comparisons[comparison.field])
    bits = weight.bits
    if level.by_frequency:
        frequency = max(model.frequency(left["named"]), model.frequency(right["named"]))
        bits = math.log2(weight.m / frequency)
    return Weight(
        field=comparison.field, level=level.code, bits=bits * model.temper, because=level.because
    )


def _weight_of(level: Level, weights: Iterable[LevelWeight]) -> LevelWeight:
    return next(weight for weight in weights if weight.code == level.code)
