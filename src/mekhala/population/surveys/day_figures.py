"""The figures of one post and day, and whether they add up."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys.grades import GRADES

MOST = 100_000  # people at one post on one day; more is a typing error


@dataclass(frozen=True, kw_only=True)
class DayFigures:
    """Numbers of people; None is "not counted", never 0.

    ``approached`` = ``refused`` + ``missed`` + ``screened``; ``screened`` is the sum of the four
    grades. ``…_examined`` and ``…_confirmed``: how many of a grade the second phase looked at
    again, and how many of these it confirmed.
    """

    approached: int | None
    refused: int | None
    missed: int | None
    screened: int
    strong: int
    some: int
    none: int
    unclear: int
    strong_examined: int | None = None
    strong_confirmed: int | None = None
    some_examined: int | None = None
    some_confirmed: int | None = None
    none_examined: int | None = None
    none_confirmed: int | None = None
    unclear_examined: int | None = None
    unclear_confirmed: int | None = None


NAMES = tuple(field.name for field in fields(DayFigures))
NOBODY = DayFigures(
    approached=0, refused=0, missed=0, screened=0, strong=0, some=0, none=0, unclear=0
)


def check(figures: DayFigures, where: str = "") -> None:
    """Raise ``WrongInput`` with one sentence on the first thing that cannot be.

    ``where`` stands before it, such as "days.csv: row 3".
    """
    for name, words in faults(figures):
        place = f"{where}, {name}" if where else name
        raise WrongInput(f"{place}: {words}")


def faults(figures: DayFigures) -> Iterator[tuple[str, str]]:
    """Yield each field that cannot be, and why in words."""
    yield from _of_each(figures)
    yield from _of_those_approached(figures)
    graded = sum(getattr(figures, grade) for grade in GRADES)
    if figures.screened != graded:
        yield (
            "screened",
            _("is %(screened)s, but the four grades add up to %(graded)s; expected the same number")
            % {"screened": figures.screened, "graded": graded},
        )
    for grade in GRADES:
        yield from _of_second_phase(figures, grade)


def _of_each(figures: DayFigures) -> Iterator[tuple[str, str]]:
    for name in NAMES:
        people = getattr(figures, name)
        if people is not None and not 0 <= people <= MOST:
            yield name, _("is %(people)s; expected people, from 0 to %(most)s") % {
                "people": people, "most": MOST,
            }  # fmt: skip


def _of_those_approached(figures: DayFigures) -> Iterator[tuple[str, str]]:
    asked, parts = figures.approached, (figures.refused, figures.missed, figures.screened)
    known = sum(part or 0 for part in parts)
    told = {"approached": asked, "sum": known}
    adds_up = _("refused, missed and screened add up to %(sum)s") % told
    if None not in parts and asked is None:
        yield "approached", _("is empty, but %(why)s; expected that number") % {"why": adds_up}
    elif asked is not None and (asked < known or (None not in parts and asked != known)):
        said = _("is %(approached)s, but %(why)s; expected the same number")
        yield "approached", said % {**told, "why": adds_up}


def _of_second_phase(figures: DayFigures, grade: str) -> Iterator[tuple[str, str]]:
    found, examined, confirmed = (
        getattr(figures, name) for name in (grade, f"{grade}_examined", f"{grade}_confirmed")
    )
    told = {"found": found, "examined": examined, "confirmed": confirmed}
    if (examined is None) != (confirmed is None):
        said = _("examined and confirmed are given together, or both left empty")
        yield f"{grade}_confirmed", said
    elif examined is not None and examined > found:
        said = _("is %(examined)s, but %(found)s were found; expected no more")
        yield f"{grade}_examined", said % told
    elif examined is not None and confirmed > examined:
        said = _("is %(confirmed)s, but %(examined)s were examined; expected no more")
        yield f"{grade}_confirmed", said % told
