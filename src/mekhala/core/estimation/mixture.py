"""Many partitions, each with its replicates, as one mixture; and where its variance comes from.

By the law of total variance, how the logarithm of the people in all varies falls apart into what
lies between partitions (linkage), between the models chosen within one (choice of model), and
within a model (sampling).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mekhala.core.estimation.design import Floats

FEW = 5  # replicates: models chosen more rarely are counted as one


@dataclass(frozen=True, kw_only=True, eq=False)
class Mixture:
    """D partitions with B replicates: ``points`` D, ``totals`` D x B people in all (infinite: no
    number), ``models`` D x B numbers of the models chosen, None where the method does not say.
    """

    points: Floats
    totals: Floats
    models: NDArray[np.int64] | None

    def shares(self) -> dict[str, float]:
        """Return the shares of the variance of log people in all, which sum to 1."""
        log = np.log(np.where(np.isfinite(self.totals), self.totals, np.nan)).ravel()
        partition = np.repeat(np.arange(len(self.totals)), self.totals.shape[1])
        known = np.isfinite(log)
        log, partition = log[known], partition[known]
        between = _between(log, partition)
        whole = float(((log - log.mean()) ** 2).sum()) if len(log) else 0.0
        if not whole:
            return {}
        if self.models is None:
            parts = {"linkage": between, "sampling_and_choice_of_model": whole - between}
        else:
            model = _often(np.column_stack([partition, self.models.ravel()[known]]))
            nested = _between(log, model)
            parts = {"linkage": between, "choice_of_model": nested - between,
                     "sampling": whole - nested}  # fmt: skip
        return {name: max(part, 0.0) / whole for name, part in parts.items()}


def _between(log: Floats, group: NDArray[np.int64]) -> float:
    """The sum of squares of the group means about the mean of all."""
    if not len(log):
        return 0.0
    many = np.bincount(group)
    means = np.bincount(group, weights=log) / np.maximum(many, 1)
    return float(many @ (means - log.mean()) ** 2)


def _often(chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each (partition, model); models rare in a partition count as one there."""
    _, group, many = np.unique(chosen, axis=0, return_inverse=True, return_counts=True)
    rare = chosen.copy()
    rare[many[group.ravel()] < FEW, 1] = -1
    number: NDArray[np.int64] = np.unique(rare, axis=0, return_inverse=True)[1].ravel()
    return number
