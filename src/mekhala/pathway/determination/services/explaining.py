"""What helps to explain a case and decides nothing: its place on the continuum of volition."""

from datetime import datetime

from django.db import transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies
from mekhala.pathway.determination.models import Degree, DeterminationFile, Volition
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def place_on_continuum(
    *, file: DeterminationFile, degree: Degree | str, by: Officer, at: datetime
) -> Volition:
    """Keep where an officer of the authority places the person's way, from A to F.

    It is beside the facts and never among them: the rule does not look at it.
    """
    policies.check_may_work_on(by, file, at=at)
    if degree not in Degree.values:
        raise WrongInput(f"degree: {str(degree)[:10]!r}; expected one of {Degree.values}.")
    kept = Volition.objects.create(file=file, degree=degree, placed_by=by, placed_at=at)
    audit.record("determination.placed", subject=file.case_id, by=by, at=at, file=file.pk)
    return kept
