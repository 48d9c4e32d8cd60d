"""The person of a page at the time of the conduct, from a day of birth or from an age then."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mekhala.core.law.statute import Period
from mekhala.core.law.written import Place, day, mapping, pairs
from mekhala.core.reasoning.age import MAJORITY, UNDER_15
from mekhala.core.reasoning.age_then import whole_years
from mekhala.core.reasoning.conduct import read_partial_date

type Row = Mapping[str, Any]


def person_then(row: Row, place: Place) -> dict[str, Any]:
    """Return ``person`` as ``assess`` takes it.

    From ``born`` (a day) the age is that when the conduct began. It is known only if no day the
    conduct can have begun on puts the person on the other side of 15 or 18; else it is
    estimated, at the youngest it can have been.
    """
    inside = pairs(row, "person", place)
    here = place.at(inside).within("person")
    mapping(inside, here, {"born", "age", "age_certainty", "sex"})
    if "born" not in inside:
        return dict(inside)
    if "age" in inside or "age_certainty" in inside:
        raise here.wrong("expected either 'born' or 'age' with 'age_certainty'")
    youngest, oldest = _ages(day(inside, "born", here), _began(row, here), here)
    sure = all((youngest < bound) == (oldest < bound) for bound in (UNDER_15, MAJORITY))
    sex = {"sex": inside["sex"]} if "sex" in inside else {}
    return {**sex, "age": youngest, "age_certainty": "known" if sure else "estimated"}


def _began(row: Row, place: Place) -> Period:
    written = pairs(row, "conduct", place).get("from")
    if not isinstance(written, str):
        raise place.wrong("'born' needs the beginning of the conduct; expected it under 'conduct'")
    return read_partial_date(written, where=str(place))


def _ages(born: date | None, began: Period, place: Place) -> tuple[int, int]:
    if born is None or began.first is None or began.last is None or born > began.first:
        raise place.at(None, "born").wrong("expected a day of birth before the conduct")
    return whole_years(born, began.first), whole_years(born, began.last)
