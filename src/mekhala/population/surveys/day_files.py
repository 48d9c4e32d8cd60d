"""A file of a round's days: CSV, one post and day a row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys.day_figures import NAMES, DayFigures, check

REQUIRED = (
    "post", "on", "approached", "refused", "missed", "screened", "strong", "some", "none",
    "unclear",
)  # fmt: skip
MAY_BE_EMPTY = frozenset(NAMES) - {"screened", "strong", "some", "none", "unclear"}
MOST_ROWS = 5000


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """One row: where it stands in the file, the post's name, the day, the figures."""

    where: str
    post: str
    on: date
    figures: DayFigures


def read_days(text: str, name: str, posts: Collection[str]) -> list[DayRow]:
    """Read the rows of a file; ``posts`` are the names of the round's posts.

    Raises ``WrongInput`` naming row and column: an unknown column or post, a day that is none,
    figures that do not add up, a post and day twice.
    """
    if "\0" in text:
        raise WrongInput(_("%(file)s: is not text; expected a CSV file in UTF-8") % {"file": name})
    rows = [_row(cells, where, posts) for where, cells in named_rows(text, name, REQUIRED)]
    if not rows:
        raise WrongInput(_("%(file)s: holds no day; expected one row for each") % {"file": name})
    if len(rows) > MOST_ROWS:
        said = _("%(file)s: has %(rows)s rows; expected %(most)s at most")
        raise WrongInput(said % {"file": name, "rows": len(rows), "most": MOST_ROWS})
    _check_once(rows)
    return rows


def _row(cells: dict[str, str], where: str, posts: Collection[str]) -> DayRow:
    for column in filter(None, cells):
        if column not in REQUIRED and column not in NAMES:
            said = _("%(where)s, column %(column)s: is not known; expected one of %(known)s")
            known = ", ".join(dict.fromkeys((*REQUIRED, *NAMES)))
            raise WrongInput(said % {"where": where, "column": column, "known": known})
    if cells["post"] not in posts:
        said = _("%(where)s, column post: %(given)s is no post of this round; expected %(known)s")
        known = _(" or ").join(sorted(posts))
        raise WrongInput(said % {"where": where, "given": repr(cells["post"]), "known": known})
    figures = DayFigures(**{name: _people(cells, name, where) for name in NAMES})  # type: ignore[arg-type]
    check(figures, where)
    return DayRow(where=where, post=cells["post"], on=_day(cells["on"], where), figures=figures)


def _people(cells: dict[str, str], column: str, where: str) -> int | None:
    given = cells.get(column, "")
    if not given and column in MAY_BE_EMPTY:
        return None
    if given.isascii() and given.isdigit() and len(given) <= 9:
        return int(given)
    said = _("%(where)s, column %(column)s: %(given)s is not a whole number of people, 0 or more")
    raise WrongInput(said % {"where": where, "column": column, "given": repr(given)})


def _day(given: str, where: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        said = _("%(where)s, column on: %(given)s is not a day; expected one such as 2026-03-09")
        raise WrongInput(said % {"where": where, "given": repr(given)}) from None


def _check_once(rows: list[DayRow]) -> None:
    first: dict[tuple[str, date], str] = {}
    for row in rows:
        before = first.setdefault((row.post, row.on), row.where)
        if before != row.where:
            said = _("%(where)s: the post and day of %(before)s again; expected each once")
            raise WrongInput(said % {"where": row.where, "before": before})
