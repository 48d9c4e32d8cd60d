"""The ladder an accused stands on: which rung may follow which, and the word for each.

The word in use is always that of the last rung recorded (presumption of innocence: ICCPR,
Article 14(2)). A judgment set aside on appeal is no longer told as a conviction anywhere.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models import Stage, Step

MOVES: dict[Stage | None, tuple[Stage, ...]] = {
    None: (Stage.NAMED,),
    Stage.NAMED: (Stage.SUSPECT, Stage.DROPPED),
    Stage.SUSPECT: (Stage.CHARGED, Stage.DROPPED),
    Stage.CHARGED: (Stage.ACCUSED, Stage.DROPPED),
    Stage.ACCUSED: (Stage.ACQUITTED, Stage.CONVICTED_NOT_FINAL, Stage.DROPPED),
    Stage.CONVICTED_NOT_FINAL: (Stage.ACQUITTED, Stage.ACCUSED, Stage.CONVICTED),
    Stage.CONVICTED: (Stage.ACCUSED, Stage.ACQUITTED),  # on review; the case is tried again
    Stage.ACQUITTED: (),  # but after an appeal of the prosecution: see ``acquittals``
    Stage.DROPPED: (),
}
MAY_BE_CHARGED = frozenset({Stage.CHARGED, Stage.ACCUSED})
JUDGED = frozenset({Stage.CONVICTED_NOT_FINAL, Stage.CONVICTED})
CLEARED = frozenset({Stage.ACQUITTED, Stage.DROPPED})

# What happened, told of the act and not of the person: it is offered before it has happened.
HAPPENED: dict[Stage, Promise] = {
    Stage.NAMED: _("Complaint made"),
    Stage.SUSPECT: _("Treated as a suspect"),
    Stage.CHARGED: _("Charged by the prosecutor"),
    Stage.ACCUSED: _("Sent for trial"),
    Stage.DROPPED: _("Case dropped"),
    Stage.ACQUITTED: _("Acquitted by the court"),
    Stage.CONVICTED_NOT_FINAL: _("Judgment against the accused, appeal open"),
    Stage.CONVICTED: _("Judgment against the accused now final"),
}
AGAIN = _("Judgment set aside, to be tried again")
ACQUITTED_AGAIN = _("Acquitted again by a higher court")
ACQUITTAL_SET_ASIDE = _("Acquittal set aside, judgment against the accused, appeal open")
SET_ASIDE = _("Earlier judgment, set aside")
SET_ASIDE_CODE = "set_aside"


def moves_from(stage: Stage | None) -> tuple[Stage, ...]:
    """Return the rungs that may follow ``stage``; None stands for nothing recorded yet."""
    return MOVES[stage]


def stage_after(steps: Sequence[Step]) -> Stage | None:
    """Return the last rung of ``steps``, which are in their order; None if there are none."""
    return Stage(steps[-1].stage) if steps else None


def offered(stage: Stage, *, after: Stage | None) -> Promise:
    """Return how the rung ``stage`` is offered after ``after``: what happens a second time, or
    undoes what was before, is told as such.
    """
    if stage == Stage.ACCUSED and after in JUDGED:
        return AGAIN
    if after == Stage.ACQUITTED:
        return ACQUITTED_AGAIN if stage == Stage.ACQUITTED else ACQUITTAL_SET_ASIDE
    return HAPPENED[stage]


def code_for(step: Step, *, last: Stage | None) -> str:
    """Return the code of one rung as it may be told now: no earlier judgment as a conviction."""
    if step.stage in JUDGED and last not in JUDGED:
        return SET_ASIDE_CODE
    return step.stage


def was_set_aside(steps: Sequence[Step], *, judged_on: date) -> bool:
    """Answer whether a judgment of that day was set aside: ``steps`` are in their order."""
    reached = False
    for step in steps:
        if step.stage in JUDGED:
            reached = reached or step.on >= judged_on
        elif reached:
            return True
    return False


def was_convicted_on_appeal(steps: Sequence[Step]) -> bool:
    """Answer whether the last rung of ``steps`` is a conviction and an acquittal came before."""
    reached = [step.stage for step in steps]
    return bool(reached) and reached[-1] in JUDGED and Stage.ACQUITTED in reached


def word_for(step: Step, *, last: Stage | None) -> str:
    """Return the word for one rung, as it may be told now that ``last`` is the last one.

    Where the last word is no conviction, no earlier judgment is told as one any more.
    """
    if step.stage in JUDGED and last not in JUDGED:
        return str(SET_ASIDE)
    return str(Stage(step.stage).label)
