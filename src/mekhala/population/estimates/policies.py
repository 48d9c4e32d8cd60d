"""Who may ask for an estimate, with which settings, and what may be repeated and signed."""

from typing import Any

from mekhala.core.wrong_input import WrongInput
from mekhala.population.estimates import errors
from mekhala.population.estimates.models import (
    ANSWERED,
    EstimateRun,
    Method,
    Repeat,
    RepeatState,
    RunState,
)
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage import queries as linkage
from mekhala.population.linkage.models import OverlapTable

NO_NUMBER = "no_number"  # the verdict of ``panel.agreement``: neither one number nor a range
MOST_REPLICATES = 10_000  # a run stays in the minutes on one processor


def may_ask(officer: Any) -> bool:
    """Return whether the officer may ask for estimates and read them inside."""
    return counting.may_count(officer)


def check_may_ask(officer: Any) -> None:
    """Refuse any officer who is not a statistician."""
    counting.check_may_count(officer)


def check_settings(
    table: OverlapTable, *, method: str, level: float, bootstrap: int, seed: int
) -> None:
    """Refuse, naming the field, what no run could be made with on ``table``."""
    if method not in (known := methods_there(table)):
        raise WrongInput(f"method: {method!r} is not known; expected one of {', '.join(known)}")
    if not 0 < level < 1:
        raise WrongInput(f"level: {level} is not between 0 and 1; expected for example 0.95")
    if bootstrap and not 50 <= bootstrap <= MOST_REPLICATES:
        raise WrongInput(f"bootstrap: {bootstrap}; expected 0, or from 50 to {MOST_REPLICATES}")
    if not 0 <= seed < 2**31:
        raise WrongInput(f"seed: {seed}; expected a whole number from 0 to {2**31 - 1}")


def methods_there(table: OverlapTable) -> list[str]:
    """Return what a run on ``table`` may ask for: all, or one estimator of the library."""
    from mekhala.core.estimation.panel import methods_for

    return [Method.ALL.value, *methods_for(linkage.as_overlaps(table))]


def may_tell(run: EstimateRun) -> bool:
    """Return whether a number, or a range, of the run may be told; its panel may be read anyway."""
    agreed = (run.result or {}).get("agreement") or {}
    return run.state == RunState.DONE and agreed.get("verdict") != NO_NUMBER


def check_waiting(run: EstimateRun) -> None:
    """Refuse to run again what is finished, or what a worker has in hand."""
    if run.state != RunState.WAITING:
        raise errors.NotWaiting


def check_may_repeat(run: EstimateRun, by: Any) -> None:
    """Refuse to repeat what has no answer, and what is being repeated."""
    check_may_ask(by)
    if run.state not in ANSWERED:
        raise errors.NotFinished
    if run.repeats.filter(state=RepeatState.WAITING).exists():
        raise errors.RepeatWaiting


def check_may_sign(run: EstimateRun, by: Any) -> None:
    """Refuse a signature under what gives no number, or has not come out the same again."""
    check_may_ask(by)
    if run.state not in ANSWERED:
        raise errors.NotFinished
    if not may_tell(run):
        raise errors.NoNumberToSign
    if run.signatures.filter(by=by).exists():
        raise errors.SignedBefore
    last = run.repeats.filter(state__in=[RepeatState.EQUAL, RepeatState.DIFFERS]).first()
    if last is None:
        raise errors.NotRepeated
    if last.state == RepeatState.DIFFERS:
        raise errors.CameOutDifferently


def why_not_signed(run: EstimateRun, by: Any) -> errors.CountingRefused | None:
    """Return why the officer may not sign the run now; None where they may."""
    try:
        check_may_sign(run, by)
    except errors.CountingRefused as refusal:
        return refusal
    return None


def check_repeat_waiting(repeat: Repeat) -> None:
    """Refuse to do a repeat twice."""
    if repeat.state != RepeatState.WAITING:
        raise errors.NotWaiting
