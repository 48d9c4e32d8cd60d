"""Evidence and statements: what a judgment rests on, and how it came about."""

from collections.abc import Sequence

from mekhala.core.reasoning.fair_trial.answer import (
    NO,
    Told,
    all_of,
    answered,
    any_of,
    cannot_tell,
    equals,
    not_,
    yes,
)
from mekhala.core.reasoning.fair_trial.proceeding import Proceeding, Statement
from mekhala.core.reasoning.fair_trial.words import (
    CONFESSION,
    ONE_VOICE,
    POLICE_STATEMENT,
    Maker,
)

OF_THE_CONFESSION = frozenset({CONFESSION, POLICE_STATEMENT})


def confession_only(p: Proceeding) -> Told:
    """Say whether there is a confession and nothing besides it but papers of the police."""
    kinds = p.evidence
    if kinds is None:
        return cannot_tell("evidence")
    if set(kinds) - OF_THE_CONFESSION - {None}:
        return NO
    if None in kinds:
        return cannot_tell(*_of_unknown_kind(kinds))
    paths = [f"evidence[{i}].kind" for i in range(len(kinds))]
    paper = " and a police paper about it" if POLICE_STATEMENT in kinds else ""
    because = f"The evidence is a confession{paper}, nothing else."
    return yes(because, *paths) if CONFESSION in kinds else NO


def single_uncorroborated_source(p: Proceeding) -> Told:
    """Say whether everything rests on the word of one person or one body."""
    kinds = p.evidence
    if kinds is None:
        return cannot_tell("evidence")
    if len(kinds) != 1:
        return NO
    told = str(kinds[0]).replace("_", " ")
    because = f"Everything rests on one source: {told}."
    return answered(equals(kinds[0], *ONE_VOICE), because, "evidence[0].kind")


def statement_changed_after_benefit(p: Proceeding) -> Told:
    """Say whether somebody changed a statement after a benefit, whoever made it."""
    if p.statements is None:
        return cannot_tell("statements")
    values = [all_of(each.changed, each.after_benefit) for each in p.statements]
    value = any_of(values)
    because = "A statement was changed after its maker got shelter, aid, money or release."
    paths = [path for i, each in enumerate(values) if each is value for path in _changing(p, i)]
    return answered(value, because, *paths)


def _changing(p: Proceeding, i: int) -> list[str]:
    """What of one statement a change after a benefit rests on, or the part still to be asked."""
    held = (p.statements or ())[i]
    answers = {"changed": held.changed, "after_benefit": held.after_benefit}
    told = all_of(*answers.values())
    return [f"statements[{i}].{key}" for key, answer in answers.items() if answer is told]


def sole_statement_not_read_out(p: Proceeding) -> Told:
    """Say whether somebody who cannot read signed only what was never read out.

    A statement by nobody known may be the accused's own: it then leaves the answer open.
    """
    unable = not_(p.accused.literate)
    value = all_of(unable, _signed_unheard(p.statements))
    if value is None:
        missing = ["accused.literate"] * (unable is None)
        return cannot_tell(*missing, *_unheard_missing(p.statements))
    own = [i for i, each in enumerate(p.statements or ()) if each.by is Maker.ACCUSED]
    paths = [f"statements[{i}].read_out" for i in own]
    which = "the only statement by the accused was not" if len(own) == 1 else (
        f"none of the {len(own)} statements by the accused was"
    )  # fmt: skip
    because = f"The accused cannot read, and {which} read out."
    return answered(value, because, "accused.literate", *paths)


def _signed_unheard(statements: Sequence[Statement] | None) -> bool | None:
    if statements is None:
        return None
    own = [(equals(each.by, Maker.ACCUSED), each.read_out) for each in statements]
    some = any_of(by for by, _ in own)
    none_read = all_of(*(any_of((not_(by), not_(read_out))) for by, read_out in own))
    return all_of(some, none_read)


def _unheard_missing(statements: Sequence[Statement] | None) -> list[str]:
    if statements is None:
        return ["statements"]
    makers = [f"statements[{i}].by" for i, each in enumerate(statements) if each.by is None]
    heard = [
        f"statements[{i}].read_out"
        for i, each in enumerate(statements)
        if each.by in (None, Maker.ACCUSED) and each.read_out is None
    ]
    return [*makers, *heard]


def accuser_has_other_motive(p: Proceeding) -> Told:
    """Say whether who complained had an earlier dispute with the accused."""
    because = "The complainant had an earlier dispute with the accused."
    path = "complaint.prior_dispute_with_accused"
    return answered(p.complaint.prior_dispute_with_accused, because, path)


def _of_unknown_kind(kinds: Sequence[str | None]) -> list[str]:
    return [f"evidence[{i}].kind" for i, kind in enumerate(kinds) if kind is None]
