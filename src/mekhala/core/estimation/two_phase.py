"""A share from two phases: everybody is screened and graded, a sample of each grade confirmed.

p = sum w_h p_h, where w_h is the share of those screened in grade h and p_h the share of those
of grade h looked at again who were positive (Neyman 1938; Tenenbein 1970). Its variance is that
of the first phase and what the second adds: p q / (n - 1) + sum w_h^2 (1/m_h - 1/n_h) s_h^2,
with s_h^2 = p_h q_h m_h / (m_h - 1) (Cochran 1977, 12.2; McNamee 2003).
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mekhala.core.estimation import cells
from mekhala.core.estimation.binomial import Kind, left_over, limits
from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.proportion import bounds
from mekhala.core.estimation.shares import (
    Found,
    Frame,
    Sampling,
    answered_share,
    check_level,
    check_population,
    of_refusals,
)
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

COLUMNS = ("grade", "screened", "confirmed", "positive")
FEW_CONFIRMED = 5
TWO_PHASE = Sampling(
    method="two-phase",
    design="two-phase",
    model="everybody graded, a sample of each grade looked at again",
    assumption="Everybody in the frame had the same chance of being screened; who of a grade was "
    "looked at again was drawn by chance; the second look tells who is positive.",
    reference="Tenenbein 1970, JASA 65:1350-1361; McNamee 2003, Int. J. Epidemiol. 32:1072-1078",
    covers="sampling, in both phases",
)


@dataclass(frozen=True, kw_only=True)
class Grade:
    """People graded alike at screening, those of them looked at again, and positive of those."""

    grade: str
    screened: int
    confirmed: int
    positive: int


def read_grades(text: str, name: str = "grades") -> list[Grade]:
    """Read a CSV: grade, screened, confirmed (looked at again), positive (of those).

    Raises ``WrongInput`` naming file, row and column.
    """
    rows = named_rows(text, name, COLUMNS)
    grades = []
    for where, row in rows:
        if not row["grade"]:
            raise WrongInput(f"{where}, column grade: is empty; expected a name")
        counts = {c: cells.people(row[c], f"{where}, column {c}") for c in COLUMNS[1:]}
        grades.append(Grade(grade=row["grade"], **counts))
    _check(grades, name)
    return grades


def two_phase(
    grades: Sequence[Grade],
    *,
    refused: int | None = None,
    level: float = 0.95,
    interval: Kind = Kind.WILSON,
    frame: Frame | None = None,
    name: str = "grades",
) -> Estimate:
    """Estimate the share of all screened who would be positive had all been looked at again.

    Where everybody was, it is the simple sample's. Raises ``WrongInput`` for counts that cannot
    be and for a grade of which fewer than two were looked at again; ``name`` is the file to
    name there.
    """
    started = time.perf_counter()
    frame = frame or Frame()
    check_level(level)
    grades = sorted(grades, key=lambda g: g.grade)
    _check(grades, name)
    people = sum(g.screened for g in grades)
    check_population(frame.population, people + (refused or 0))
    found = _found(grades, people, frame.population, level, interval)
    found = replace(
        found, refused=refused,
        refusal_bounds=_bounds(found.share, people, refused),
        data=("grades", [vars(g) for g in grades], refused),
        warnings=(*of_refusals(refused), *found.warnings),
    )  # fmt: skip
    return answered_share(found, TWO_PHASE, frame, level=level, started=started)


def _found(
    grades: Sequence[Grade], people: int, population: int | None, level: float, kind: Kind
) -> Found:
    held = [g for g in grades if g.screened]
    share = min(sum(g.screened / people * g.positive / g.confirmed for g in held), 1.0)
    first = share * (1 - share) / max(people - 1, 1) * left_over(people, population)
    second = sum((g.screened / people) ** 2 * _second(g) for g in held)
    confirmed = sum(g.confirmed for g in held)
    got = limits(
        share, variance=first + second, people=people, degrees=confirmed - len(held), level=level,
        kind=kind,
    )  # fmt: skip
    if second > 0 and share in (0, 1):
        got = limits(share, variance=0, people=confirmed, degrees=0, level=level, kind=kind)
    elif first + second == 0 and 0 < share < 1:  # everybody was seen, and looked at again
        got = replace(got, low=share, high=share)
    return Found(
        share=share, low=got.low, high=got.high, interval=str(got.kind), data=None,
        positive=sum(g.positive for g in held), screened=people, size=got.size,
        design_effect=got.design_effect, warnings=tuple(_warnings(held)),
        more={"confirmed": confirmed,
              "grades": {g.grade: {"share": g.positive / g.confirmed, "weight": g.screened / people}
                         for g in held}},
    )  # fmt: skip


def _second(grade: Grade) -> float:
    """(1/m - 1/n) s^2; a grade all alike counts one more of each (Agresti & Caffo 2000)."""
    m, share = grade.confirmed, grade.positive / grade.confirmed
    if share in (0, 1):
        share = (grade.positive + 1) / (m + 2)
    return (1 / m - 1 / grade.screened) * share * (1 - share) * m / max(m - 1, 1)


def _bounds(share: float, people: int, refused: int | None) -> dict[str, float] | None:
    """Shares of all asked if none, or all, of those who refused were positive."""
    low = bounds(0, people, refused)
    if low is None:
        return None
    asked = people + (refused or 0)
    return {"low": share * people / asked, "high": share * people / asked + low["high"]}


def _check(grades: Sequence[Grade], name: str) -> None:
    """Refuse grades that are there twice, cannot be, or were not looked at again."""
    if not sum(g.screened for g in grades):
        raise WrongInput(f"{name}: holds nobody screened; expected one row for each grade")
    names = [g.grade for g in grades]
    for g in grades:
        where = f"{name}: grade {g.grade!r}"
        if names.count(g.grade) > 1:
            raise WrongInput(f"{where} is there twice; expected one row for each")
        if not 0 <= g.positive <= g.confirmed <= g.screened:
            raise WrongInput(
                f"{where}: {g.positive} positive of {g.confirmed} looked at again of {g.screened} "
                "screened cannot be"
            )
        if g.confirmed < min(2, g.screened):
            raise WrongInput(
                f"{where}: {g.confirmed} of {g.screened} were looked at again; expected two or "
                "more, for people of any grade may be positive"
            )


def _warnings(grades: Sequence[Grade]) -> Iterator[Warned]:
    few = [g.grade for g in grades if g.confirmed < min(FEW_CONFIRMED, g.screened)]
    if few:
        yield Warned(
            code="few_confirmed",
            because=f"fewer than {FEW_CONFIRMED} were looked at again of grade {', '.join(few)}",
        )
