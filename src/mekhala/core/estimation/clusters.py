"""Clusters of people who were screened together."""

from dataclasses import dataclass

from mekhala.core.table_text import named_rows
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
    clusters = [_cluster(row, where) for where, row in named_rows(text, name, COLUMNS)]
    names = [c.cluster for c in clusters]
    twice = [n for n in names if names.count(n) > 1]
    if twice:
        raise WrongInput(f"{name}: cluster {twice[0]!r} is there twice; expected one row for each")
    if not clusters:
        raise WrongInput(f"{name}: holds no clusters; expected one row for each")
    return clusters


def _cluster(row: dict[str, str], where: str) -> Cluster:
    cluster = row["cluster"]
    if not cluster:
        raise WrongInput(f"{where}, column cluster: is empty; expected a name")
    positive, screened = (_people(row[c], f"{where}, column {c}") for c in COLUMNS[1:])
    if screened < 1 or positive > screened:
        raise WrongInput(f"{where}: {positive} positive of {screened} screened cannot be")
    return Cluster(cluster=cluster, positive=positive, screened=screened)


def _people(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise WrongInput(f"{where}: {text!r} is not a whole number of people, 0 or more")
    return int(text)
