"""Which group a pair of records belongs to: whose links are missed, and whose are wrong.

Each record stands for half of a pair: where the two say different things, half of the pair is in
the one group and half in the other; what one of them does not say is taken from the other. The
script and how much is filled in are of the pair: what the two have to be compared by. Nobody is
judged by a group; the linker is.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from mekhala.core.matching.exact_keys import sex_of
from mekhala.core.matching.records import COLUMNS, REQUIRED
from mekhala.core.names.ages import span_of_text
from mekhala.core.names.khmer import is_khmer
from mekhala.core.names.normal import is_latin, normal_text

UNKNOWN, ACROSS = "unknown", "across scripts"
AGES = ((18, "under 18"), (25, "18 to 24"), (40, "25 to 39"), (200, "40 and over"))
FILLED = ((5, "fewer than 5"), (8, "5 to 7"), (11, "8 to 10"), (99, "11 and more"))
NAMES = ("full_name", "family_name", "given_name", "name_km")
DIMENSIONS = ("sex", "age", "nationality", "script", "filled fields")

type Record = Mapping[str, str]
type Groups = tuple[str, ...]  # one for each of DIMENSIONS


def groups_of(records: Sequence[Record]) -> list[Groups]:
    """Return the groups of each record, one for each of ``DIMENSIONS``.

    An age is that on the day of the event or of the word on it; where neither is known, in the
    latest year of an event in the file.
    """
    years = [year for r in records if (year := _year(r.get("event_date") or r.get("age_on")))]
    latest = max(years, default=None)
    return [
        (
            sex_of(record.get("sex")) or UNKNOWN,
            _age(record, latest),
            normal_text(record.get("nationality")) or UNKNOWN,
            _script(record),
            _banded(_filled(record), FILLED),
        )
        for record in records
    ]


def of_pair(one: Groups, other: Groups) -> tuple[Groups, Groups]:
    """Return the groups of each half of a pair; of filled fields those of the emptier record.

    >>> for half in of_pair(("female", "unknown", "vnm", "khmer", "5 to 7"),
    ...                     ("female", "under 18", "khm", "latin", "fewer than 5")):
    ...     print(*half, sep=", ")
    female, under 18, vnm, across scripts, fewer than 5
    female, under 18, khm, across scripts, fewer than 5
    """
    order = [word for _, word in FILLED]
    both = _scripts(one[3], other[3]), min(one[4], other[4], key=order.index)
    return (*_known(one, other), *both), (*_known(other, one), *both)


def _known(one: Groups, other: Groups) -> Groups:
    """What a record says of the person, or else the other."""
    return tuple(b if a == UNKNOWN else a for a, b in zip(one[:3], other[:3], strict=True))


def _scripts(one: str, other: str) -> str:
    """The script both have; both have both, or share none."""
    if UNKNOWN in (one, other):
        return UNKNOWN
    if one == other:
        return one
    if "both" in (one, other):
        return other if one == "both" else one
    return ACROSS


def _script(record: Record) -> str:
    """In which scripts the name is written; "other" is neither Khmer nor Latin."""
    found = {_script_of(text) for c in NAMES if (text := normal_text(record.get(c)))}
    if found >= {"khmer", "latin"}:
        return "both"
    return next((s for s in ("khmer", "latin", "other") if s in found), UNKNOWN)


@lru_cache(maxsize=65_536)
def _script_of(text: str) -> str:
    if is_khmer(text):
        return "khmer"
    return "latin" if is_latin(text) else "other"


def _age(record: Record, latest: int | None) -> str:
    """The band of the middle of what is said about the birth."""
    on = record.get("event_date") or record.get("age_on")
    now = _year(on) or latest
    told = normal_text(record.get("age"))
    if told and told.isdecimal():
        return _banded(int(told), AGES)
    born = _year(record.get("birth_date")) or _year(record.get("birth_year"))
    return UNKNOWN if born is None or now is None else _banded(now - born, AGES)


@lru_cache(maxsize=65_536)
def _year(text: str | None) -> int | None:
    """The middle year of what is written, None where it is unknown or wider than a decade."""
    span = span_of_text(text)
    if span is None:
        return None
    first, last = span.days[0].first.year, span.days[-1].last.year
    return (first + last) // 2 if last - first <= 10 else None


def _filled(record: Record) -> int:
    """How many cells say something, beside the two that every record has."""
    return sum(bool(normal_text(record.get(c))) for c in COLUMNS if c not in REQUIRED)


def _banded(number: int, bands: Sequence[tuple[int, str]]) -> str:
    """The first band whose end is above the number."""
    return next((word for end, word in bands if number < end), bands[-1][1])
