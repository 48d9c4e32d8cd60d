"""The trained model as a file: how often each level holds for one person and for two.

JSON, with the day it was trained, on how many records, and a hash of them. Frequencies of names
are kept for names that many bear, as they sound and not as they are written; a rare name counts
as rare as the rarest kept.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.wrong_input import WrongInput

VERSION = 1
LEAST = 1e-9
# Of a bit: weights are added as whole numbers, whose sum no order of adding alters.
UNITS = 2**32
COUNTED_BY = "named"  # the column whose frequencies adjust the weight of a name


@dataclass(frozen=True, kw_only=True)
class LevelWeight:
    """``m``: how often the level holds where two records are one person; ``u``: two persons."""

    code: str
    m: float
    u: float

    def __post_init__(self) -> None:
        if not (_is_share(self.m) and _is_share(self.u)):
            raise WrongInput(f"model: level {self.code!r}: m or u is no share from 0 to 1")

    @property
    def bits(self) -> float:
        """The weight of the level, in bits: log2 of m over u."""
        return math.log2(max(self.m, LEAST) / max(self.u, LEAST))


@dataclass(frozen=True, kw_only=True)
class Model:
    """What is known of how records of one person agree, and of two.

    ``prior``: the share of true pairs among all pairs. ``comparisons``: field → its levels, in the
    order of ``comparisons.COMPARISONS``. ``frequencies``: sound of a name → share of records;
    ``least_frequency`` is taken for any other. ``temper``: the factor all evidence is multiplied
    by, below 1 because pieces of evidence are not independent. ``calibration``: (probability by the
    evidence, share that was true of such pairs) in rising order, as counted where the truth is
    known; empty where the evidence is taken as it stands.
    """

    prior: float
    comparisons: Mapping[str, tuple[LevelWeight, ...]]
    temper: float = 1.0
    calibration: tuple[tuple[float, float], ...] = ()
    frequencies: Mapping[str, float] = field(default_factory=dict)
    least_frequency: float = 1e-5
    trained_on: int = 0
    date: str = ""
    data_hash: str = ""
    how: str = ""
    version: int = VERSION

    def __post_init__(self) -> None:
        expected = {c.field: [level.code for level in c.levels] for c in COMPARISONS}
        found = {name: [level.code for level in of] for name, of in self.comparisons.items()}
        if found != expected:
            odd = next(
                name for name in {**expected, **found} if found.get(name) != expected.get(name)
            )
            raise WrongInput(
                f"model: comparison {odd}: has the levels {found.get(odd)}; "
                f"expected {expected.get(odd)}"
            )
        if not all(map(_is_share, (self.prior, self.temper, self.least_frequency))):
            raise WrongInput("model: prior, temper or frequency is no share from 0 to 1")
        if not all(map(_is_share, self.frequencies.values())):
            raise WrongInput("model: the frequency of a name is no share from 0 to 1")
        if not _is_rising(self.calibration):
            raise WrongInput("model: calibration is no list of shares that rise together")
        if not 0 < self.prior < 1 or not 0 < self.temper <= 1:
            raise WrongInput("model: prior or temper is out of range; expected above 0 and up to 1")

    def frequency(self, named: str | None) -> float:
        """Return the share of records that bear a name of this sound."""
        return self.frequencies.get(named or "", self.least_frequency)

    def calibrated(self, probability: float) -> float:
        """Return the share that was true of pairs which the evidence gives this probability.

        >>> Model.calibrated(default_model(), 1.0)
        1.0
        """
        return _between(probability, self.calibration)

    def uncalibrated(self, probability: float) -> float:
        """Return what ``calibrated`` turns into this probability."""
        return _between(probability, [(told, raw) for raw, told in self.calibration])

    def dumps(self) -> str:
        """Return the model as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @staticmethod
    def loads(text: str, name: str = "model") -> "Model":
        """Read a model that ``dumps`` wrote. Raises ``WrongInput`` for anything else."""
        try:
            document = json.loads(text)
            if document["version"] != VERSION:
                raise WrongInput(f"{name}: is of version {document['version']}; expected {VERSION}")
            return _model(document)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            said = f"{type(error).__name__}: {error}"
            raise WrongInput(
                f"{name}: holds no model ({said}); expected model.json of mekhala link"
            ) from None


def units(bits: float) -> int:
    """Return a weight in whole units.

    >>> units(1.5) / UNITS
    1.5
    """
    return round(bits * UNITS)


def _between(at: float, points: Sequence[tuple[float, float]]) -> float:
    """Return the height at a place of the straight lines from (0, 0) by the points to (1, 1)."""
    for (x0, y0), (x1, y1) in pairwise([(0.0, 0.0), *points, (1.0, 1.0)]):
        if at < x1:
            return y0 + (at - x0) * (y1 - y0) / (x1 - x0)
    return 1.0


def _is_rising(points: Sequence[tuple[float, float]]) -> bool:
    """Whether points lie within 0 and 1 and rise to the right, none above another."""
    if not all(_is_share(share) for point in points for share in point):
        return False
    return all(
        one[0] < two[0] and one[1] < two[1]
        for one, two in pairwise([(0.0, 0.0), *points, (1.0, 1.0)])
    )


def _is_share(number: object) -> bool:
    """Tell a number from what else a file may hold: these go into statements as they are."""
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return is_number and 0 <= number <= 1  # type: ignore[operator]


@cache
def default_model() -> Model:
    """Return the model that comes with the program, for too few records to train one."""
    here = resources.files("mekhala.core.matching.linker")
    return Model.loads((here / "default_model.json").read_text(encoding="utf-8"))


def _model(document: dict[str, Any]) -> Model:
    levels = {
        name: tuple(LevelWeight(**level) for level in of)
        for name, of in document["comparisons"].items()
    }
    points = tuple((float(raw), float(told)) for raw, told in document.get("calibration", ()))
    return Model(**{**document, "comparisons": levels, "calibration": points})
