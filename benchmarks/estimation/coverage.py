"""``./run proof estimates``: does an interval hold the truth as often as it says?

Populations of known size are seen by lists whose dependence is known, with right and wrong links;
every method estimates every table. The long form writes its tables into
``docs/methods/coverage.md``. Mutants make intervals too narrow, or let the panel's gate stand open.
"""

import sys
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from benchmarks import rows
from benchmarks.estimation import coverage_page, grid, judged, trial
from benchmarks.estimation.run_grid import Results, run

ID, GATE = "ESTIMATES-COVERAGE", "ESTIMATES-CONFIDENCE"
FULL, SLOW, QUICK = 60, 8, 60  # tables of a cell
BOOTSTRAP, FEW = 500, 200


def main(argv: list[str] | None = None) -> int:
    """Run the grid, print both rows, write the page; return the worst."""
    given = rows.options(argv, says=__doc__, full=FULL, quick=QUICK)
    if given.mutants:
        return max(_mutant(name, given.seed) for name in MUTANTS)
    if given.quick:
        cells, times = grid.small(given.tries), FEW
    else:
        cells, times = grid.full(given.tries, max(given.tries * SLOW // FULL, 1)), BOOTSTRAP
    results = run(cells, seed=given.seed, bootstrap=times)
    if not given.quick:
        coverage_page.write(results)
    return max(_coverage(results), _confidence(results))


def _coverage(results: Results) -> int:
    """Print whether intervals hold where assumptions hold."""
    found = judged.groups(results)
    off = [group for group in found if group.is_off]
    for group in off:
        print(f"off: {coverage_page.in_words(group)}", file=sys.stderr)
    return rows.tell(
        ID, target="92 to 98 in 100 intervals hold the truth where the assumption does",
        measured=f"{len(found) - len(off)} of {len(found)} groups, {len(off)} off by more than "
        f"chance explains{_besides(results)}; {results.seconds:.0f} s",
        passed=not off, seed=results.seed,
    )  # fmt: skip


def _besides(results: Results) -> str:
    """Say what is not counted: truths that a method allows for and its prior holds unlikely."""
    short = judged.unlikely(results)
    if not short:
        return ""
    for group in short:
        print(f"not promised: {coverage_page.in_words(group)}", file=sys.stderr)
    held, given = sum(g.tally.held for g in short), sum(g.tally.given for g in short)
    methods = " and ".join(sorted({group.method for group in short}))
    return f"; not counted, {methods} where its prior holds the truth unlikely: {held} of {given}"


def _confidence(results: Results) -> int:
    """Print how often the panel supports one number and its range misses the truth."""
    found = judged.of_the_gate(results)
    worst = max(grid.Kind, key=lambda kind: judged.of_the_gate(results, kind).false_confidence)
    at_worst = judged.of_the_gate(results, worst).false_confidence
    return rows.tell(
        GATE, target="gate passed and interval misses: under 10 % of tables",
        measured=f"{found.false_confidence:.1%} of {found.tables}; of {found.given} numbers told "
        f"{found.given - found.held} miss; worst: {worst}, {at_worst:.0%}",
        passed=found.false_confidence < judged.FALSE_CONFIDENCE, seed=results.seed,
    )  # fmt: skip


@contextmanager
def _narrow() -> Any:
    """Make every interval half as wide as the method says."""
    true = trial.estimates

    def narrow(*words: Any, **more: Any) -> Any:
        return [_halved(e) for e in true(*words, **more)]

    with patch.object(trial, "estimates", narrow):
        yield


def _halved(e: Any) -> Any:
    if e.low is None:
        return e
    high = e.high and (e.estimate + e.high) / 2
    return replace(e, low=(e.estimate + e.low) / 2, high=high)


@contextmanager
def _open_gate() -> Any:
    """Let the panel support one number whatever its members say."""
    true = trial.agreement

    def says_yes(told: Any, gated: Any) -> Any:
        alone = [e for e in told if e.method == "independence"]
        return true(alone, gated) | {"supports_one_number": alone[0].exists}

    with patch.object(trial, "agreement", says_yes):
        yield


MUTANTS = {
    "intervals half as wide as they should be": (_narrow, ID),
    "one method alone is taken for agreement": (_open_gate, GATE),
}


def _mutant(name: str, seed: int) -> int:
    """Say whether the proof notices; the row it would print is kept back."""
    broken, proof = MUTANTS[name]
    with ExitStack() as stack:
        stack.enter_context(broken())
        cells = grid.small(QUICK)
        results = run(cells, seed=seed, bootstrap=FEW)
    if proof == GATE:
        red = judged.of_the_gate(results).false_confidence >= judged.FALSE_CONFIDENCE
    else:
        red = any(group.is_off for group in judged.groups(results))
    return rows.tell_mutant(proof, name, red=red)


if __name__ == "__main__":
    sys.exit(main())
