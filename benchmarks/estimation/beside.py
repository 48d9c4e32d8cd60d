"""One table, one peer, both sides: what each gave, whether they agree, and how long each took."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.estimation.peers import Peer, Told
from benchmarks.estimation.recorded import Recorded
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.panel import METHODS
from mekhala.core.estimation.tables import OverlapTable, read_overlaps

REPEATS = 3
EXACT = 1e-6  # relative: both sides solve the same equations
WITHIN_ERRORS = 3.0  # of the peer's own Monte-Carlo error, where it tells one


@dataclass(frozen=True, kw_only=True)
class Beside:
    """``how`` is ``run`` (R now, back to back) or ``recorded``; ``agrees`` None: not judged."""

    table: str
    peer: str
    how: str
    theirs: str
    ours: Estimate
    agrees: bool | None
    seconds: float
    their_seconds: float | None
    work: float = 1.0

    @property
    def ratio(self) -> float | None:
        """Return their seconds over ours for as much work; None where theirs are not known."""
        return self.work * self.their_seconds / self.seconds if self.their_seconds else None


def compare(
    path: Path, peers: list[Peer], known: dict[tuple[str, str], Recorded]
) -> Iterator[Beside]:
    """Run each peer that is installed on the table at ``path``, else look for its record."""
    table = read_overlaps(path.read_text(encoding="utf-8"), path.name)
    for peer in peers:
        if peer.name == "mse-bayesthresh" and "bayes-threshold" not in METHODS:
            continue
        record = known.get((path.stem, peer.name))
        if peer.runs_here():
            yield _run(path, table, peer)
        elif record:
            yield _looked_up(path.stem, table, peer, record)


def _run(path: Path, table: OverlapTable, peer: Peer) -> Beside:
    """Run both, one after the other."""
    ours, seconds = timed(peer, table)
    pairs = [",".join(":".join(p) for p in ours.pairs)] if peer.method == "pairs" else []
    theirs = peer.ask(path, *filter(None, pairs))
    return Beside(
        table=path.stem, peer=peer.name, how="run", theirs=_words(theirs), ours=ours,
        agrees=_agree(peer, ours, theirs), seconds=seconds, their_seconds=theirs["seconds"],
        work=peer.work(table),
    )  # fmt: skip


def _agree(peer: Peer, ours: Estimate, theirs: Told) -> bool | None:
    """Return whether the numbers agree as nearly as they must; None if that cannot be judged."""
    if ours.estimate is None:
        return None
    if peer.agrees is None:
        away = abs(ours.estimate - theirs["estimate"])
        return away <= WITHIN_ERRORS * theirs["error"] if "error" in theirs else None
    names = ("estimate", "low", "high") if peer.agrees > EXACT else ("estimate",)
    mine = {"estimate": ours.estimate, "low": ours.low or 0.0, "high": ours.high or 0.0}
    return all(abs(mine[n] - theirs[n]) <= peer.agrees * theirs[n] for n in names)


def _looked_up(name: str, table: OverlapTable, peer: Peer, record: Recorded) -> Beside:
    ours, seconds = timed(peer, table)
    exact = peer.agrees is not None and peer.agrees <= EXACT and ours.estimate is not None
    low, high = (f"{end:,.0f}" if end else "–" for end in (record.low, record.high))
    same_work = record.replicates in (None, peer.replicates)
    return Beside(
        table=name, peer=peer.name, how="recorded", ours=ours, seconds=seconds,
        theirs=f"{float(record.estimate):,g} ({low} to {high})",
        agrees=record.matches(ours.estimate or 0) if exact else _agree(peer, ours, record.told()),
        their_seconds=record.seconds if same_work else None, work=peer.work(table),
    )  # fmt: skip


def timed(peer: Peer, table: OverlapTable) -> tuple[Estimate, float]:
    """Return our answer and the median of a few timings, the first call (compiling) left out."""
    peer.ours(table)
    spent = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        answer = peer.ours(table)
        spent.append(time.perf_counter() - began)
    return answer, sorted(spent)[REPEATS // 2]


def _words(told: Told) -> str:
    low, high = (f"{told[end]:,.0f}" if end in told else "–" for end in ("low", "high"))
    return f"{told['estimate']:,.2f} ({low} to {high})"
