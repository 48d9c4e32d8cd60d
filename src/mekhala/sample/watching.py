"""A monitor of trials at one hearing, and one hearing to come that anybody may watch."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mekhala.forms import services as form_room
from mekhala.forms.queries import version_offered
from mekhala.intake import services as intake
from mekhala.pathway.justice import services as justice
from mekhala.pathway.justice.models import Proceeding
from mekhala.safeguards.access.purposes import Role

from .filling import filled
from .walk import acting_as

if TYPE_CHECKING:
    from .main_job import Job

COURT, WATCHES, FORM = "co-01", "ob-01", "hearing_monitor"
SEEN = {
    "minutes": "25", "posted": "no", "lawyer": "no", "interpreter": "not_known",
    "complainant_present": "no", "law_explained": "yes", "silence_told": "no",
}  # fmt: skip
TO_COME = timedelta(days=21)


def watch(job: Job, proceeding: Proceeding) -> int:
    """Hand the proceeding on to a court; a monitor fills in her form about its first hearing."""
    court, police = job.cast.officer(COURT, role=Role.JUSTICE), proceeding.opened_by
    with acting_as(police):
        justice.hand_on(proceeding, to=court, by=police, at=job.now)
    with acting_as(court):
        held = justice.plan_hearing(
            proceeding, kind="detention", starts_at=job.now - timedelta(hours=1), room="2",
            is_public=True, by=court, at=job.now,
        )  # fmt: skip
        justice.plan_hearing(
            proceeding, kind="trial", starts_at=job.now + TO_COME, room="2", is_public=True,
            by=court, at=job.now,
        )  # fmt: skip
    with acting_as(job.cast.officer(WATCHES, role=Role.PROVIDER)) as monitor:
        version = version_offered(FORM)
        assert version is not None  # the forms are loaded first
        sent = filled(version.xform, SEEN | {"hearing_number": held.number})
        kept = form_room.keep_submission(sent, [], by=monitor, at=job.now).submission
        taken = intake.take_in(kept, by=monitor, at=job.now)
    return int(taken.became == ["watched"])
