"""Appeals of the prosecution against invented acquittals: some late, some decided, all upheld."""

from datetime import date, timedelta
from typing import Any

from mekhala.pathway.justice.models import Appeal, Charge, Stage, Step, Verdict

from .cases import noon
from .draws import Draws
from .proceedings import ACQUITTED, CONVICTED
from .proceedings import Accused as InventedAccused
from .rows import Rows

APPEALED = 0.3  # of those acquitted by the first court


def add_appeal(
    rows: Rows, one: InventedAccused, charge: Charge, *, told: dict[str, Any], draws: Draws,
    today: date,
) -> None:  # fmt: skip
    """Add the appeal against an acquittal of the first court, and the judgment after it."""
    if one.stage != ACQUITTED or any(step.stage == CONVICTED for step in one.ladder):
        return
    judged_on = one.ladder[-1].on
    filed_on = judged_on + timedelta(days=draws.between(3, 45))
    decided_on = filed_on + timedelta(days=draws.between(60, 300))
    if not draws.chance(APPEALED) or filed_on > today:
        return
    decided = decided_on <= today
    rows.add(Appeal(
        **told, judged_on=judged_on, filed=True, filed_on=filed_on, filed_by="prosecutor",
        outcome="upheld" if decided else "", decided_on=decided_on if decided else None,
    ))  # fmt: skip
    if decided:
        _upheld(rows, charge, told, decided_on)


def _upheld(rows: Rows, charge: Charge, told: dict[str, Any], on: date) -> None:
    rows.add(
        Step(accused=charge.accused, stage=Stage.ACQUITTED, on=on,
             recorded_by=told["recorded_by"], recorded_at=noon(on)),
        Verdict(**told, charge=charge, instance="appeal", on=on, result="acquitted",
                statute=charge.statute, article=charge.article),
    )  # fmt: skip
