"""Counsel and hearing: who stood beside the accused, what was explained, and whether it went on.

Each rule takes one proceeding and says yes, no, or that it cannot be told. No rule infers one
answer from another: a person for whom no lawyer is mentioned is not a person without a lawyer.
"""

from mekhala.core.reasoning.age import MAJORITY
from mekhala.core.reasoning.fair_trial.answer import (
    Told,
    answered,
    any_of,
    cannot_tell,
    equals,
    joined,
    listed,
    not_,
)
from mekhala.core.reasoning.fair_trial.flags import limit_of
from mekhala.core.reasoning.fair_trial.proceeding import Appeal, Proceeding
from mekhala.core.reasoning.fair_trial.words import Obstacle

HOME_LANGUAGE = "km"  # the language the courts sit in
OBSTACLES = {
    Obstacle.COST: "cost",
    Obstacle.FEAR_OF_HIGHER_SENTENCE: "fear of a higher sentence",
    Obstacle.THREAT: "a threat",
    Obstacle.NOT_INFORMED: "not being told of the right",
    Obstacle.NO_LAWYER: "want of a lawyer",
    Obstacle.DEADLINE_MISSED: "a time limit that had passed",
    Obstacle.OTHER: "another obstacle",
}


def no_lawyer(p: Proceeding) -> Told:
    """Say whether the accused was heard without a lawyer."""
    alone = not_(p.hearing.lawyer)
    return answered(alone, "There was no lawyer at the hearing.", "hearing.lawyer")


def no_interpreter(p: Proceeding) -> Told:
    """Say whether the accused speaks another language and nobody interpreted."""
    language = p.accused.language
    foreign = not_(equals(language, HOME_LANGUAGE))
    because = f"The accused speaks {language} and had no interpreter at the hearing."
    answers = {"accused.language": foreign, "hearing.interpreter": not_(p.hearing.interpreter)}
    return joined(answers, because)


def law_not_explained(p: Proceeding) -> Told:
    """Say whether nobody explained the law or the charge."""
    silent = not_(p.hearing.law_explained)
    return answered(silent, "Nobody explained the law at the hearing.", "hearing.law_explained")


def hearing_too_short(p: Proceeding) -> Told:
    """Say whether the hearing was shorter than the limit kept with the flag."""
    minutes, least = p.hearing.minutes, limit_of("hearing_too_short", "minutes")
    if minutes is None:
        return cannot_tell("hearing.minutes")
    because = f"The hearing lasted {minutes:g} minutes; under {least:g} is short."
    return answered(minutes < least, because, "hearing.minutes")


def judge_doubted(p: Proceeding) -> Told:
    """Say whether the judge of this case voiced doubt."""
    because = "The judge voiced doubt, or fear of criticism."
    return answered(p.hearing.judge_expressed_doubt, because, "hearing.judge_expressed_doubt")


def no_complainant_at_hearing(p: Proceeding) -> Told:
    """Say whether neither complainant nor person harmed could be heard."""
    because = "Neither the complainant nor the person harmed came to the hearing."
    absent = not_(p.hearing.complainant_present)
    return answered(absent, because, "hearing.complainant_present")


def accused_may_be_victim_or_child(p: Proceeding) -> Told:
    """Say whether the accused may be a victim, or was under age at the time of the conduct."""
    age, victim = p.accused.age, p.accused.presumed_victim
    child = None if age is None else age < MAJORITY
    grounds = ["is presumed a victim of trafficking"] * (victim is True)
    grounds += [f"was {age} at the time of the conduct"] * (child is True)
    known = {"accused.presumed_victim": victim, "accused.age": child}
    value = any_of(known.values())
    paths = [path for path, answer in known.items() if answer is value]
    return answered(value, f"The accused {listed(grounds)}.", *paths)


def appeal_blocked(p: Proceeding) -> Told:
    """Say whether there was no appeal for another reason than the accused's own choice."""
    answers = {"appeal.filed": not_(p.appeal.filed), "appeal.blocked_by": _obstructed(p.appeal)}
    named = [OBSTACLES[each] for each in OBSTACLES if each in (p.appeal.blocked_by or ())]
    because = f"No appeal was filed, because of {listed(named)}."
    return joined(answers, because)


def _obstructed(appeal: Appeal) -> bool | None:
    if appeal.blocked_by is None:
        return None
    return any_of(not_(equals(each, Obstacle.OWN_CHOICE)) for each in appeal.blocked_by)
