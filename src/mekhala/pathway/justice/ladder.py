"""The ladder an accused stands on: which rung may follow which, and the word for each.

The word in use is always that of the last rung recorded (presumption of innocence: ICCPR,
Article 14(2)). A judgment set aside on appeal is no longer told as a conviction anywhere.
"""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models import Stage, Step

MOVES: dict[Stage | None, tuple[Stage, ...]] = {
    None: (Stage.COMPLAINED_OF,),
    Stage.COMPLAINED_OF: (Stage.SUSPECT, Stage.DISCONTINUED),
    Stage.SUSPECT: (Stage.CHARGED, Stage.DISCONTINUED),
    Stage.CHARGED: (Stage.DEFENDANT, Stage.DISCONTINUED),
    Stage.DEFENDANT: (Stage.ACQUITTED, Stage.CONVICTED_APPEAL_OPEN, Stage.DISCONTINUED),
    Stage.CONVICTED_APPEAL_OPEN: (Stage.ACQUITTED, Stage.CONVICTED_FINAL),
    Stage.ACQUITTED: (),
    Stage.DISCONTINUED: (),
    Stage.CONVICTED_FINAL: (),
}
MAY_BE_CHARGED = frozenset({Stage.CHARGED, Stage.DEFENDANT})

# What happened, told of the act and not of the person: it is offered before it has happened.
HAPPENED: dict[Stage, Promise] = {
    Stage.COMPLAINED_OF: _("Complaint made"),
    Stage.SUSPECT: _("Treated as a suspect"),
    Stage.CHARGED: _("Charged by the prosecutor"),
    Stage.DEFENDANT: _("Sent for trial"),
    Stage.DISCONTINUED: _("Proceedings discontinued"),
    Stage.ACQUITTED: _("Acquitted by the court"),
    Stage.CONVICTED_APPEAL_OPEN: _("Judgment against the accused, appeal open"),
    Stage.CONVICTED_FINAL: _("Judgment against the accused now final"),
}
SET_ASIDE = _("First judgment, set aside on appeal")


def moves_from(stage: Stage | None) -> tuple[Stage, ...]:
    """Return the rungs that may follow ``stage``; None stands for nothing recorded yet."""
    return MOVES[stage]


def stage_after(steps: Sequence[Step]) -> Stage | None:
    """Return the last rung of ``steps``, which are in their order; None if there are none."""
    return Stage(steps[-1].stage) if steps else None


def word_for(step: Step, *, last: Stage | None) -> str:
    """Return the word for one rung, as it may be told now that ``last`` is the last one."""
    if step.stage == Stage.CONVICTED_APPEAL_OPEN and last == Stage.ACQUITTED:
        return str(SET_ASIDE)
    return str(Stage(step.stage).label)
