"""What an estimate rests on in the officer's language, said from method, codes and values.

What is not known here, such as the answer of a later version, stands in the library's own words.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mekhala.core.estimation.covers import Covers
from mekhala.core.estimation.estimate import NO_MODEL, Estimate
from mekhala.core.estimation.tables import OverlapTable
from mekhala.population.estimates.models import Method

ASSUMPTIONS = {
    Method.CHAPMAN: _(
        "Being on one list makes being on the other neither more nor less likely, everybody on one "
        "list is as likely as anybody else to be on the other, and nobody enters or leaves during "
        "the period. Two lists can show none of this."
    ),
    Method.INDEPENDENCE: _(
        "Being on one list makes being on another neither more nor less likely, everybody has some "
        "chance of being on each list, and nobody enters or leaves during the period."
    ),
    Method.STEPWISE: _(
        "Lists depend on each other at most two at a time, pairs that show no clear dependence "
        "have none, everybody has some chance of being on a list, and nobody enters or leaves "
        "during the period."
    ),
    Method.BIC: _(
        "Lists depend on each other at most two at a time, the set of pairs that balances fit and "
        "simplicity best is the true one, everybody has some chance of being on a list, and nobody "
        "enters or leaves during the period."
    ),
    Method.BAYES_THRESHOLD: _(
        "Lists depend on each other at most two at a time, a pair seldom makes being on both more "
        "than some seven times more or less likely, pairs that show no clear dependence have none, "
        "everybody has some chance of being on a list, and nobody enters or leaves during the "
        "period."
    ),
    Method.DECOMPOSABLE: _(
        "How lists depend on each other is one of the decomposable graphs, each as likely as any "
        "other beforehand, everybody has some chance of being on a list, and nobody enters or "
        "leaves during the period."
    ),
    Method.LATENT_CLASS: _(
        "People are of a few unseen kinds; within a kind lists find people independently, a kind "
        "that hardly any list finds is unlikely beforehand (the prior of each chance is even), the "
        "kind nobody is ever found of does not exist, and nobody enters or leaves during the "
        "period."
    ),
    Method.CHAO: _(
        "People differ in how easily they are found, the easier the more on every list; the number "
        "is then at least this. Nobody enters or leaves during the period."
    ),
}
# Sources told in words; the others are names, years and places alone, the same in every language.
REFERENCES = {
    Method.CHAPMAN: _(
        "Chapman 1951, Univ. California Publ. Stat. 1: 131-160; variance: Seber 1970, Biometrics "
        "26: 13-22; interval: Chao 1987, Biometrics 43: 783-791"
    ),
    Method.CHAO: _(
        "Chao 1987, Biometrics 43: 783-791; lists of unequal size: Rivest & Baillargeon 2007, "
        "Biometrics 63: 999-1006"
    ),
}
COVERED = {
    Covers.NOTHING: _("nothing"),
    Covers.MODEL_GIVEN: _("sampling, taking the model as given; not errors of linkage"),
    Covers.MODEL: _("sampling and the choice of model; not errors of linkage"),
    Covers.INDEPENDENT: _("sampling, taking the lists as independent; not errors of linkage"),
    Covers.PAIRS_GIVEN: _("sampling, taking the chosen pairs as given; not errors of linkage"),
    Covers.PAIRS: _("sampling and the choice of pairs; not errors of linkage"),
    Covers.GRAPHS: _("sampling and the choice among decomposable graphs; not errors of linkage"),
    Covers.KINDS: _("sampling and how many kinds of people there are; not errors of linkage"),
    Covers.AT_LEAST: _("sampling; a lower bound for the people in all, not an estimate of them"),
}
INTERVALS = {
    "none": _("no interval"),
    "wald_log": _("of the model itself"),
    "bca": _("bootstrap, bias-corrected (BCa)"),
    "percentile": _("bootstrap percentiles"),
    "log_normal": _("log-normal"),
    "credible": _("Bayesian"),
    "lower_bound": _("lower bound"),
}

LOG_LINEAR = frozenset(
    {Method.CHAPMAN, Method.INDEPENDENCE, Method.STEPWISE, Method.BIC, Method.BAYES_THRESHOLD}
)


def name_of(method: str) -> str:
    """Return what a method is called on a page."""
    return str(dict(Method.choices).get(method, method))


def assumption(of: Estimate) -> str:
    """Return what must hold and cannot be seen in the data."""
    return str(ASSUMPTIONS.get(of.method, of.assumption))  # type: ignore[call-overload]


def reference(of: Estimate) -> str:
    """Return where the method comes from."""
    return str(REFERENCES.get(of.method, of.reference))  # type: ignore[call-overload]


def covers(of: Estimate) -> str:
    """Return what the interval covers."""
    return str(COVERED.get(of.covers, of.covers))  # type: ignore[call-overload]


def interval(of: Estimate) -> str:
    """Return which kind of interval it is."""
    return str(INTERVALS.get(of.interval, of.interval))


def model(of: Estimate, table: OverlapTable) -> str:
    """Return the model: lists and pairs of lists that depend on each other, or what else it is."""
    if of.model == NO_MODEL:
        return _now("no model")
    if of.method in LOG_LINEAR:
        return _log_linear(of, table)
    if of.method == Method.CHAO:
        return _now("%(model)s, people on one or two lists") % {"model": _log_linear(of, table)}
    if of.method == Method.DECOMPOSABLE:
        return _graphs(of)
    return _kinds(of.diagnostics) if of.method == Method.LATENT_CLASS else of.model


def _log_linear(of: Estimate, table: OverlapTable) -> str:
    """The model in the usual notation; Chapman's has both lists, the others those with people."""
    lists = table.in_order() if of.method == Method.CHAPMAN else table.used()
    return " + ".join([*lists.lists, *map(":".join, of.pairs)])


def _graphs(of: Estimate) -> str:
    if not of.pairs:
        return _now("average over decomposable graphs; none that joins two lists has most weight")
    return _now("average over decomposable graphs; most weight joins %(pairs)s") % {
        "pairs": _named(of.pairs)
    }


def _kinds(found: Any) -> str:
    return _now("a few kinds of people; %(chains)s chains, worth %(draws)s independent draws") % {
        "chains": found.get("chains", "–"), "draws": found.get("effective_draws", "–"),
    }  # fmt: skip


def differences(estimates: Sequence[Estimate]) -> list[str]:
    """Return, a sentence each, what makes the methods differ.

    Which give no number, and which dependence between lists each takes into account; a lower bound
    is no estimate and has no part in it.
    """
    asked = [e for e in estimates if e.method != Method.CHAO]
    if not any(e.exists for e in asked):
        return [_now("No method gives a finite estimate.")]
    none = [e.method for e in asked if not e.exists]
    first = _now("No finite estimate: %(methods)s.") % {"methods": _methods(none)}
    return [*([first] if none else []), *_dependences([e for e in asked if e.exists])]


def _dependences(estimates: Sequence[Estimate]) -> Iterator[str]:
    """What each of the methods that give a number says of pairs of lists, or of people."""
    taken: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for e in estimates:
        if e.method != Method.LATENT_CLASS:
            taken.setdefault(e.pairs, []).append(e.method)
    if list(taken) == [()]:
        yield _now("No pair of lists shows clear dependence.")
    else:
        yield from (_takes(methods, pairs) for pairs, methods in taken.items())
    if any(e.method == Method.LATENT_CLASS for e in estimates):
        yield _now("%(methods)s: people differ in how easily they are found.") % {
            "methods": name_of(Method.LATENT_CLASS)
        }


def _takes(methods: list[str], pairs: tuple[tuple[str, str], ...]) -> str:
    named = {"methods": _methods(methods), "pairs": _named(pairs)}
    if not pairs:
        return _now("%(methods)s: no lists depend on each other.") % named
    return _now("%(methods)s: these lists depend on each other: %(pairs)s.") % named


def _methods(methods: Sequence[str]) -> str:
    return ", ".join(map(name_of, methods))


def _named(pairs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(map(":".join, pairs))
