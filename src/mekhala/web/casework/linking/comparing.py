"""Two records side by side, as the reviewer reads them: what was said, and what it weighs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mekhala.core.matching.records import Record
from mekhala.core.vocabulary.places import place_name
from mekhala.web.casework.linking import words
from mekhala.web.charts import from_centre

PLACES = ("village_code", "commune_code", "district_code", "province_code")
DRAWN_FROM_OTHERS = ("relatives",)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the page: a field, what each record says of it, and what that weighs."""

    field: str
    left: list[str]
    right: list[str]
    signs: str
    because: str
    bar: dict[str, str]
    speaks: str


def lines(
    left: Record | None, right: Record | None, levels: Sequence[dict[str, Any]], language: str
) -> list[Line]:
    """Return a line for each piece of evidence, in the model's order, none by its weight.

    Where a record cannot be read (its agency sends tokens, or its list is gone) both cells say
    whether the field agrees.
    """
    return [_line(part, left, right, language) for part in levels]


def _line(part: dict[str, Any], left: Record | None, right: Record | None, language: str) -> Line:
    if left is None or right is None:
        cells = [[words.in_a_word(part)]] * 2
    else:
        cells = [said(part["field"], record, language) for record in (left, right)]
    bits = float(part["bits"])
    return Line(
        field=words.field(part["field"]), left=cells[0], right=cells[1], signs=words.signs(bits),
        because=words.level(part), bar=from_centre(bits),
        speaks="for" if bits > 0 else "against" if bits < 0 else "",
    )  # fmt: skip


def said(field: str, record: Record, language: str) -> list[str]:
    """Return what a record says of a field, as it was written; "not given" where nothing is."""
    if field in DRAWN_FROM_OTHERS:
        return [_("from the fields above")]
    found = [text for text in _SAID.get(field, _plain(field))(record, language) if text]
    return found or [_("not given")]


def _name(record: Record, _language: str) -> list[str]:
    parts = f"{record['family_name']} {record['given_name']}".strip()
    return list(dict.fromkeys([parts, record["full_name"], record["name_km"]]))


def _birth(record: Record, _language: str) -> list[str]:
    age = record["age"] and _("%(age)s years old on %(day)s") % {
        "age": record["age"], "day": record["age_on"] or _("a day not told"),
    }  # fmt: skip
    return list(dict.fromkeys([record["birth_date"], record["birth_year"], age]))


def _place(record: Record, language: str) -> list[str]:
    code = next((record[column] for column in PLACES if record[column]), "")
    named = place_name(code, language) if code else ""
    return list(dict.fromkeys([record["place_text"], named]))


def _household(record: Record, _language: str) -> list[str]:
    father, mother = record["father_name"], record["mother_name"]
    return [
        father and _("father %(name)s") % {"name": father},
        mother and _("mother %(name)s") % {"name": mother},
        _("telephone given") if record["phone"] else "",
    ]


def _number(record: Record, _language: str) -> list[str]:
    return [_("given") if record["national_id"] else ""]


def _plain(field: str) -> Any:
    return lambda record, _language: [record.get(field, "")]


_SAID: dict[str, Any] = {
    "name": _name, "birth": _birth, "place": _place, "household": _household,
    "national_id": _number,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One field of a person over all records: each thing said with the lists that say it."""

    field: str
    said: list[tuple[str, list[str]]]

    @property
    def differs(self) -> bool:
        """Whether the sources say different things; all of them stay."""
        return len(self.said) > 1


def facts(records: Sequence[tuple[str, Record]], language: str) -> list[Fact]:
    """Return what all records of one person say, field by field, each with its sources.

    Nothing is chosen and nothing is overwritten: where sources differ, each stands by its own.
    """
    found = []
    for field in (f for f in words.FIELDS if f not in DRAWN_FROM_OTHERS):
        by: dict[str, list[str]] = {}
        for source, record in records:
            texts = said(field, record, language)
            if texts != [_("not given")]:
                by.setdefault("; ".join(texts), []).append(source)
        found.append(Fact(field=words.field(field), said=list(by.items())))
    return found
