"""How a figure travelled: its source, the documents that carried it, the claims that print it.

A lane holds one definition in one unit, and no line leaves its lane: what was taken over under
another definition begins a lane of its own that says whence it came. Time is that of the sources
named; of a document it is known only that it is not older than the latest source it cites.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mekhala.core.provenance.changes import Change, changes
from mekhala.core.provenance.claim import Claim as Read
from mekhala.core.provenance.parts import Part, shared_words
from mekhala.core.provenance.sources import YEAR, carriers, origin_of
from mekhala.population.claims.queries import Origin, Traced

OTHERS = 5  # counted figures of the chain that are drawn beside; the rest is in its list
SHORT = 60  # letters of a citation that is written out under its source


@dataclass(kw_only=True)
class Stop:
    """A source, a carrying document (``one`` is None) or a claim, and where it was taken from.

    ``year`` is None where none is known; ``shown`` tells whether the author names what stands
    before. ``column`` and ``row`` are places in the drawing, counted from 0.
    """

    name: str
    year: int | None
    source: str = ""  # the source in a form that can be compared
    one: Traced | None = None
    origin: Origin | None = None  # of a source: whether somebody counted
    before: "Stop | None" = None
    shown: bool = True
    changed: list[Change] = field(default_factory=list)
    row: int = 0
    column: int = 0


@dataclass(kw_only=True)
class Lane:
    """One definition: its first claim, its stops in rows, and the claim it was taken from."""

    first: Read
    stops: list[Stop] = field(default_factory=list)
    rows: int = 0
    taken_from: Read | None = None


@dataclass(kw_only=True)
class Travel:
    """Lanes with their stops, the years over the columns, and how many claims were left out."""

    lanes: list[Lane]
    columns: list[int | None]
    left_out: int


def travel(chain: Sequence[Traced], joined: Sequence[Traced], years: dict[str, int]) -> Travel:
    """Return the lanes of a figure, then those of a few counted figures of its chain.

    ``joined`` holds the root first, then what repeats it; ``chain`` every claim of the chain;
    ``years`` is the answer of ``document_years``. Beside the figure stand counted figures that
    have a word of what is counted in common with it.
    """
    beside = [one for one in chain if one not in joined and _akin(one, joined)]
    shown = [*joined, *beside[:OTHERS]]
    by_id = {one.claim.claim_id: one for one in shown}
    lanes: dict[tuple[str, str, str], Lane] = {}
    for one in shown:
        lane = lanes.setdefault(one.definition, Lane(first=one.claim))
        root = by_id[one.repeats] if one.repeats else one
        if root.definition != one.definition and not lane.stops:
            lane.taken_from = root.claim
        _add(lane, one, root, years)
    found = list(lanes.values())
    left_out = len([one for one in chain if one not in shown])
    return Travel(lanes=found, columns=_columns(found), left_out=left_out)


def _akin(one: Traced, joined: Sequence[Traced]) -> bool:
    """Whether a claim is a counted figure that speaks of the same kind of thing."""
    words = Part(one.claim).slots
    return one.origin == Origin.COUNTED and any(
        one.claim.base_unit == other.claim.base_unit
        and shared_words(words, Part(other.claim).slots)
        for other in joined
    )


def _add(lane: Lane, one: Traced, root: Traced, years: dict[str, int]) -> None:
    """Put a claim in a row of its lane, behind its source and the documents that carried it."""
    row, lane.rows = lane.rows, lane.rows + 1
    same_lane = root.definition == one.definition
    before: Stop | None = None
    if one.repeats is None:
        before = _source(lane, one, row)
    elif same_lane:
        before = next(s for s in lane.stops if s.one is root).before
    shown = one.repeats is None or origin_of(one.claim) == origin_of(root.claim)
    for name in _carried(one, before):
        before = Stop(name=name, year=_year(name), before=before, shown=shown, row=row)
        lane.stops.append(before)
        shown = True
    lane.stops.append(
        Stop(
            name=one.claim.claim_id, year=years.get(one.claim.document), one=one, before=before,
            shown=shown and bool(origin_of(one.claim)), row=row,
            changed=changes(root.claim, one.claim) if one.repeats else [],
        )
    )  # fmt: skip


def _source(lane: Lane, one: Traced, row: int) -> Stop:
    """The source a root names; one stop for all figures of one source in a lane."""
    source = origin_of(one.claim) or ""
    kept = next((s for s in lane.stops if s.origin and s.source == source and source), None)
    if kept and kept.origin == one.origin:
        return kept
    cited = carriers(one.claim)
    name = cited[-1] if cited and len(cited[-1]) <= SHORT else source
    made = Stop(name=name, source=source, year=_year(name), origin=one.origin, row=row)
    lane.stops.append(made)
    return made


def _carried(one: Traced, before: Stop | None) -> list[str]:
    """The documents between the source and a claim, farthest first."""
    names = list(reversed(carriers(one.claim)))
    if before is not None and one.repeats is None:
        return names[1:]  # the first is the source itself
    source = before.source if before else None
    return [name for name in names if _short(name) != source]


def _short(name: str) -> str:
    """A source as ``origin_of`` names it."""
    return origin_of(Read(claim_id="", quantity="", population_definition="", place="", period="",
                          value="", unit="", method="", source_cited=name)) or ""  # fmt: skip


def _year(name: str) -> int | None:
    years = [int(year) for year in YEAR.findall(name)]
    return min(years, default=None)


def _columns(lanes: list[Lane]) -> list[int | None]:
    """Give every stop a column: by year, and always right of what stands before it."""
    stops = [stop for lane in lanes for stop in lane.stops]
    keys = {id(stop): _when(stop) for stop in stops}
    order = sorted(set(keys.values()))
    heads: list[int | None] = [None] * len(order)
    for stop in stops:
        stop.column = order.index(keys[id(stop)])
        if stop.year == keys[id(stop)][0]:
            heads[stop.column] = stop.year
    return heads


def _when(stop: Stop) -> tuple[int, int]:
    """The year of a stop, or of the latest before it, and how many of that year stand before."""
    if stop.before is None:
        return stop.year or 0, 0
    year, steps = _when(stop.before)
    return (stop.year, 0) if stop.year and stop.year > year else (year, steps + 1)
