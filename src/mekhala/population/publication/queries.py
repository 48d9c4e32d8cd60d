"""Questions about released tables: all that the public door asks. Nothing here changes anything."""

from typing import Any

from django.db.models import QuerySet

from mekhala.population.publication.models import PublishedTable

type Row = dict[str, Any]  # {dimension: code, …, "count": people or None if withheld}


def released() -> QuerySet[PublishedTable]:
    """Return the released tables, the latest first."""
    return PublishedTable.objects.all()


def margins_of(table: PublishedTable) -> dict[tuple[str, ...], list[Row]]:
    """Return the rows of a table by the dimensions they are told by; ``()`` is the total."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in table.cells:
        found.setdefault(tuple(name for name in row if name != "count"), []).append(row)
    return found
