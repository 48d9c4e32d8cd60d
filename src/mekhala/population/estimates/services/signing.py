"""Answering for a run by name."""

from datetime import datetime
from typing import Any

from django.db import transaction

from mekhala.population.estimates import policies
from mekhala.population.estimates.models import EstimateRun, Signature
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def sign(run: EstimateRun, *, by: Any, at: datetime) -> Signature:
    """Sign a run that was repeated and came out equal; two statisticians make it signed.

    Raises ``NotFinished``, ``NoNumberToSign``, ``NotRepeated``, ``CameOutDifferently`` or
    ``SignedBefore``.
    """
    locked = EstimateRun.objects.select_for_update(of=("self",)).filter(pk=run.pk).first() or run
    policies.check_may_sign(locked, by)
    signature = Signature.objects.create(run=locked, by=by, at=at)
    audit.record("estimates.signed", subject=locked, by=by, at=at)
    return signature
