"""``PROOF.md``: the rows of a run as a page, and on what machine they were had.

The page has two tables, proofs and mutants; a run renews the rows it made and keeps the others.
"""

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.proof_table import PROOFS
from benchmarks.rows import MutantRow, Row

type Found = tuple[Row | MutantRow, bool]  # a row, and whether it was had by the quick form
TOP = """# Proof

Made by `./run proof` and `./run proof --mutants`; nothing here is written by hand. A row that
says FAIL is a finding, and stays until the code is right. How a proof is added:
[benchmarks](benchmarks/README.md).
"""
PROOF_HEAD = "| ID | What is proved | Target | Measured | | Seed | Run | Again with |"
MUTANT_HEAD = "| ID | The guard that is taken out | The proof goes | Run | Again with |"


def write(path: Path, found: Sequence[Found]) -> None:
    """Renew the rows of the proofs that ran, keep the rest, and write the page."""
    kept_proofs, kept_mutants = _kept(path)
    ran = {row.proof for row, _quick in found if isinstance(row, Row)}
    tried = {row.proof for row, _quick in found if isinstance(row, MutantRow)}
    proofs = [r for r in kept_proofs if _id(r) not in ran]
    proofs += [_proof_line(row, quick) for row, quick in found if isinstance(row, Row)]
    mutants = [r for r in kept_mutants if _id(r) not in tried]
    mutants += [_mutant_line(row) for row, _quick in found if isinstance(row, MutantRow)]
    parts = [TOP, PROOF_HEAD, _rule(PROOF_HEAD), *_ordered(proofs), "", "## Mutants", "",
             MUTANT_HEAD, _rule(MUTANT_HEAD), *_ordered(mutants), ""]  # fmt: skip
    path.write_text("\n".join(parts), encoding="utf-8")


def _kept(path: Path) -> tuple[list[str], list[str]]:
    """Return the lines of both tables as they stand."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before, _, after = text.partition("## Mutants")
    tables = ([w for w in part.splitlines() if w.startswith("| ")] for part in (before, after))
    proofs, mutants = ([w for w in lines if not w.startswith("| ID ")] for lines in tables)
    return proofs, mutants


def _id(line: str) -> str:
    return line.split("|")[1].strip()


def _ordered(lines: list[str]) -> list[str]:
    """Return the lines in the order of the table of proofs; what it no longer knows goes."""
    order = [name for proof in PROOFS for name in proof.says]
    return sorted((w for w in lines if _id(w) in order), key=lambda w: order.index(_id(w)))


def _rule(head: str) -> str:
    return "|" + "---|" * (head.count("|") - 1)


def _proof_line(row: Row, quick: bool) -> str:
    says = next(p.says[row.proof] for p in PROOFS if row.proof in p.says)
    form = " --quick" if quick else ""
    again = f"`./run proof {row.proof} --seed {row.seed}{form}`"
    return _line(row.proof, says, row.target, row.measured, row.verdict, row.seed, _when(), again)


def _mutant_line(row: MutantRow) -> str:
    goes = "red" if row.passed else "**still green: FAIL**"
    return _line(row.proof, row.mutant, goes, _when(), f"`./run proof {row.proof} --mutants`")


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _when() -> str:
    """Return the day, the cores and the versions: what a reader needs to judge a time by."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    python = f"Python {platform.python_version()}"
    return f"{day}, {os.cpu_count()} cores, {python}, Django {_version('Django')}, {_postgres()}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _postgres() -> str:
    from mekhala.config import binaries

    folder = binaries.find(None)[0]
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, check=False)
    return "PostgreSQL " + (said.stdout.decode().split() or ["", "", "?"])[2]
