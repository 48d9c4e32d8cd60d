"""What the core remarks on figures, in the reader's language.

The core says each thing as a sentence with gaps and what stands in them. Here are the same
sentences for translation; a test holds both lists together.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.core.provenance.remarks import Weight

WEIGHTS = {
    Weight.SLIP: gettext_lazy("Cannot all hold as printed"),
    Weight.QUESTION: gettext_lazy("To be asked about"),
    Weight.NOTE: gettext_lazy("How to read it"),
}
REMARKS = {
    "mean_outside_groups": gettext_lazy(
        "the whole is given as %(whole)s, but its groups as %(parts)s, and a whole stands between "
        "its groups"
    ),
    "mean_not_weighted": gettext_lazy(
        "the whole is given as %(whole)s, but its groups (%(parts)s) give %(recomputed)s"
    ),
    "one_count_two_percentages": gettext_lazy(
        "%(percentages)s percent are given for one count, %(count)s, which is %(over)s; a "
        "percentage must say of how many"
    ),
    "shares_do_not_sum": gettext_lazy(
        "the shares %(parts)s add to %(sum)s percent, more than rounding can explain"
    ),
    "shares_sum_by_rounding": gettext_lazy(
        "the shares %(parts)s add to %(sum)s percent; rounding can explain it, or a share is wrong"
    ),
    "parts_do_not_sum": gettext_lazy(
        "the parts %(parts)s add to %(sum)s, but the whole is given as %(whole)s"
    ),
    "part_above_whole": gettext_lazy("%(part)s is more than the whole it is part of, %(whole)s"),
    "group_above_its_whole": gettext_lazy(
        "%(part)s of one group are counted here, but %(whole)s of that group in the whole of which "
        "this is a part; both hold only if somebody is counted under two heads"
    ),
    "longer_period_holds_fewer": gettext_lazy(
        "%(long)s, but %(short)s: a longer period cannot hold fewer of the same"
    ),
    "percentage_not_reachable": gettext_lazy(
        "no whole number of %(size)s gives %(value)s percent; the nearest is %(count)s, which "
        "gives %(nearest)s"
    ),
    "unit_in_doubt": gettext_lazy("the unit is written %(unit)s"),
    "percentage_of_few": gettext_lazy(
        "%(count)s of %(size)s: 95 %% interval %(low)s%% to %(high)s%%"
    ),
    "incomplete": gettext_lazy("does not say its %(fields)s"),
    "cited_second_hand": gettext_lazy("cites %(cited)s"),
    "not_about_the_subject": "%(note)s",
}
FIELDS = {
    "value": gettext_lazy("value"),
    "unit": gettext_lazy("unit"),
    "population_definition": gettext_lazy("definition"),
    "place": gettext_lazy("place"),
    "period": gettext_lazy("period"),
}
CHANGES = {
    "value": gettext_lazy("Value: “%(was)s” became “%(now)s”"),
    "rounded": gettext_lazy("Rounded: “%(was)s” became “%(now)s”"),
    "unit": gettext_lazy("Unit: “%(was)s” became “%(now)s”"),
    "quantity": gettext_lazy("What is counted: “%(was)s” became “%(now)s”"),
    "definition": gettext_lazy("Definition: “%(was)s” became “%(now)s”"),
    "qualifier_dropped": gettext_lazy("A condition was dropped: “%(was)s” became “%(now)s”"),
    "place": gettext_lazy("Place: “%(was)s” became “%(now)s”"),
    "period": gettext_lazy("Period: “%(was)s” became “%(now)s”"),
    "citation": gettext_lazy("Source: “%(was)s” became “%(now)s”"),
    "citation_dropped": gettext_lazy("Source dropped: “%(was)s”"),
}
TAGS = {
    "value": gettext_lazy("value changed"),
    "rounded": gettext_lazy("rounded"),
    "unit": gettext_lazy("unit changed"),
    "quantity": gettext_lazy("words changed"),
    "definition": gettext_lazy("words changed"),
    "qualifier_dropped": gettext_lazy("condition dropped"),
    "place": gettext_lazy("place changed"),
    "period": gettext_lazy("period changed"),
    "citation": gettext_lazy("other source"),
    "citation_dropped": gettext_lazy("source dropped"),
}
KINDS = {
    "contradiction": gettext_lazy("Same definition, different values"),
    "definitions_differ": gettext_lazy("Different values; the definitions differ"),
    "noted": gettext_lazy("Noted by its reader"),
}


def remarks_told(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return remarks with ``told`` and ``heading`` in the reader's language."""
    return [
        {**one, "told": _remark(one), "heading": WEIGHTS[Weight(one["weight"])]} for one in found
    ]


def _remark(one: Mapping[str, Any]) -> str:
    said = dict(one["said"])
    if "fields" in said:
        names = [str(FIELDS.get(name, name)) for name in said["fields"].split(", ")]
        said["fields"] = ", ".join(names)
    return str(REMARKS[one["check"]]) % said


def conflicts_told(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return conflicts with ``told`` and ``heading`` in the reader's language."""
    return [{**one, "told": _conflict(one), "heading": KINDS[one["kind"]]} for one in found]


def _conflict(one: Mapping[str, Any]) -> str:
    if one["kind"] == "noted":
        return str(one["because"])
    said = {"one": one["values"][0], "other": one["values"][1]}
    return _("%(place)s, %(period)s: %(one)s against %(other)s %(unit)s") % {**one, **said}


def change_told(kind: str, was: str, now: str) -> str:
    """Return one thing that changed on the way as a sentence."""
    empty = _("nothing")
    return str(CHANGES[kind]) % {"was": was or empty, "now": now or empty}


def steps_told(path: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps of a way with what each changed in the reader's language."""
    return [
        {**step, "told": [change_told(**change) for change in step.get("changes", ())]}
        for step in path
    ]
