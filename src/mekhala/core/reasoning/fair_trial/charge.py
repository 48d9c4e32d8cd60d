"""Charge and sentence, judged with the tables of ``assess`` on the facts proved.

A sentence below the floor is not looked at: mitigation may lower it. Where a finding about the
person harmed is asked for, the answer is used and never changed.
"""

import math
import re
from collections.abc import Iterable, Iterator

from mekhala.core.law.library import HOME, palermo
from mekhala.core.law.statute import Penalty
from mekhala.core.reasoning.charges import ChargeOutcome, Fit, weigh_charge
from mekhala.core.reasoning.fair_trial.answer import (
    NO,
    Told,
    all_of,
    answered,
    any_of,
    cannot_tell,
    equals,
    yes,
)
from mekhala.core.reasoning.fair_trial.proceeding import Cited, Facts, Proceeding
from mekhala.core.reasoning.fair_trial.row import statutes_kept
from mekhala.core.reasoning.fair_trial.words import Result
from mekhala.core.reasoning.logic import Asks, Explained
from mekhala.core.reasoning.outcome import ElementOutcome, weigh_elements

FAILS = {Fit.DOES_NOT_FIT: True, Fit.FITS: False}
SENTENCED = (Result.CONVICTED, Result.SUSPENDED)
AGE, FACTS, YEARS = "alleged_victim.age", "facts", "verdict.sentence_years"
SENTENCE = re.compile(r"(the|it|an?) .*\b(was|had|is|committed|abused)\b")
CONSENT_CLAUSE = ("KH-KTE-1996", "3")


def charge_does_not_fit(p: Proceeding) -> Told:
    """Say whether the facts proved do not make out what was cited, or it was not in force.

    Of several charges one that fails is enough; each is looked at only where the verdict does not
    cite a provision itself.
    """
    told = [_fits(p, at, cited) for at, cited in _looked_at(p)]
    if not told:
        return cannot_tell("verdict.statute", "verdict.article", "charges")
    value = any_of(each.raised for each in told)
    paths = [path for each in told if each.raised is value for path in each.rests_on]
    said = " ".join(dict.fromkeys(each.because for each in told if each.raised))
    return answered(value, said, *paths)


def _looked_at(p: Proceeding) -> list[tuple[str, Cited]]:
    """The provision of the verdict or, where it is not fully given, every charge, by its path."""
    if p.verdict.cited.whole:
        return [("verdict", p.verdict.cited)]
    return [(f"charges[{i}]", cited) for i, cited in enumerate(p.charges or ())]


def _fits(p: Proceeding, at: str, cited: Cited) -> Told:
    paths = (f"{at}.statute", f"{at}.article")
    if cited.whole is None:
        return cannot_tell(*_unknown(at, cited))
    outcome = _weighed(p, cited.whole)
    if outcome.fit is Fit.NOT_IN_FORCE:
        words = f"{_named(cited.whole)} was in force on no day of the conduct."
        return yes(words, *paths, *p.conduct_keys)
    if not p.facts.given:
        return cannot_tell(FACTS)
    fails = FAILS.get(outcome.fit)
    if fails is None:
        return cannot_tell(*(paths if outcome.fit is Fit.NOT_IN_TABLES else (FACTS,)))
    if not fails:
        return NO
    broken = [e for e in outcome.weighed[0].elements if e.value is False]
    needs = f"{_named(cited.whole)} needs {_lacking(broken[0].label)}."
    return yes(needs, *paths, *_rest_on(p, broken))


def _lacking(label: str) -> str:
    """An element as the law calls it, a noun or a sentence, and that the facts do not show it."""
    if SENTENCE.match(label):
        return f"that {label}; on the facts proved that was not so"
    return f"{label}; on the facts proved there was none"


def _unknown(at: str, cited: Cited) -> Iterator[str]:
    for key, known in (("statute", cited.statute), ("article", cited.article)):
        if known is None:
            yield f"{at}.{key}"


def _rest_on(p: Proceeding, broken: Iterable[ElementOutcome]) -> Iterator[str]:
    """The keys the findings on the conduct stand under, and the age where an element asks it."""
    yield from _findings_given(p.facts)
    if any(leaf.asks is Asks.PERSON for leaf in _leaves(broken)):
        yield AGE


def _findings_given(facts: Facts) -> Iterator[str]:
    if facts.named:
        yield FACTS
    if facts.none_of:
        yield "none_of"


def _leaves(outcomes: Iterable[ElementOutcome]) -> Iterator[Explained]:
    for outcome in outcomes:
        yield from outcome.explained.decisive


def _weighed(p: Proceeding, cited: tuple[str, str]) -> ChargeOutcome:
    """The provision cited, weighed as ``assess`` weighs it, under the law of its own country."""
    statute, article = cited
    country = statutes_kept().get(statute, HOME)
    return weigh_charge(statute, article, p.findings, p.conduct, country=country)


def _named(cited: tuple[str, str]) -> str:
    return f"{cited[0]} article {cited[1]}"


def sentence_outside_range(p: Proceeding) -> Told:
    """Say whether the sentence is above every top the article cited can have.

    What is not known of the aggravations leaves a lowest and a highest top; between them it cannot
    be told.
    """
    sentenced, years = equals(p.verdict.result, *SENTENCED), p.verdict.sentence_years
    if sentenced is False:
        return NO
    cited = p.verdict.cited.whole
    if sentenced is None or years is None or cited is None:
        return cannot_tell(*_not_given(p, sentenced))
    outcome = _weighed(p, cited)
    highest = _top(outcome.highest_range, unknown=math.inf)
    if years <= _top(outcome.lowest_range, unknown=-math.inf):
        return NO
    if years <= highest:
        return cannot_tell(*(_capped_by(p, outcome, known=False) or _paths_cited()))
    top = "the top of the range that follows from the facts"
    paths = _capped_by(p, outcome, known=True) or _paths_cited()
    return yes(f"{years:g} years is above {top}, {highest:g}.", YEARS, *paths)


def _top(found: Penalty | None, *, unknown: float) -> float:
    return unknown if found is None else found.max_years


def _not_given(p: Proceeding, sentenced: bool | None) -> Iterator[str]:
    if sentenced is None:
        yield "verdict.result"
    if p.verdict.sentence_years is None:
        yield YEARS
    yield from _unknown("verdict", p.verdict.cited)


def _paths_cited() -> tuple[str, ...]:
    return "verdict.statute", "verdict.article"


def _capped_by(p: Proceeding, outcome: ChargeOutcome, *, known: bool) -> list[str]:
    """Where the aggravations that are known were answered, or those are asked that are open."""
    every = [each for o in outcome.weighed for each in o.aggravated.outcomes]
    asked = [each for each in every if (each.value is not None) is known]
    found = {_place_of(leaf, p.facts) for leaf in _leaves(asked)}
    return [path for path in (AGE, FACTS, "none_of") if path in found]


def _place_of(leaf: Explained, facts: Facts) -> str:
    if leaf.asks is Asks.PERSON:
        return AGE
    return FACTS if leaf.value is None or leaf.code in facts.named else "none_of"


def consent_clause_without_means(p: Proceeding) -> Told:
    """Say whether an adult's consent was set aside by the law of 1996 with no means shown.

    Its Article 3 says "with or without consent". For an adult consent is set aside by a means
    (Palermo Protocol, Article 3 b); here none is found, not even an open one counted as found.
    """
    cited = {f"{at}.article": _is_the_clause(each) for at, each in _all_cited(p)}
    adult, consent = _of_age(p), p.facts.answers.get("consent.given") if p.facts.given else None
    clause = any_of(cited.values()) if cited else None
    value = all_of(clause, adult, consent, _no_means(p))
    if value is None:
        open_ = [path for path, answer in cited.items() if answer is None] or ["charges"]
        missing = [*open_ * (clause is None), *[AGE] * (adult is None)]
        return cannot_tell(*missing, *[FACTS] * (consent is None))
    named = [path for path, answer in cited.items() if answer]
    because = "KH-KTE-1996 article 3 sets the consent of an adult aside, and no means was shown."
    none_of = ["none_of"] * p.facts.none_of
    return answered(value, because, *named, AGE, FACTS, *none_of)


def _all_cited(p: Proceeding) -> Iterator[tuple[str, Cited]]:
    """Every provision of which a charge or the verdict says anything, by its path."""
    for i, cited in enumerate(p.charges or ()):
        yield f"charges[{i}]", cited
    if p.verdict.cited != Cited():
        yield "verdict", p.verdict.cited


def _is_the_clause(cited: Cited) -> bool | None:
    statute, article = CONSENT_CLAUSE
    return all_of(equals(cited.statute, statute), equals(cited.article, article))


def _of_age(p: Proceeding) -> bool | None:
    age = p.alleged_victim.known_age
    return None if age is None else not p.alleged_victim.treated_as_child


def _no_means(p: Proceeding) -> bool | None:
    if not p.facts.given:
        return None
    _, means, _ = weigh_elements(palermo().elements, p.findings)
    return means.value is not True
