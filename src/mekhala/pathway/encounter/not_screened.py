"""Why a meeting led to no screening, said once by who meets people, in a code.

Which meetings wait for a screening, or for this, is asked in ``screening.queries``.
"""

from datetime import datetime

from django.db import transaction

from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter import policies
from mekhala.pathway.encounter.errors import WhySaidBefore
from mekhala.pathway.encounter.models import Encounter, WhyNotScreened
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_not_screened(
    *, encounter: Encounter, because: str, by: Officer, at: datetime
) -> Encounter:
    """Keep why a meeting led to no screening; ``because`` is a code of ``WhyNotScreened``.

    It closes no door: the person may be screened later all the same. Said once, it stays.
    Raises ``NotYourRole``, ``NotOpenToYou``, ``WhySaidBefore``, ``WrongInput``.
    """
    policies.check_may_add(by, encounter.case, met_at=encounter.met_at, at=at)
    if because not in WhyNotScreened.values:
        near = nearest(because, WhyNotScreened.values)
        raise WrongInput(f"because: {because[:40]!r} is not known; the nearest is {near!r}.")
    kept = Encounter.objects.select_for_update().get(pk=encounter.pk)
    if kept.not_screened_because:
        raise WhySaidBefore
    kept.not_screened_because, kept.not_screened_by, kept.not_screened_at = because, by, at
    kept.save(update_fields=["not_screened_because", "not_screened_by", "not_screened_at"])
    audit.record("encounter.not_screened", subject=kept.case_id, by=by, at=at, because=because)
    return kept
