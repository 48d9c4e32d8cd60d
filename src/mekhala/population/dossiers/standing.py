"""A dossier as it stands: no judgment that was set aside is told as one that stands."""

from typing import Any

from mekhala.pathway.justice import ladder
from mekhala.pathway.justice.models import Stage, Step
from mekhala.pathway.justice.queries import AGAINST_THE_ACCUSED


def as_it_stands(told: dict[str, Any]) -> dict[str, Any]:
    """Return a redacted dossier with each step and verdict as it may be told today.

    The step of a judgment that no longer stands has the code ``set_aside``; a verdict against
    somebody who was freed afterwards says ``set_aside``.
    """
    last = {row["of"]: Stage(row["said"]["stage"]) for row in told["rows"] if row["part"] == "step"}
    return told | {"rows": [_row(row, last.get(row["of"])) for row in told["rows"]]}


def _row(row: dict[str, Any], last: Stage | None) -> dict[str, Any]:
    said = row["said"]
    if row["part"] == "step":
        return row | {
            "said": said | {"stage": ladder.code_for(Step(stage=said["stage"]), last=last)}
        }
    if row["part"] == "verdict" and said.get("result") in AGAINST_THE_ACCUSED:
        return row | {"said": said | {"set_aside": True}} if last in ladder.CLEARED else row
    return row
