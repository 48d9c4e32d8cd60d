"""The R packages beside us: what each is asked, how it is run, and what we answer to the same."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from mekhala.core.estimation.bic import bic
from mekhala.core.estimation.decomposable import decomposable
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.independence import independence
from mekhala.core.estimation.latent_class import BURN, THIN, latent_class
from mekhala.core.estimation.panel import METHODS
from mekhala.core.estimation.stepwise import stepwise
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.estimation.tempering import rungs_for

DRIVERS = Path(__file__).parent / "drivers"
PATIENCE = 1800  # seconds for one call of a package
TIMES, POINTS = 30, 20_000  # the grid of both sides ends at 30 times the people seen
CHAINS, SWEEPS = 20, 110_000
Told = dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Peer:
    """One way to ask one package: ``driver`` and its words, ours beside it, and what must agree.

    ``agrees`` says how near the numbers must be, relative to the peer's: 1e-6 where both solve the
    same equations; 0.005 where grids are as fine as that, and then the interval's ends too; None
    for random methods, where their own error decides. ``work``: sweeps of ours for one of theirs.
    """

    name: str
    package: str
    driver: str
    method: str
    replicates: int
    ours: Callable[[OverlapTable], Estimate]
    agrees: float | None
    work: Callable[[OverlapTable], float] = lambda _table: 1.0

    def runs_here(self) -> bool:
        """Return whether R and the package are installed."""
        return has_package(self.package)

    def ask(self, table: Path, *more: str) -> Told:
        """Run the driver on a table; return its numbers by name.

        Raises ``RuntimeError`` with the last line R said if it failed.
        """
        words = [str(table), self.method, str(self.replicates), *more]
        done = subprocess.run(
            ["Rscript", DRIVERS / self.driver, *words], check=False, capture_output=True, text=True,
            timeout=PATIENCE, env=os.environ | {"DRIVERS": str(DRIVERS), "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError((done.stderr.strip().splitlines() or ["no words"])[-1])
        pairs = (line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
        return {name: float(value) for name, value in pairs if name != "version"}


@cache
def has_package(package: str) -> bool:
    """Return whether Rscript is there and finds ``package``."""
    if shutil.which("Rscript") is None:
        return False
    ask = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return subprocess.run(["Rscript", "-e", ask], check=False, capture_output=True).returncode == 0


def _on_grid(table: OverlapTable) -> Estimate:
    end = TIMES * table.observed
    step = -(-end // POINTS)
    return decomposable(table, missing=np.arange(float(step), end + 1, step))


def _threshold(table: OverlapTable) -> Estimate:
    return METHODS["bayes-threshold"](table, bootstrap=0)


def _one_chain(table: OverlapTable) -> Estimate:
    """As many sweeps as the driver's chain, of as many temperatures as the table asks for."""
    return latent_class(table, chains=1, keep=(SWEEPS - BURN) // THIN)


def _peer(
    name: str,
    asked: tuple[str, str, str, int],
    ours: Callable[[OverlapTable], Estimate],
    agrees: float | None,
) -> Peer:
    """Return a peer; ``asked`` is its package, driver, method and replicates."""
    package, driver, method, replicates = asked
    return Peer(name=name, package=package, driver=driver, method=method, replicates=replicates,
                ours=ours, agrees=agrees)  # fmt: skip


PEERS = [
    _peer("glm-independence", ("stats", "glm.R", "main", 0),
          lambda t: independence(t, bootstrap=0), 1e-6),
    _peer("glm-chosen-pairs", ("stats", "glm.R", "pairs", 0),
          lambda t: stepwise(t, bootstrap=0), 1e-6),
    _peer("sparsemse-main", ("SparseMSE", "sparsemse.R", "main", 0),
          lambda t: independence(t, bootstrap=0), 1e-6),
    _peer("sparsemse-stepwise", ("SparseMSE", "sparsemse.R", "stepwise", 0),
          lambda t: stepwise(t, bootstrap=0), 1e-6),
    _peer("sparsemse-bca", ("SparseMSE", "sparsemse.R", "bca", 1000),
          lambda t: stepwise(t, bootstrap=1000), 1e-6),
    _peer("mse-bic", ("MultipleSystemsEstimation", "mse.R", "bic", 0),
          lambda t: bic(t, bootstrap=0), 1e-6),
    _peer("mse-bicboot", ("MultipleSystemsEstimation", "mse.R", "bic", 50),
          lambda t: bic(t, bootstrap=50), 1e-6),
    _peer("rcapture-bic", ("Rcapture", "rcapture.R", "bic", 0),
          lambda t: bic(t, bootstrap=0), 1e-6),
    _peer("mse-bayesthresh", ("MultipleSystemsEstimation", "mse.R", "bayesthresh", 0),
          _threshold, None),
    _peer("dga", ("dga", "dga.R", "average", POINTS), _on_grid, 0.005),
    replace(
        _peer("lcmcr-one-chain", ("LCMCR", "lcmcr.R", "chains", 1), _one_chain, None),
        work=lambda t: float(rungs_for(t.observed)),
    ),
    _peer("lcmcr", ("LCMCR", "lcmcr.R", "chains", CHAINS), latent_class, None),
]  # fmt: skip
