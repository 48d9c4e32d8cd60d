"""What people answered when asked how many they know: of groups of known size, and hidden ones.

Respondents (CSV, a row each): ``hidden``, how many people of the hidden population they know,
and one column for each known group; ``weight`` and ``cluster`` may be there too. Known groups
(CSV): ``group``, ``size``. Of people of the hidden population themselves (CSV): a column for each
known group, holding how many of it know that they belong to the hidden population.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mekhala.core.estimation import cells
from mekhala.core.estimation.recruitment import Floats, Ints
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

ASIDE = ("weight", "cluster")
MOST_KNOWN = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Answers in numbers, respondents in order so that the order of rows changes nothing.

    ``known`` has shape (n, groups), ``hidden`` (n,), or is None where that was not asked;
    ``weight`` 1 unless given; ``cluster`` numbers those asked together from 0. ``left_out`` had
    an answer missing.
    """

    groups: tuple[str, ...]
    known: Floats
    hidden: Floats | None
    weight: Floats
    cluster: Ints
    left_out: int

    def data(self) -> list[object]:
        """What the estimate rests on, in order."""
        hidden = None if self.hidden is None else self.hidden.tolist()
        return [self.groups, self.known.tolist(), hidden, self.weight.tolist(),
                self.cluster.tolist()]  # fmt: skip


def read_groups(text: str, name: str = "known") -> dict[str, int]:
    """Read the known groups and their sizes; raises ``WrongInput`` naming file, row and column."""
    sizes: dict[str, int] = {}
    for where, row in named_rows(text, name, ("group", "size")):
        group = row["group"]
        if not group or group in (*ASIDE, "hidden"):
            raise WrongInput(f"{where}, column group: {group!r} is no name for a known group")
        if group in sizes:
            raise WrongInput(f"{where}: group {group!r} is there twice; expected one row for each")
        sizes[group] = cells.people(row["size"], f"{where}, column size", least=1)
    if not sizes:
        raise WrongInput(f"{name}: holds no known groups; expected one row for each")
    return sizes


def read_answers(
    text: str, sizes: Mapping[str, int], name: str = "answers", *, about_hidden: bool = True
) -> Answers:
    """Read what respondents answered; with ``about_hidden`` False there is no column ``hidden``.

    Who left a question open is left out (open is not 0). Raises ``WrongInput`` naming file, row
    and column.
    """
    groups = tuple(sorted(sizes))
    columns = (*(("hidden",) if about_hidden else ()), *groups)
    rows, left_out = [], 0
    for where, row in named_rows(text, name, columns):
        read = _respondent(row, columns, where)
        left_out += read is None
        rows += [read] if read else []
    return answers(groups, rows, left_out=left_out, about_hidden=about_hidden, name=name)


Respondent = tuple[str, float, tuple[int, ...]]  # cluster, weight, answers in the order of columns


def _respondent(row: dict[str, str], columns: Sequence[str], where: str) -> Respondent | None:
    told = [cells.people_if_known(row[c], f"{where}, column {c}") for c in columns]
    for column, number in zip(columns, told, strict=True):
        if number is not None and number > MOST_KNOWN:
            raise WrongInput(
                f"{where}, column {column}: {number} is more people than anybody knows"
            )
    weight = row.get("weight", "")
    weighs = cells.above_zero(weight, f"{where}, column weight") if weight else 1.0
    there = tuple(number for number in told if number is not None)
    return (row.get("cluster", ""), weighs, there) if len(there) == len(columns) else None


def answers(
    groups: Sequence[str],
    respondents: Sequence[Respondent],
    *,
    left_out: int = 0,
    about_hidden: bool = True,
    name: str = "answers",
) -> Answers:
    """Put respondents in order; ``Respondent`` holds the hidden ones first, then each group.

    A respondent with an empty cluster was asked alone.
    """
    ordered = sorted(respondents)
    if len(ordered) < 2:
        raise WrongInput(f"{name}: fewer than two people answered everything; expected two or more")
    told = np.array([row[2] for row in ordered], dtype=float)
    names = [row[0] or f"\0{i}" for i, row in enumerate(ordered)]
    if len(set(names)) < 2:
        raise WrongInput(f"{name}: everybody is in one cluster; expected two or more")
    return Answers(
        groups=tuple(groups), known=told[:, 1:] if about_hidden else told,
        hidden=told[:, 0] if about_hidden else None,
        weight=np.array([row[1] for row in ordered]),
        cluster=np.unique(names, return_inverse=True)[1].astype(np.int64), left_out=left_out,
    )  # fmt: skip


def resampled(told: Answers, times: int, rng: np.random.Generator) -> Floats:
    """Weights of the rescaled bootstrap (Rao & Wu 1988), shape (times, n).

    k - 1 of the k clusters are drawn, and each counts k / (k - 1) times, so that few clusters
    do not look more alike than they are.
    """
    k = int(told.cluster.max()) + 1
    drawn = rng.multinomial(k - 1, np.full(k, 1 / k), size=times)
    weights: Floats = drawn[:, told.cluster] * told.weight * k / (k - 1)
    return weights
