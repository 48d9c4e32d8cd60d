"""Clusters of people who were screened together."""

import csv
import io
from dataclasses import dataclass

from mekhala.core.wrong_input import WrongInput

COLUMNS = ("cluster", "positive", "screened")


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """People screened in one place or at one time, and how many of them were positive."""

    cluster: str
    positive: int
    screened: int


def read_clusters(text: str, name: str = "clusters") -> list[Cluster]:
    """Read a CSV with the columns cluster, positive, screened; one row for each cluster.

    Raises ``WrongInput`` naming file, row and column.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise WrongInput(f"{name}: has no column {missing[0]}; expected {', '.join(COLUMNS)}")
    clusters = [
        _cluster(row, f"{name}: row {number}") for number, row in enumerate(reader, start=2)
    ]
    names = [c.cluster for c in clusters]
    twice = [n for n in names if names.count(n) > 1]
    if twice:
        raise WrongInput(f"{name}: cluster {twice[0]!r} is there twice; expected one row for each")
    if not clusters:
        raise WrongInput(f"{name}: holds no clusters; expected one row for each")
    return clusters


def _cluster(row: dict[str, str | None], where: str) -> Cluster:
    cluster = (row["cluster"] or "").strip()
    if not cluster:
        raise WrongInput(f"{where}, column cluster: is empty; expected a name")
    positive, screened = (_people(row[c], f"{where}, column {c}") for c in COLUMNS[1:])
    if screened < 1 or positive > screened:
        raise WrongInput(f"{where}: {positive} positive of {screened} screened cannot be")
    return Cluster(cluster=cluster, positive=positive, screened=screened)


def _people(cell: str | None, where: str) -> int:
    text = (cell or "").strip()
    if not (text.isascii() and text.isdigit()):
        raise WrongInput(f"{where}: {text!r} is not a whole number of people, 0 or more")
    return int(text)
