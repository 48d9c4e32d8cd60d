"""Two people side by side: only what is known of the one today, and how the other compares."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.encounter.models import Case, Sex
from mekhala.pathway.registration.candidates import Candidate, record
from mekhala.safeguards.identity.services import Name
from mekhala.web.casework.registration.likeness_words import FIELDS, words

type Row = dict[str, Any]


def rows(case: Case, name: Name, other: Name, found: Candidate) -> list[Row]:
    """Return one row for each field known today: what it says here, there, and how it compares.

    Of places, telephones and numbers of papers it is said that they are kept, never what they are.
    """
    known = record(name, case)
    levels = {part.field: part.level for part in found.weighed.parts}
    return [
        {"field": FIELDS[field], "here": here, "there": _there(field, other, levels[field]),
         "alike": words(field, levels.get(field, ""))}
        for field, here in _today(known, name, case).items()
        if here and field in levels
    ]  # fmt: skip


def _today(known: Mapping[str, str], name: Name, case: Case) -> dict[str, Any]:
    kept = {"place": known["province_code"], "household": known["phone"],
            "national_id": known["national_id"]}  # fmt: skip
    sex = "" if case.sex == Sex.UNKNOWN else case.get_sex_display()
    nation = country_name(case.nationality, get_language() or "en") if case.nationality else ""
    return {
        "name": _called(name), "birth": name.birth_date or _aged(case),
        **{field: _("kept") if text else "" for field, text in kept.items()},
        "sex": sex, "nationality": nation,
    }  # fmt: skip


def _there(field: str, other: Name, level: str) -> Any:
    """Return what the other says: a name and a birth as kept, of all else only whether it is."""
    if field == "name":
        return _called(other) or _("not known")
    if field == "birth" and other.birth_date:
        return other.birth_date
    return _("not known") if level == "unknown" else _("kept")


def _called(name: Name) -> str:
    return " / ".join(filter(None, (name.native_name, name.latin_name)))


def _aged(case: Case) -> str:
    return "" if case.age is None else _("%(age)s years when first met") % {"age": case.age}
