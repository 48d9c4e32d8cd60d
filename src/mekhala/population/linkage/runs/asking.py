"""Asking for a linkage run, and for its repeat."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from mekhala.core.check_digit import new_number
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage.models import AgencyList, LinkageRun
from mekhala.population.linkage.runs import policies
from mekhala.population.linkage.runs.working import work_out
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def ask_run(
    list_ids: Collection[int],
    *,
    threshold: float = 0.95,
    review_from: float = 0.5,
    seed: int = 1,
    sample: int = 0,
    model: str = "",
    by: Any,
    at: datetime,
) -> LinkageRun:
    """Ask that these lists be linked; a worker does it once this is committed.

    ``model``: a trained model as JSON; empty: it is learnt from the lists. ``sample``: about how
    many pairs are drawn for people to check the linkage by; 0: none. Raises ``WrongInput`` naming
    the setting, ``TooFewLists``, ``ListNotReady``, ``NoAgreement``.
    """
    counting.check_may_count(by)
    policies.check_settings(threshold=threshold, review_from=review_from, seed=seed)
    lists = list(AgencyList.objects.filter(pk__in=list_ids).order_by("source", "pk"))
    policies.check_lists(lists)
    policies.check_sample(sample, lists)
    for source in {one.source for one in lists}:
        counting.check_agreed(source, by=by, now=at)
    if model:
        _check_model(model)
    return _asked(
        [_taken(one) for one in lists], by=by, at=at, threshold=threshold, review_from=review_from,
        seed=seed, sample=sample, model_given=model,
    )  # fmt: skip


@transaction.atomic
def repeat_run(run: LinkageRun, *, by: Any, at: datetime) -> LinkageRun:
    """Ask that a run be done again from the same lists and settings, to compare both."""
    counting.check_may_count(by)
    policies.check_linked(run)
    return _asked(
        run.lists, by=by, at=at, threshold=run.threshold, review_from=run.review_from,
        seed=run.seed, model_given=run.model_given, repeats=run.repeats or run,
    )  # fmt: skip


def _asked(lists: list[dict[str, Any]], *, by: Any, at: datetime, **settings: Any) -> LinkageRun:
    run = LinkageRun.objects.create(
        number=new_number("LK"), lists=lists, asked_by=by, asked_at=at, **settings
    )
    audit.record("linkage.run_asked", subject=run.number, by=by, at=at,
                 lists=[one["id"] for one in lists], seed=run.seed)  # fmt: skip
    transaction.on_commit(partial(work_out.enqueue, run.pk))
    return run


def _taken(one: AgencyList) -> dict[str, Any]:
    return {
        "id": one.pk, "source": one.source, "kept": one.kept, "records": one.records,
        "digest": one.file_digest, "stage": one.stage, "is_distinct": one.is_distinct,
        "years": years_told(one),
    }  # fmt: skip


def years_told(one: AgencyList) -> list[int]:
    """Return the whole years of a list's period; without a period, the years its rows are of."""
    if one.period_from and one.period_until:
        after = one.period_until + timedelta(days=1)
        first = one.period_from.year + (one.period_from.timetuple().tm_yday > 1)
        return list(range(first, after.year))
    return sorted({int(month[:4]) for month in one.months if month[:4].isdigit()})


def _check_model(model: str) -> None:
    from mekhala.core.matching.linker.model import Model

    Model.loads(model)
