"""Asking for estimates."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from mekhala.population.estimates import policies
from mekhala.population.estimates.models import EstimateRun, Method
from mekhala.population.estimates.services.working import work_out
from mekhala.population.linkage import queries as linkage
from mekhala.population.linkage.models import OverlapTable
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def ask_run(
    table: OverlapTable,
    method: str = Method.ALL,
    level: float = 0.95,
    bootstrap: int = 1000,
    seed: int = 1,
    *,
    by: Any,
    at: datetime,
) -> EstimateRun:
    """Ask for estimates on an overlap table; a worker does them once this is committed.

    ``level`` is the share the interval shall cover (0 to 1), ``bootstrap`` the number of
    replicates (0: the model's own interval). ``by`` is None for the yearly job. Raises
    ``WrongInput`` naming the setting.
    """
    if by is not None:
        policies.check_may_ask(by)
    policies.check_settings(table, method=method, level=level, bootstrap=bootstrap, seed=seed)
    run = EstimateRun.objects.create(
        table=table, data_hash=linkage.as_overlaps(table).data_hash(), method=method, level=level,
        bootstrap=bootstrap, seed=seed, asked_at=at,
    )  # fmt: skip
    audit.record("estimates.asked", subject=run, by=by, at=at, method=method, seed=seed)
    transaction.on_commit(partial(work_out.enqueue, run.pk))
    return run
