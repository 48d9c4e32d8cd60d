"""Outcomes of the rule, and the reasons of a decision, in words for a page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mekhala.pathway.determination.models import Element, SourceKind
from mekhala.pathway.determination.rule import elements_of
from mekhala.web.casework.determination.safeguards import safeguards_in_words
from mekhala.web.casework.meanings import ELEMENT_VALUES, of_fact

KINDS: dict[bool | None, str] = {True: "for", False: "against", None: "silent"}
WARNINGS = {
    "consent_irrelevant": _lazy(
        "That the person agreed does not matter once a means was used, and never for a child."
    ),
    "presumed_child": _lazy("The age is not known for sure: the person is treated as a child."),
    "law_ambiguous": _lazy(
        "The dates are not known or span two laws: each law that may govern is shown."
    ),
    "no_law_in_force": _lazy("No law of the country named here was in force at the time."),
    "child_labour_needs_exploitation": _lazy(
        "Child labour alone is not enough: exploitation must be shown besides."
    ),
    "adoption_needs_exploitation": _lazy(
        "Adoption alone is not enough: exploitation must be shown besides."
    ),
    "charge_does_not_fit": _lazy("A charge does not fit what was found."),
    "text_unverified": _lazy(
        "No lawyer has yet checked the texts of law shown here against the original."
    ),
}
FINDINGS = {"met": "yes", "not_met": "no", "undetermined": "unknown"}


def _made_out(value: bool | None) -> str:
    return str(ELEMENT_VALUES["unknown" if value is None else "yes" if value else "no"])


def outcome_in_words(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the rule gives: each element with what settles it, offences, warnings."""
    palermo = outcome["palermo"]
    differ = elements_of(outcome["sources_differ"])
    return {
        "finding": str(ELEMENT_VALUES[FINDINGS[palermo["finding"]]]),
        "is_open": palermo["finding"] == "undetermined",
        "verified": palermo["verified"],
        "elements": [_element(e, is_disputed=e["element"] in differ) for e in palermo["elements"]],
        "means_required": palermo["means_required"],
        "missing": [Element(m).label for m in palermo["missing"] if m in Element.values],
        "differ": [of_fact(code) for code in outcome["sources_differ"]],
        "offences": [
            f"{o['statute']} {o['article']}: {_(o['title'])}"
            for o in outcome["offences"] if o["finding"] == "met"
        ],
        "safeguards": safeguards_in_words(outcome),
        "warnings": [WARNINGS.get(w["code"], w["because"]) for w in outcome["warnings"]],
    }  # fmt: skip


def _element(weighed: Mapping[str, Any], *, is_disputed: bool) -> dict[str, Any]:
    return {
        "label": Element(weighed["element"]).label,
        "value": _value(weighed["value"], is_disputed=is_disputed),
        "settled_by": [of_fact(code) for code in weighed.get("decided_by", ())],
        "to_ask": [of_fact(code) for code in weighed.get("to_ask", ())],
    }


def _value(value: str, *, is_disputed: bool) -> str:
    if value == "unknown" and is_disputed:
        return _("Sources differ")
    return str(ELEMENT_VALUES[value])


def reasons_in_words(reasons: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """Return the findings a decision kept, as rows: fact, what was held, source, day, words."""
    return [
        [
            of_fact(r["code"]), _made_out(r["made_out"]), str(SourceKind(r["source_kind"]).label),
            date_format(date.fromisoformat(r["said_on"]), "DATE_FORMAT") if r["said_on"]
            else _("Not known"),
            r["because"],
        ]
        for r in reasons
    ]  # fmt: skip
