"""Warnings and reasons in the officer's language, said from their codes and values."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.wording import decisive
from mekhala.web import charts
from mekhala.web.casework.estimates.words import name_of

# By code, then the names of the values in order: one code may have several sentences.
SENTENCES: dict[tuple[str, ...], Any] = {
    ("not_identified_without_assumption",): _(
        "people on no list are seen by nobody, so the number rests on an assumption about them "
        "that these data cannot test"
    ),
    ("fewer_than_three_lists", "lists"): _(
        "with %(lists)s lists nothing shows whether being on one list makes being on the other "
        "more or less likely"
    ),
    ("fewer_than_three_lists", "fewest", "lists", "names", "usable", "wanted"): _(
        "%(usable)s of %(lists)s lists can be used (%(names)s); expected %(wanted)s that share "
        "%(fewest)s people or more with the others and are not the same list twice"
    ),
    ("nobody_seen_twice",): _(
        "nobody is on two lists, so the data say nothing about how many were missed"
    ),
    ("sparse_overlap", "pairs"): _("pairs of lists that share nobody: %(pairs)s"),
    ("sparse_overlap", "fewest", "lists"): _(
        "lists that share fewer than %(fewest)s people with all others: %(lists)s"
    ),
    ("sparse_overlap", "fewest", "lists", "pairs"): _(
        "pairs of lists that share nobody: %(pairs)s; lists that share fewer than %(fewest)s "
        "people with all others: %(lists)s"
    ),
    ("empty_list", "list"): _("nobody is on list %(list)s"),
    ("list_nested_in", "list", "other"): _("everybody on list %(list)s is also on %(other)s"),
    ("lists_hardly_linked", "fewest", "names", "people"): _(
        "%(names)s and the other lists share %(people)s people; expected %(fewest)s or more"
    ),
    ("few_seen_twice", "share"): _(
        "%(share)s %% of the people seen are on two lists or more; wrong links may be as many as "
        "right ones"
    ),
    ("period_not_given",): _(
        "nobody says which days the lists stand for, so people may have come or gone between one "
        "list and another"
    ),
    ("period_long", "days", "longest"): _(
        "the lists stand for %(days)s days; within more than %(longest)s people come, go and die, "
        "and the number is of no one day"
    ),
    ("people_differ", "foretold", "found"): _(
        "%(found)s people are on three lists or more and %(foretold)s would be if all were as easy "
        "to find, so some are harder to find and the number of methods that take all as alike is "
        "too low"
    ),
    ("differences_cannot_show", "fewest", "foretold"): _(
        "%(foretold)s people on three lists or more are foretold, fewer than %(fewest)s: whether "
        "some people are harder to find cannot show"
    ),
    ("differences_cannot_show", "beyond", "hidden", "shown"): _(
        "if some people were so much harder to find that the number were %(hidden)s times too "
        "low, the overlaps would be %(shown)s standard errors off on average; expected %(beyond)s "
        "or more, or it cannot show"
    ),
    ("kinds_not_identified", "lists"): _(
        "two kinds of people on %(lists)s lists have 8 parameters and there are 7 cells, so the "
        "prior and not the data says how many a second kind hides"
    ),
    ("no_identifiable_model",): _(
        "neither independent lists nor lists of which one pair depends on each other have one "
        "finite estimate"
    ),
    ("no_finite_estimate", "people"): _(
        "cells that the model needs hold none of the %(people)s people seen, so no one finite "
        "number fits best"
    ),
    ("no_finite_estimate", "methods"): _("none of these gives a finite estimate: %(methods)s"),
    ("method_without_estimate", "methods"): _("no finite estimate by %(methods)s"),
    ("methods_disagree", "one", "range", "times"): _(
        "the highest estimate is %(times)s times the lowest; expected at most %(one)s times for "
        "one number and %(range)s for a range"
    ),
    ("estimate_far_outside_observed", "people", "times"): _(
        "the estimate is %(times)s times the %(people)s people seen"
    ),
    ("replicates_without_finite_estimate", "share"): _(
        "%(share)s %% of the bootstrap replicates have no finite estimate"
    ),
    ("one_person_decides",): _(
        "without one of the people seen there is no finite estimate, so the interval is the plain "
        "percentile interval"
    ),
    ("model_choice_unsteady", "share"): _(
        "%(share)s %% of the bootstrap replicates choose another model"
    ),
    ("model_choice_unsteady", "of_draws"): _(
        "%(of_draws)s %% of the draws choose other pairs of lists"
    ),
    ("model_choice_unsteady", "pairs", "threshold"): _(
        "pairs of lists near the threshold of %(threshold)s standard deviations: %(pairs)s; the "
        "interval takes the choice as given"
    ),
    ("many_models_fit", "average", "weight"): _(
        "the best model has %(weight)s %% of the weight of all models; their average is %(average)s"
    ),
    ("not_for_so_many_lists", "fewest"): _("the method needs %(fewest)s lists or more"),
    ("not_for_so_many_lists", "fewest", "lists"): _(
        "with fewer than %(fewest)s lists the prior alone would say how they depend on each other; "
        "there are %(lists)s"
    ),
    ("not_for_so_many_lists", "fewest", "lists", "most"): _(
        "averaging over graphs needs %(fewest)s to %(most)s lists; there are %(lists)s"
    ),
    ("tail_cut_off",): _(
        "the posterior still has weight at a thousand times the people seen: the upper end is too "
        "low"
    ),
    ("chains_disagree", "highest", "lowest", "r_hat"): _(
        "chains from different starts do not agree (R-hat %(r_hat)s; medians %(lowest)s to "
        "%(highest)s): the data fit more than one story"
    ),
    ("few_independent_draws", "draws", "wanted"): _(
        "the draws are worth %(draws)s independent ones; %(wanted)s are wanted"
    ),
    ("lower_bound_only",): _("read it as: at least so many; how many more is not said"),
}
SHARES = frozenset({"of_draws", "share", "weight"})
PEOPLE = frozenset({"average"})


def because(warned: Warned) -> str:
    """Return why a warning applies; in the library's words where there is no sentence for it."""
    sentence = SENTENCES.get((warned.code, *sorted(warned.values)))
    if sentence is None:
        return warned.because
    return str(sentence) % {name: _value(name, value) for name, value in warned.values.items()}


def told(warned: Warned | Mapping[str, Any]) -> dict[str, str]:
    """Return a warning, or one as it is kept, as a page shows it: its code and why it applies."""
    found = warned if isinstance(warned, Warned) else Warned(**warned)
    return {"code": found.code, "because": because(found)}


def why_not_drawn(of: Estimate) -> str | None:
    """Return why no mark may be drawn for an estimate, in a sentence; None where one may."""
    found = decisive(of)
    if of.estimate is None:
        if found is None:
            return _now("No finite number")
        return _now("No finite number: %(because)s") % {"because": because(found)}
    return _now("Did not settle: %(because)s") % {"because": because(found)} if found else None


def _value(name: str, value: Any) -> str:
    """A value of a warning as it is written; None was no finite number."""
    if value is None:
        return "∞"
    if name == "methods":
        return ", ".join(map(name_of, value))
    if isinstance(value, list | tuple):
        return ", ".join(value) or _now("none")
    if name in SHARES:
        return f"{100 * value:g}"
    if isinstance(value, int) or name in PEOPLE:
        return charts.whole(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
