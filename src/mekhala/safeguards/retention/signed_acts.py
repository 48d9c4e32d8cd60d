"""Erasing sooner than its time what is kept of a person, at her or his own wish (R-24)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.four_eyes.kinds import Kind
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.retention import errors, queries
from mekhala.safeguards.retention.periods import kinds

WHO = frozenset({Role.AUTHORITY, Role.REGISTRAR})
REFUSALS = {
    "open": errors.StillOpenCase, "held": errors.HeldFile, "runs": errors.ProceedingRuns,
}  # fmt: skip


def check_nothing_in_the_way(
    subject: str,
    details: Mapping[str, Any],
    *,
    by: Officer,  # noqa: ARG001
    at: datetime,  # noqa: ARG001
) -> None:
    """Refuse while the case is open, held or before a court, and what the law keeps."""
    for why in queries.in_the_way(subject):
        raise REFUSALS[why]
    for code in {"person", *details}:
        if not kinds()[code].may_be_erased_sooner:
            raise errors.LawDemandsKeeping(kinds()[code].source)


def _says(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _(
        "At the person's own wish, what is kept under the number %(number)s is erased for good: "
        "name and papers, where she or he was, and all that was said and found. What she or he "
        "said yes and no to, and that something was decided, stays until its time is over."
    )
    return said % {"number": subject}


def _agreed(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    """Do nothing more: the nightly job finds the signature in the database."""


KINDS = (
    Kind(code="retention.erase", title=gettext_lazy("Erasing a file at the person's wish"),
         ask_roles=WHO, answer_roles=WHO, in_words=_says, check=check_nothing_in_the_way,
         act=_agreed, on_file=True),
)  # fmt: skip
