"""How a proof says what it found: one line a row, its parts separated by tabs.

    ID <tab> target <tab> measured <tab> PASS or FAIL <tab> seed
    ID <tab> mutant <tab> PASS(red) or FAIL(still green)

The second form is for mutants: a guard is taken out, and the proof must notice. Everything else a
proof prints holds no tab; ``benchmarks.proofs`` lets it through to a reader and keeps the rows.
"""

import argparse
from typing import NamedTuple

RED, GREEN = "PASS(red)", "FAIL(still green)"


class Row(NamedTuple):
    """What one proof measured at one seed."""

    proof: str
    target: str
    measured: str
    verdict: str
    seed: str

    @property
    def passed(self) -> bool:
        """Whether the target was met."""
        return self.verdict == "PASS"


class MutantRow(NamedTuple):
    """Whether one proof noticed that one guard was taken out."""

    proof: str
    mutant: str
    verdict: str

    @property
    def passed(self) -> bool:
        """Whether the proof went red."""
        return self.verdict == RED


def tell(proof: str, *, target: str, measured: str, passed: bool, seed: int) -> int:
    """Print a row; return 0 if it passed, else 1."""
    verdict = "PASS" if passed else "FAIL"
    print("\t".join([proof, target, measured, verdict, str(seed)]), flush=True)
    return 0 if passed else 1


def tell_mutant(proof: str, mutant: str, *, red: bool) -> int:
    """Print whether the proof went red without this guard; return 0 if it did, else 1."""
    print("\t".join([proof, mutant, RED if red else GREEN]), flush=True)
    return 0 if red else 1


def read(line: str) -> Row | MutantRow | None:
    """Return the row a line holds, None if it is words for a reader."""
    parts = line.rstrip("\n").split("\t")
    if len(parts) == 5 and parts[3] in ("PASS", "FAIL"):
        return Row(*parts)
    if len(parts) == 3 and parts[2] in (RED, GREEN):
        return MutantRow(*parts)
    return None


def options(
    argv: list[str] | None, *, says: str | None, full: int, quick: int
) -> argparse.Namespace:
    """Return what a proof is asked for: ``tries``, ``seed``, ``quick``, ``mutants`` and ``keep``.

    ``full`` and ``quick`` are how many tries each form makes; ``--tries`` overrides both.
    """
    parser = argparse.ArgumentParser(description=(says or "").split("\n")[0])
    parser.add_argument("--tries", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="the form the tests run")
    parser.add_argument("--mutants", action="store_true", help="take each guard out instead")
    parser.add_argument("--keep", default="", help="a file: go on from it (long races)")
    given = parser.parse_args(argv)
    given.tries = given.tries or (quick if given.quick else full)
    if given.tries < 1:
        parser.error("--tries is 1 or more")
    return given
