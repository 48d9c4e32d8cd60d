"""``assess``: findings about a person in, a reasoned outcome out.

People make the findings; the rules here only join them. What is not known stays unknown: it
counts neither for nor against anybody. Nothing here is a decision.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mekhala.core.law.library import outlines, provisions
from mekhala.core.law.statute import Article
from mekhala.core.reasoning.case import Case, read_case
from mekhala.core.reasoning.charges import ChargeOutcome, weigh_charge
from mekhala.core.reasoning.classification import classify
from mekhala.core.reasoning.conduct import candidates
from mekhala.core.reasoning.continuum import degree_of_volition
from mekhala.core.reasoning.liability import liability_of
from mekhala.core.reasoning.logic import Findings
from mekhala.core.reasoning.non_punishment import non_punishment
from mekhala.core.reasoning.offences import OffenceOutcome, most_specific_first, weigh_offence
from mekhala.core.reasoning.palermo import weigh_palermo
from mekhala.core.reasoning.warning import Weighed, warnings_for
from mekhala.core.vocabulary.htcds import types_of_exploitation
from mekhala.core.wrong_input import WrongInput

type Answer = dict[str, Any]


def assess(document: Mapping[str, Any]) -> Answer:
    """Return the outcome for one person, in the shape of ``mekhala assess --json``.

    ``document`` holds ``case``, ``conduct`` (``from`` and ``to``, whole or partial dates),
    ``person`` (``age`` in years, ``age_certainty``, ``sex``), ``facts`` (code to yes, no or
    unknown), ``none_of`` (groups answered no), ``charges`` (statute and article), ``country``
    (alpha-2, whose domestic law is asked; KH), ``participation`` (principal, accomplice or
    instigator) and ``completed`` (yes or no); each may be left out. Raises ``WrongInput``
    naming case, field and the nearest valid code.
    """
    return answer_for(read_case(document))


def assess_all(document: object) -> Answer | list[Answer]:
    """Return the outcome for one object, or a list of outcomes for an array of them."""
    if isinstance(document, list):
        read = [read_case(each, place=f"object {i}") for i, each in enumerate(document, start=1)]
        return [answer_for(case) for case in read]
    if not isinstance(document, Mapping):
        raise WrongInput("expected one object or an array of objects")
    return assess(document)


def answer_for(case: Case) -> Answer:
    """Return the outcome for a case that was already read."""
    weighed = weigh(case)
    return {
        "case": case.name,
        "palermo": weighed.palermo.as_answer(),
        "country": case.country,
        "offences": [offence.as_answer() for offence in weighed.offences],
        "not_assessed": [_outlined(article) for article in weighed.outlines],
        "classification": weighed.classification.value,
        "exploitation": [kind.value for kind in types_of_exploitation(case.facts)],
        "continuum": degree_of_volition(case.facts),
        "non_punishment": non_punishment(case.facts, palermo=weighed.palermo.finding),
        "charges": [charge.as_answer() for charge in weighed.charges],
        "warnings": [warning.as_answer() for warning in warnings_for(weighed)],
        "ignored": list(case.ignored),
    }


def weigh(case: Case) -> Weighed:
    """Weigh a case: the definition, every offence that may govern, and each charge."""
    findings = findings_of(case)
    palermo = weigh_palermo(findings, case.person)
    return Weighed(
        findings=findings,
        person=case.person,
        conduct=case.conduct,
        palermo=palermo,
        offences=_offences(case, findings),
        outlines=outlines(case.country, during=case.conduct.span),
        classification=classify(findings, palermo),
        charges=[judge_charge(case, statute, article) for statute, article in case.charges],
    )


def findings_of(case: Case) -> Findings:
    """Return what the rules look at: facts and what is known of the age."""
    return Findings(facts=case.facts, person=case.person.predicates())


def judge_charge(case: Case, statute: str, article: str) -> ChargeOutcome:
    """Return whether one charge fits a case, and the ranges it can carry."""
    findings = findings_of(case)
    return weigh_charge(statute, article, findings, case.conduct, country=case.country)


def _offences(case: Case, findings: Findings) -> tuple[OffenceOutcome, ...]:
    governing = candidates(provisions(case.country), case.conduct)
    weighed = (weigh_offence(p, findings, case.conduct) for p in governing)
    return most_specific_first(_with_liability(o, case) for o in weighed)


def _with_liability(outcome: OffenceOutcome, case: Case) -> OffenceOutcome:
    """Say how somebody is punished who helped, incited or did not get to the end."""
    found = liability_of(
        outcome.provision,
        participation=case.participation,
        completed=case.completed,
        country=case.country,
    )
    return replace(outcome, liability=found) if found else outcome


def _outlined(article: Article) -> dict[str, str]:
    """An offence kept in outline only, as ``mekhala assess`` names it."""
    return {
        "statute": article.statute,
        "article": article.article,
        "title": article.title,
        "because": article.because,
    }
