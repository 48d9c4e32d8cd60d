"""Who may ask for a run, who may be named to review it, and what a run may be asked with."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import policies as counting
from mekhala.population.linkage.errors import ListNotReady, TooFewLists
from mekhala.population.linkage.models import AT_WORK, AgencyList, Kept, LinkageRun, RunState
from mekhala.population.linkage.runs import errors
from mekhala.safeguards.access.purposes import Role

MAY_REVIEW = frozenset({Role.STATISTICIAN, Role.REGISTRAR})  # as the database has it; never K2's
ENGINES = ("duckdb",)
SAMPLE = (140, 5000)  # pairs: twenty of each stratum there can be; more than people read with care
SAMPLED_OF = 200_000  # records whose coarse keys are held in memory to draw from


def may_see(officer: Any) -> bool:
    """Return whether the officer may see runs and their figures."""
    return counting.may_count(officer)


def may_review_at_all(officer: Any) -> bool:
    """Return whether somebody of this role can be named as reviewer."""
    return officer is not None and officer.role in MAY_REVIEW


def check_settings(*, threshold: float, review_from: float, seed: int) -> None:
    """Refuse, naming the field, what no run could be made with."""
    if not 0.5 <= threshold < 1:
        raise WrongInput(
            f"threshold: {threshold} is not from 0.5 to below 1; expected such as 0.95"
        )
    if not 0 < review_from <= threshold:
        raise WrongInput(
            f"review_from: {review_from} is not above 0 and up to the threshold {threshold}; "
            "expected such as 0.5"
        )
    if not 0 <= seed < 2**31:
        raise WrongInput(f"seed: {seed}; expected a whole number from 0 to {2**31 - 1}")


def check_lists(lists: list[AgencyList]) -> None:
    """Refuse fewer than two sources, lists that are not complete or keep our own tokens only, and
    records beside agencies' tokens: nothing of one can be compared with the other.
    """
    if any(one.kept == Kept.TOKENS or one.completed_at is None for one in lists):
        raise ListNotReady
    compared = [one for one in lists if one.kept != Kept.PAIRS]
    if lists and not compared:
        raise errors.PairNumbersAlone
    if len({one.kept for one in compared}) > 1:
        raise errors.RecordsBesideTokens
    _check_made_alike(compared)
    if len({one.source for one in lists}) < 2:
        raise TooFewLists
    for one in lists:
        if one.kept == Kept.PAIRS:
            _check_compared(one, lists)
    stages: dict[str, str] = {}
    for one in lists:
        if stages.setdefault(one.source, one.stage) != one.stage:
            raise WrongInput(
                f"lists: those of {one.source} tell of different stages ({stages[one.source]}, "
                f"{one.stage}); expected one stage for one source"
            )


def _check_made_alike(lists: Sequence[AgencyList]) -> None:
    """Refuse tokens of two keys or of unlike parameters: they would look like nobody's twice."""
    for one in lists:
        if one.made_by != lists[0].made_by:
            raise WrongInput(
                f"lists: the tokens of {one.source} were made with another key or other settings "
                f"than those of {lists[0].source}; expected files of one project, encoded alike"
            )


def _check_compared(one: AgencyList, lists: Sequence[AgencyList]) -> None:
    """Refuse pair numbers beside records they were not compared with, or with other tokens.

    Nobody would be found on both, and the estimates would take that for what is so.
    """
    held: Counter[str] = Counter()
    for other in lists:
        held[other.source] += other.records
    for name, records in sorted(held.items()):
        theirs = [o for o in lists if o.source == name and o.kept == Kept.PAIRS]
        if name == one.source or any(one.source in o.made_by["compared"] for o in theirs):
            continue
        seen = one.made_by["compared"].get(name, 0)
        if seen < records:
            raise WrongInput(
                f"lists: {one.source} was compared at home with {seen} of the {records} records "
                f"of {name}; expected a comparison with all of them, or a run without one of the "
                "two"
            )
    for other in lists:
        if other.kept == Kept.ENCODED and other.made_by != one.made_by["tokens"]:
            raise WrongInput(
                f"lists: {one.source} was compared with tokens of another key or other settings "
                f"than those of {other.source}; expected one project's"
            )


def check_sample(sample: int, lists: Collection[AgencyList]) -> None:
    """Refuse a sample too small for its strata or too large to be read, and one of too long lists.

    Tokens and pair numbers tell a reader nothing, so none is drawn where a list is of them.
    """
    if not sample:
        return
    fewest, most = SAMPLE
    if not fewest <= sample <= most:
        raise WrongInput(
            f"sample: {sample}; expected 0, or a number of pairs from {fewest} to {most}"
        )
    if any(one.kept != Kept.RECORDS for one in lists):
        raise WrongInput("sample: nobody can check tokens or pair numbers by reading; expected 0")
    if sum(one.records for one in lists) > SAMPLED_OF:
        raise WrongInput(
            f"sample: the lists hold more than {SAMPLED_OF} records; expected 0, or shorter lists"
        )


def check_waiting(run: LinkageRun) -> None:
    """Refuse to run again what is finished, or what a worker has in hand."""
    if run.state != RunState.WAITING:
        raise errors.NotWaiting


def check_linked(run: LinkageRun) -> None:
    """Refuse to repeat what has no result."""
    if run.state in AT_WORK or not run.result_hash:
        raise errors.NotLinked


def check_may_name(officer: Any, *, by: Any) -> None:
    """Refuse anybody but a statistician to name, and to name oneself or another role."""
    counting.check_may_count(by)
    if officer.pk == by.pk or not may_review_at_all(officer) or not officer.is_active:
        raise errors.NobodyNamed


def check_in_review(run: LinkageRun) -> None:
    """Refuse what belongs to a review where there is none."""
    if run.state != RunState.REVIEW:
        raise errors.NotInReview
