"""``./run proof [ID …] [--quick] [--mutants] [--seed N] [--no-page]``: every proof, and PROOF.md.

Each proof is a process of its own with a database of its own. It is run with a fixed seed and
again with a fresh one, which is told, so that a red row can be had again. All run; the exit code
is the worst. What a row looks like: ``benchmarks.rows``; which proofs there are:
``benchmarks.proof_table``; an ID or the beginning of one chooses.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks import proof_page, rows
from benchmarks.proof_table import PROOFS, Proof

ROOT = Path(__file__).resolve().parents[1]
FIXED = 1


def main(argv: list[str] | None = None) -> int:
    """Run the proofs asked for, print their rows, write the page; return the worst exit code."""
    given = _given(argv)
    chosen = _chosen(given.ids)
    seeds = [given.seed] if given.seed else [FIXED, secrets.randbelow(10**6) + 2]
    found: list[proof_page.Found] = []
    worst = 0
    for proof in chosen:
        for seed in seeds[: 1 if given.mutants else None]:
            words = _words(proof, given, seed, fresh=seed != seeds[0])
            code, got = _run(proof, words)
            got += _missing(proof, got, words)
            worst = max(worst, code, *(0 if row.passed else 1 for row in got))
            found += [(row, "--quick" in words) for row in got]
    if not given.no_page:
        proof_page.write(ROOT / "PROOF.md", found)
    return worst


def _given(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run proof", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("ids", nargs="*", metavar="ID", help="which; without one, all")
    parser.add_argument("--quick", action="store_true", help="the forms the tests run")
    parser.add_argument("--mutants", action="store_true", help="take each guard out instead")
    parser.add_argument("--seed", type=int, default=0, help="this seed only, at full length")
    parser.add_argument("--no-page", action="store_true", help="leave PROOF.md as it is")
    given = parser.parse_args(argv)
    unknown = [word for word in given.ids if not _chosen([word])]
    if unknown:
        there_are = ", ".join(name for proof in PROOFS for name in proof.says)
        parser.error(f"no proof {unknown[0]!r}; there are {there_are}")
    return given


def _chosen(ids: list[str]) -> list[Proof]:
    """Return the proofs of which an ID is one of ``ids``, or goes on from one of them."""
    if not ids:
        return PROOFS
    ids = [i.upper() for i in ids]
    return [p for p in PROOFS if any(n == i or n.startswith(f"{i}-") for n in p.says for i in ids)]


def _words(proof: Proof, given: argparse.Namespace, seed: int, *, fresh: bool) -> list[str]:
    quick = ["--quick"] if given.quick or (fresh and proof.dear) else []
    return ["--seed", str(seed), *quick, *(["--mutants"] if given.mutants else [])]


def _run(proof: Proof, words: list[str]) -> tuple[int, list[rows.Row | rows.MutantRow]]:
    """Run one proof; let what it says through, and return its exit code and its rows."""
    command = [sys.executable, "-m", f"benchmarks.{proof.module}", *words]
    print(f"== {proof.module} {' '.join(words)}", file=sys.stderr, flush=True)
    began, got = time.monotonic(), []
    surroundings = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as running:
        for line in running.stdout or []:
            row = rows.read(line)
            print(line, end="", file=sys.stdout if row else sys.stderr, flush=True)
            got += [row] if row else []
    print(f"   {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return running.returncode, got


def _missing(
    proof: Proof, got: Iterable[rows.Row | rows.MutantRow], words: list[str]
) -> list[rows.Row | rows.MutantRow]:
    """Return a FAIL for each row that a proof owes and did not print: it broke off."""
    told = {row.proof for row in got}
    if "--mutants" in words:
        owed = [] if told else list(proof.says)[:1]
        return [_shown(rows.MutantRow(name, "none was tried", rows.GREEN)) for name in owed]
    lost = [name for name in proof.says if name not in told]
    return [_shown(rows.Row(name, "a row", "broke off", "FAIL", words[1])) for name in lost]


def _shown[R: tuple[str, ...]](row: R) -> R:
    print("\t".join(row), flush=True)
    return row


if __name__ == "__main__":
    sys.exit(main())
