"""Who may ask for an estimate, and with which settings."""

from typing import Any

from mekhala.core.wrong_input import WrongInput
from mekhala.population.estimates.errors import NotWaiting
from mekhala.population.estimates.models import EstimateRun, Method, RunState
from mekhala.population.linkage import policies as counting

MOST_REPLICATES = 10_000  # a run stays in the minutes on one processor


def may_ask(officer: Any) -> bool:
    """Return whether the officer may ask for estimates and read them inside."""
    return counting.may_count(officer)


def check_may_ask(officer: Any) -> None:
    """Refuse any officer who is not a statistician."""
    counting.check_may_count(officer)


def check_settings(*, method: str, level: float, bootstrap: int, seed: int) -> None:
    """Refuse, naming the field, what no run could be made with."""
    if method not in Method.values:
        known = ", ".join(Method.values)
        raise WrongInput(f"method: {method!r} is not known; expected one of {known}")
    if not 0 < level < 1:
        raise WrongInput(f"level: {level} is not between 0 and 1; expected for example 0.95")
    if bootstrap and not 50 <= bootstrap <= MOST_REPLICATES:
        raise WrongInput(f"bootstrap: {bootstrap}; expected 0, or from 50 to {MOST_REPLICATES}")
    if not 0 <= seed < 2**31:
        raise WrongInput(f"seed: {seed}; expected a whole number from 0 to {2**31 - 1}")


def check_waiting(run: EstimateRun) -> None:
    """Refuse to run again what is finished."""
    if run.state != RunState.WAITING:
        raise NotWaiting
