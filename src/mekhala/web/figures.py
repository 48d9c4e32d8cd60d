"""A released table as people read it: parts with bars and rows, and as files to download."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.table_cells import csv_text
from mekhala.population.publication import queries, words
from mekhala.population.publication.models import PublishedTable
from mekhala.web import charts

type Cell = str | dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table of a release: by one dimension with bars, by two as rows and columns."""

    heading: str
    caption: str
    head: list[Cell]
    rows: list[list[Cell]]
    chart: charts.Chart | None = None


def in_words(table: PublishedTable) -> dict[str, str]:
    """Return title and definition in the reader's language, in English where there is no other."""
    khmer = (get_language() or "").startswith("km")
    return {
        "title": (khmer and table.title_km) or table.title,
        "definition": (khmer and table.definition_km) or table.definition,
    }


def page_of(table: PublishedTable) -> dict[str, Any]:
    """Return what the template ``figures/table.html`` needs."""
    return {
        "table": table, "said": in_words(table), "parts": parts_of(table),
        "total": total_of(table), "how_hidden": how_hidden(table), "came": how_it_came(table),
    }  # fmt: skip


def total_of(table: PublishedTable) -> str:
    """Return how many people the table counts in all, in words where that is withheld."""
    return shown(queries.margins_of(table)[()][0]["count"])


def shown(count: int | None) -> str:
    """Return a count as it is written, or that it is hidden."""
    return _("Hidden for privacy") if count is None else charts.whole(count)


def parts_of(table: PublishedTable) -> list[Part]:
    """Return the parts of a release in the order it was made, the total left out."""
    margins = queries.margins_of(table)
    return [
        _by_one(table, margin[0], rows) if len(margin) == 1 else _by_two(margin, rows)
        for margin, rows in margins.items()
        if margin
    ]


def _by_one(table: PublishedTable, dimension: str, rows: list[queries.Row]) -> Part:
    name = str(words.DIMENSIONS[dimension])
    named = [(words.label_of(dimension, row[dimension]), row["count"]) for row in rows]
    hidden = sum(count is None for _name, count in named)
    says = _("%(title)s by %(group)s, bars from zero; %(hidden)s of %(all)s hidden for privacy") % {
        "title": in_words(table)["title"], "group": name.lower(), "hidden": hidden,
        "all": len(named),
    }  # fmt: skip
    bars = [charts.Bar(name=label, count=count) for label, count in named]
    return Part(
        heading=name,
        caption=_("People by %(group)s") % {"group": name.lower()},
        head=[name, {"text": _("People"), "numeric": True}],
        rows=[[label, {"text": shown(count), "numeric": True}] for label, count in named],
        chart=charts.bars(dimension, says, bars, notes=_notes(table)),
    )


def _by_two(margin: tuple[str, ...], rows: list[queries.Row]) -> Part:
    across, down = margin
    columns = list(dict.fromkeys(row[across] for row in rows))
    counts = {(row[down], row[across]): row["count"] for row in rows}
    names = {d: str(words.DIMENSIONS[d]) for d in margin}
    heading = _("%(first)s and %(second)s") % {
        "first": names[down],
        "second": names[across].lower(),
    }
    return Part(
        heading=heading,
        caption=_("People by %(group)s") % {"group": heading.lower()},
        head=[
            names[down],
            *({"text": words.label_of(across, c), "numeric": True} for c in columns),
        ],
        rows=[
            [
                words.label_of(down, code),
                *({"text": shown(counts[code, c]), "numeric": True} for c in columns),
            ]
            for code in dict.fromkeys(row[down] for row in rows)
        ],
    )  # fmt: skip


def _notes(table: PublishedTable) -> list[str]:
    return [
        _("Definition %(version)s. Source: the official register. Everybody in it: %(total)s.") % {
            "version": table.definition_version, "total": total_of(table),
        },
        _("Released %(day)s. Counts, no estimate: there is no interval.") % {
            "day": date_format(table.released_on),
        },
    ]  # fmt: skip


def as_csv(table: PublishedTable, *, with_notes: bool) -> str:
    """Return the release as CSV: a row for each cell, "all" where a dimension is not told apart."""
    notes = list(_note_rows(table)) if with_notes else []
    heads = [*words.DIMENSIONS, *(f"{d}_in_words" for d in words.DIMENSIONS), "people", "note"]
    return "\ufeff" + csv_text([*notes, heads, *map(_csv_row, table.cells)])


def _csv_row(row: queries.Row) -> list[str]:
    codes = [str(row.get(d, "all")) for d in words.DIMENSIONS]
    labels = [words.label_of(d, row[d]) if d in row else _("all") for d in words.DIMENSIONS]
    count = row["count"]
    # "12-17" would open as a day in December
    codes = [code.replace("-", " to ") if code[:1].isdigit() else code for code in codes]
    return [*codes, *labels, "" if count is None else str(count), "" if count is not None else
            _("Hidden for privacy")]  # fmt: skip


def how_it_came(table: PublishedTable) -> list[tuple[str, str]]:
    """Return what every published count carries: method, n, interval, its way, its last review."""
    review = {"day": date_format(table.released_on), "version": table.definition_version}
    return [
        (_("Method"), _("A whole count of the register of the year. No sample and no estimate.")),
        (_("Number counted (n)"), total_of(table)),
        (_("Interval"), _("None: all who are in the register are counted. How many were never "
                          "found is another question, and is estimated apart.")),
        (_("Where it comes from"), _("First contact, screening, a decision of two readers of the "
                                     "competent authority, an entry in the register, a count "
                                     "without names, this table.")),
        (_("Last reviewed"), _("%(day)s, on release, by definition %(version)s.") % review),
    ]  # fmt: skip


def _note_rows(table: PublishedTable) -> Iterator[list[str]]:
    said = in_words(table)
    yield [_("Title"), said["title"]]
    yield [_("Definition %(version)s") % {"version": table.definition_version}, said["definition"]]
    yield [_("Period"), table.period]
    yield [_("Released"), table.released_on.isoformat()]
    yield from map(list, how_it_came(table))
    yield [_("Hidden for privacy"), how_hidden(table)]
    yield []


def how_hidden(table: PublishedTable) -> str:
    """Return in a sentence what was withheld and how that was checked."""
    return _(
        "Counts from 1 to %(most)s are hidden, and as many others as are needed so that none of "
        "them can be worked out: %(hidden)s of %(all)s cells. An attack by linear programming "
        "told %(found)s of them to within plus or minus %(within)s people."
    ) % {
        "most": table.threshold - 1, "hidden": table.withheld["withheld"],
        "all": table.withheld["cells"], "found": table.attack["recoverable"],
        "within": table.attack["within"],
    }  # fmt: skip
