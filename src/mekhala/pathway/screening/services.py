"""Keeping what was asked and seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from mekhala.core.reasoning.indicators import indicators as known_indicators
from mekhala.core.vocabulary.facts import facts
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services as forms
from mekhala.forms.models import Submission
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.screening import policies, queries
from mekhala.pathway.screening.models import Profile, Screening, ScreeningOutcome
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_screening(
    *,
    case: Case,
    by: Officer,
    at: datetime,
    answers: Mapping[str, bool | None],
    outcome: str,
    profile: str = "",
    indicators: Sequence[str] = (),
    because: str = "",
    submission: Submission | None = None,
) -> Screening:
    """Keep one screening of the person of ``case``.

    ``answers`` maps fact codes to True, False or None (asked, not known); a code left out was
    not asked. Nothing is decided here: referring on is the act of the determination room.
    Raises ``ActRefused`` where the policy says so, ``WrongInput`` naming the nearest code.
    """
    policies.check_may_screen(by, case, at=at)
    _check(answers, outcome, profile, indicators, because)
    kept = Screening.objects.create(
        case=case, screened_by=by, screened_at=at, answers=dict(answers), profile=profile,
        list_version=queries.list_version(profile), indicators=list(dict.fromkeys(indicators)),
        outcome=outcome, because=because, submission=submission,
    )  # fmt: skip
    if submission is not None:
        forms.link_to_case(submission, case_number=case.number, by=by, at=at)
    audit.record("screening.recorded", subject=case.number, by=by, at=at, outcome=outcome)
    return kept


@transaction.atomic
def correct_screening(
    *,
    screening: Screening,
    by: Officer,
    at: datetime,
    submission: Submission,
    answers: Mapping[str, bool | None],
    outcome: str,
    profile: str = "",
    indicators: Sequence[str] = (),
    because: str = "",
) -> bool:
    """Put right a screening that came from a filled form, from its correction; say if it changed.

    What stood before stays readable in the form it came from. Raises as ``record_screening``.
    """
    policies.check_may_correct(by, screening, at=at)
    _check(answers, outcome, profile, indicators, because)
    said = {
        "answers": dict(answers), "profile": profile, "outcome": outcome, "because": because,
        "indicators": list(dict.fromkeys(indicators)), "submission": submission,
    }  # fmt: skip
    names = [name for name, value in said.items() if getattr(screening, name) != value]
    if not names:
        return False
    for name in names:
        setattr(screening, name, said[name])
    if {"profile", "indicators"} & set(names):
        screening.list_version = queries.list_version(profile)
    screening.save(update_fields=[*names, "list_version"])
    forms.link_to_case(submission, case_number=screening.case_id, by=by, at=at)
    audit.record("screening.corrected", subject=screening.case_id, by=by, at=at, outcome=outcome)
    return True


def _check(
    answers: Mapping[str, bool | None], outcome: str, profile: str, indicators: Sequence[str],
    because: str,
) -> None:  # fmt: skip
    _check_codes("outcome", [outcome], ScreeningOutcome.values)
    policies.check_reasoned(outcome, because)
    _check_codes("answers", answers, facts())
    _check_codes("profile", [profile] if profile else [], Profile.values)
    _check_codes("indicators", indicators, known_indicators())


def _check_codes(field: str, given: object, known: object) -> None:
    """Refuse the first code that is none, naming the nearest that is."""
    for code in given:  # type: ignore[attr-defined]
        if code not in known:  # type: ignore[operator]
            near = nearest(str(code), known)  # type: ignore[arg-type]
            raise WrongInput(f"{field}: {str(code)[:60]!r} is no code; did you mean {near!r}?")
