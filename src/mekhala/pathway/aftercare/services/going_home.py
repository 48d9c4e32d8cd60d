"""What is asked before anybody goes home, two officers where something stands in the way.

Leaving is another thing: an adult goes where she or he wants. This is about being *sent* home,
with the means and in the name of an agency.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mekhala.pathway.aftercare import errors, policies, queries
from mekhala.pathway.aftercare.codes import Answer, Asked, Kin
from mekhala.pathway.aftercare.going_home import in_the_way
from mekhala.pathway.aftercare.models import FamilyTrace, Naming, ReturnHome
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.audit import services as audit

_WANTS = {Answer.WANTS_HELP.value: True, Answer.NO_HELP.value: False}


@transaction.atomic
def name_kin(case: Case, kin: Kin | str, *, words: str, by: Officer, at: datetime) -> Naming:
    """Keep whom the person named as having recruited or handed over; it stands in the way at once.

    It says nothing about guilt and reaches no proceeding from here.
    """
    policies.check_may_support(by, case.number, now=at)
    if kin not in Kin.values or kin == Kin.ALONE:
        raise errors.AnswersMissing
    policies.check_words(words)
    kept = Naming.objects.create(case=case, kin=kin, words=words.strip(), named_by=by, named_at=at)
    audit.record("aftercare.named", subject=case.number, by=by, at=at, naming=kept.pk)
    return kept


@transaction.atomic
def take_back_naming(naming: Naming, *, by: Officer, at: datetime) -> Naming:
    """Note that it was said in error, by who wrote it down or a registrar; the row stays."""
    policies.check_may_support(by, naming.case_id, now=at)
    if by.role != Role.REGISTRAR and naming.named_by_id != by.pk:
        raise NotYourRole
    if not Naming.objects.filter(pk=naming.pk, taken_back_at=None).update(taken_back_at=at):
        raise errors.AlreadyDone
    audit.record(
        "aftercare.naming_taken_back", subject=naming.case_id, by=by, at=at, naming=naming.pk
    )
    naming.refresh_from_db()
    return naming


@transaction.atomic
def screen_return(
    case: Case, kin: Kin | str, answers: Mapping[str, str], *, by: Officer, at: datetime,
    trace: FamilyTrace | None = None,
) -> ReturnHome:  # fmt: skip
    """Keep what was asked before a way home to ``kin``; it takes the place of one planned before.

    ``answers``: a code of the four answers for each ``Asked``. Raises ``AnswersMissing``.
    """
    policies.check_may_support(by, case.number, now=at)
    if set(answers) != set(Asked.values) or not set(answers.values()) <= set(Answer.values):
        raise errors.AnswersMissing
    if kin not in Kin.values or (trace and trace.case_id != case.number):
        raise errors.AnswersMissing
    ReturnHome.objects.filter(case=case, gone_on=None, ended_at=None).update(ended_at=at)
    why = in_the_way(answers, kin=kin, is_adult=is_known_adult(case),
                     visit=trace.visit if trace else None)  # fmt: skip
    kept = _kept(ReturnHome(
        case=case, kin=kin, trace=trace, answers=dict(answers), blocks=bool(why),
        wants=_WANTS.get(answers[Asked.WANTS_TO_GO]), screened_by=by, screened_at=at,
    ))  # fmt: skip
    audit.record(
        "aftercare.return_screened", subject=case.number, by=by, at=at, planned=kept.pk,
        blocks=kept.blocks,
    )  # fmt: skip
    return kept


@transaction.atomic
def propose_return(planned: ReturnHome, reasons: str, *, by: Officer, at: datetime) -> ReturnHome:
    """Propose, with reasons, to go on although something stands in the way."""
    policies.check_may_support(by, planned.case_id, now=at)
    policies.check_planned(planned)
    policies.check_wanted(planned)
    policies.check_words(reasons)
    unasked = ReturnHome.objects.filter(pk=planned.pk, proposed_by=None)
    sealed = ReturnHome._meta.get_field("reasons").sealed(planned, reasons.strip())
    if not unasked.update(reasons=sealed, proposed_by=by, proposed_at=at):
        raise errors.AlreadyDone
    audit.record(
        "aftercare.return_proposed", subject=planned.case_id, by=by, at=at, planned=planned.pk
    )
    planned.refresh_from_db()
    return planned


@transaction.atomic
def answer_return(
    planned: ReturnHome, *, agreed: bool, reasons: str, by: Officer, at: datetime
) -> ReturnHome:
    """Answer a proposal as the second officer, with reasons. A no ends this way home.

    Raises ``SecondMustDiffer`` for who proposed it, ``NotYourRole`` for others than registrars.
    """
    policies.check_may_support(by, planned.case_id, now=at)
    policies.check_second(by, planned)
    policies.check_words(reasons)
    sealed = ReturnHome._meta.get_field("answer_reasons").sealed(planned, reasons.strip())
    told = {
        "answer_reasons": sealed, "answered_by": by, "answered_at": at, "agreed": agreed,
        "ended_at": None if agreed else at,
    }  # fmt: skip
    unanswered = ReturnHome.objects.filter(pk=planned.pk, answered_by=None, ended_at=None)
    if not unanswered.update(**told):
        raise errors.ReturnOver
    audit.record(
        "aftercare.return_answered", subject=planned.case_id, by=by, at=at, planned=planned.pk,
        agreed=agreed,
    )  # fmt: skip
    planned.refresh_from_db()
    return planned


@transaction.atomic
def send_home(planned: ReturnHome, *, on: date, by: Officer, at: datetime) -> ReturnHome:
    """Note the day on which the person went home with the help of an agency.

    Raises ``NotWanted`` without a yes of the person, ``TwoMustDecide`` while something stands in
    the way and no two officers have agreed since.
    """
    policies.check_may_support(by, planned.case_id, now=at)
    policies.check_planned(planned)
    policies.check_day(on, planned.case_id, now=at)
    policies.check_wanted(planned)
    if not queries.way_is_open(planned):
        raise errors.TwoMustDecide
    if not ReturnHome.objects.filter(pk=planned.pk, gone_on=None, ended_at=None).update(gone_on=on):
        raise errors.ReturnOver
    audit.record("aftercare.sent_home", subject=planned.case_id, by=by, at=at, planned=planned.pk)
    planned.refresh_from_db()
    return planned


@transaction.atomic
def give_up_return(planned: ReturnHome, *, by: Officer, at: datetime) -> ReturnHome:
    """End a planned way home: the person does not want it any more, or it was a mistake."""
    policies.check_may_support(by, planned.case_id, now=at)
    policies.check_planned(planned)
    ReturnHome.objects.filter(pk=planned.pk, gone_on=None).update(ended_at=at)
    audit.record(
        "aftercare.return_given_up", subject=planned.case_id, by=by, at=at, planned=planned.pk
    )
    planned.refresh_from_db()
    return planned


def _kept(planned: ReturnHome) -> ReturnHome:
    try:
        with transaction.atomic():
            planned.save(force_insert=True)
    except IntegrityError as error:
        if "return_one_planned" not in str(error):
            raise
        raise errors.ReturnOver from None
    return planned
