"""``./run bench estimation TABLE.csv … | FOLDER``: our estimates beside those of R packages.

Base R (``apt-get install r-base-core``) is run for the log-linear fits. SparseMSE, dga, LCMCR,
Rcapture and MultipleSystemsEstimation are run where R finds them: install them from their sources
into a library and name it in ``R_LIBS``. Where a package is not installed its figures on record
(``recorded.csv``) are shown, and called recorded; their times are of another day and machine.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from benchmarks.estimation.beside import Beside

HEAD = "table | peer | how | theirs | ours | agrees | their s | our s | ratio"


def main(words: list[str]) -> int:
    """Print one row for each table and peer; return 1 where numbers that must agree do not."""
    from benchmarks.estimation import beside, peers, recorded

    paths = [path for word in words for path in _tables(Path(word))]
    if not paths:
        print("usage: ./run bench estimation TABLE.csv … | FOLDER", file=sys.stderr)
        return 2
    missing = sorted({p.package for p in peers.PEERS if not p.runs_here()})
    if missing:
        print(f"not installed, shown as recorded on {recorded.WHEN}: {', '.join(missing)}")
    print(HEAD)
    known, worst = recorded.on_record(), 0
    for path in paths:
        try:
            for row in beside.compare(path, peers.PEERS, known):
                print(_row(row), flush=True)
                worst = max(worst, int(row.agrees is False))
        except (WrongInput, RuntimeError, OSError) as refusal:
            print(f"bench: {refusal}", file=sys.stderr)
            return 2
    return worst


def _tables(path: Path) -> Iterator[Path]:
    """Yield the file, or in a folder the tables that lie in it."""
    if not path.is_dir():
        yield path
        return
    for found in sorted(path.glob("*.csv")):
        if (
            found.read_text(encoding="utf-8")
            .partition("\n")[0]
            .strip()
            .lower()
            .endswith(("count", 'count"'))
        ):
            yield found


def _row(row: "Beside") -> str:
    ours = row.ours
    low, high = (f"{end:,.0f}" if end else "–" for end in (ours.low, ours.high))
    number = f"{ours.estimate:,.2f} ({low} to {high})" if ours.estimate else "no number"
    agrees = {True: "yes", False: "NO", None: "–"}[row.agrees]
    theirs = f"{row.their_seconds:.3f}" if row.their_seconds else "–"
    mark = "" if row.how == "run" else " (not the same run)"
    a_sweep = " a sweep" if row.work != 1 else ""
    ratio = f"{row.ratio:,.1f}{a_sweep}{mark}" if row.ratio else "–"
    parts = [row.table, row.peer, row.how, row.theirs, number, agrees, theirs,
             f"{row.seconds:.4f}", ratio]  # fmt: skip
    return " | ".join(parts)
