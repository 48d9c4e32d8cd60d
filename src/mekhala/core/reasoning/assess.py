"""``assess``: findings about a person in, a reasoned outcome out.

People make the findings; the rules here only join them. What is not known stays unknown: it
counts neither for nor against anybody. Nothing here is a decision.
"""

from collections.abc import Mapping
from typing import Any

from mekhala.core.law.statute import Article, Provision
from mekhala.core.reasoning.case import Case, read_case, read_cases
from mekhala.core.reasoning.charges import ChargeOutcome, weigh_charge
from mekhala.core.reasoning.classification import classify
from mekhala.core.reasoning.continuum import degree_of_volition
from mekhala.core.reasoning.governing import governing, in_outline
from mekhala.core.reasoning.liability import Liability, liability_of
from mekhala.core.reasoning.logic import Findings
from mekhala.core.reasoning.non_punishment import non_punishment
from mekhala.core.reasoning.offences import OffenceOutcome, weigh_governing
from mekhala.core.reasoning.palermo import weigh_palermo
from mekhala.core.reasoning.questions import ask_next
from mekhala.core.reasoning.warning import Weighed, warnings_for
from mekhala.core.vocabulary.htcds import types_of_exploitation

type Answer = dict[str, Any]


def assess(document: Mapping[str, Any], *, explain: bool = False) -> Answer:
    """Return the outcome for one person, in the shape of ``mekhala assess --json``.

    ``document`` holds ``case``, ``conduct`` (``from`` and ``to``, whole or partial dates),
    ``person`` (``age`` in years, ``age_certainty``, ``sex``), ``facts`` (code to yes, no or
    unknown), ``none_of`` (groups answered no), ``charges`` (statute and article), ``country``
    (alpha-2, whose domestic law is asked; KH), ``participation`` (principal, accomplice or
    instigator), ``completed`` (yes or no) and ``sources`` (code to a list of texts: where the
    answer was found); each may be left out. The definition is always explained as a ``tree``,
    each offence with ``explain``. Raises ``WrongInput`` naming case, field and nearest valid code.
    """
    return answer_for(read_case(document), explain=explain)


def assess_all(document: object, *, explain: bool = False) -> Answer | list[Answer]:
    """Return the outcome for one object, or a list of outcomes for an array of them."""
    read = read_cases(document)
    if isinstance(read, Case):
        return answer_for(read, explain=explain)
    return [answer_for(case, explain=explain) for case in read]


def answer_for(case: Case, *, explain: bool) -> Answer:
    """Return the outcome for a case that was already read."""
    weighed = weigh(case)
    offences = [offence.as_answer() for offence in weighed.offences]
    if explain:
        for answer, offence in zip(offences, weighed.offences, strict=True):
            answer["tree"] = offence.tree(case.sources)
    return {
        "case": case.name,
        "palermo": weighed.palermo.as_answer(case.sources),
        "offences": offences,
        "not_assessed": [outlined(article) for article in weighed.outlines],
        **rest_of_answer(case, weighed),
    }


def rest_of_answer(case: Case, weighed: Weighed) -> Answer:
    """Return what an answer says after the definition and the law."""
    return {
        "country": case.country,
        "ask_next": [each.as_answer() for each in ask_next(weighed.palermo.needed)],
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
        outlines=in_outline(case.country, case.conduct),
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
    """Weigh every provision that may govern, and say how somebody answers who took part in it."""
    return tuple(
        weigh_governing(governs, findings, liability=_liability(governs.provision, case))
        for governs in governing(case.country, case.conduct)
    )


def _liability(provision: Provision, case: Case) -> Liability | None:
    return liability_of(
        provision,
        participation=case.participation,
        completed=case.completed,
        country=case.country,
    )


def outlined(article: Article) -> dict[str, str]:
    """An offence kept in outline only, as ``mekhala assess`` names it."""
    return {
        "statute": article.statute,
        "article": article.article,
        "title": article.title,
        "because": article.because,
    }
