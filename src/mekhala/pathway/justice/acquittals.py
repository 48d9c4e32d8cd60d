"""An appeal against an acquittal: whose it is, whether it was in time, and what may follow it.

Until a higher court convicts, the person is acquitted in every word; that somebody has appealed is
said beside it. Only an appeal of the prosecution can lead to a conviction: that of a civil party
is about compensation. Who may appeal until when is data (``core/calendar/limits.yaml``), and
nobody has compared it with the official text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mekhala.pathway.justice import clocks, ladder, queries
from mekhala.pathway.justice.models import Accused, Appeal, AppealOutcome, Appellant, Stage, Step
from mekhala.pathway.justice.standing import current

PROSECUTION = frozenset({Appellant.PROSECUTOR, Appellant.PROSECUTOR_GENERAL})
BY_OTHERS = PROSECUTION | {Appellant.CIVIL_PARTY}
BOTH = (Stage.ACQUITTED, Stage.CONVICTED_NOT_FINAL)
FOLLOWS: dict[str, tuple[Stage, ...]] = {
    "": BOTH, AppealOutcome.RETRIAL: BOTH, AppealOutcome.CONVICTED: (Stage.CONVICTED_NOT_FINAL,),
    AppealOutcome.UPHELD: (Stage.ACQUITTED,), AppealOutcome.ACQUITTED: (Stage.ACQUITTED,),
}  # fmt: skip
PENDING = frozenset({"", AppealOutcome.RETRIAL})


@dataclass(frozen=True, kw_only=True)
class Against:
    """An appeal against an acquittal that nobody has decided; ``late``: None where not known."""

    by: Appellant
    filed_on: date | None
    last_day: date
    late: bool | None


def against(steps: Sequence[Step], appeals: Iterable[Appeal]) -> list[Appeal]:
    """Return the appeals of others, filed and standing, against the acquittal that is the last
    rung of ``steps``; none where the last rung is another.
    """
    if ladder.stage_after(steps) != Stage.ACQUITTED:
        return []
    day = steps[-1].on
    return [
        one for one in current(appeals)
        if one.filed is True and one.filed_by in BY_OTHERS and one.judged_on == day
    ]  # fmt: skip


def pending(accused: Accused) -> list[Against]:
    """Return the appeals against the acquittal of today that no court has decided."""
    found = against(list(accused.steps.all()), queries.appeals_of(accused))
    return [_told(one) for one in found if one.outcome in PENDING]


def _told(one: Appeal) -> Against:
    by = Appellant(one.filed_by)
    last = clocks.last_day_to_appeal(one.judged_on, by=by)
    late = None if one.filed_on is None else one.filed_on > last
    return Against(by=by, filed_on=one.filed_on, last_day=last, late=late)


def what_may_follow(steps: Sequence[Step], appeals: Iterable[Appeal]) -> tuple[Stage, ...]:
    """Return the rungs that may follow: after an acquittal those an appeal of the prosecution
    leads to, and none without one.
    """
    stage = ladder.stage_after(steps)
    if stage != Stage.ACQUITTED:
        return ladder.moves_from(stage)
    by_prosecution = [a for a in against(steps, appeals) if a.filed_by in PROSECUTION]
    found = {stage for one in by_prosecution for stage in FOLLOWS.get(one.outcome, ())}
    return tuple(stage for stage in BOTH if stage in found)


def first_day_to_follow(steps: Sequence[Step], appeals: Iterable[Appeal]) -> date | None:
    """Return the day before which no step can lie: that of the last, or of the appeal after it."""
    filed = [one.filed_on for one in against(steps, appeals) if one.filed_on]
    return max([*(step.on for step in steps[-1:]), *filed], default=None)
