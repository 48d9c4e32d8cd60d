"""Invented proceedings in numbers large enough to count. Nobody here is real or guilty."""

from datetime import timedelta

from django.db import connection

from mekhala.core.check_digit import new_number
from mekhala.pathway.justice.models import (
    Accused,
    Charge,
    Hearing,
    Observation,
    Proceeding,
    Stage,
    Step,
    Verdict,
)
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_justice import ARTICLE, AT


def clerk():
    """Return an invented officer of justice, and act as them."""
    who = officer(Role.JUSTICE)
    become(who.pk)
    return who


def complaint(by, on):
    """Return a proceeding open to ``by``, written past the services: counting reads rows."""
    number = new_number("PR")
    with connection.cursor() as cursor:
        cursor.execute(
            "select tests.give(%s, %s, 'justice', %s, %s, %s, '{accused,open}')",
            [number, by.pk, by.pk, AT - timedelta(days=1), AT + timedelta(days=30)],
        )
    return Proceeding.objects.create(
        number=number, complaint_on=on, agency=by.agency, opened_by=by, opened_at=AT
    )


def accused(held, by, *rungs, **told):
    """Return an accused of ``held`` with rungs, each a stage and days since the complaint."""
    one = Accused.objects.create(number=new_number("AC"), proceeding=held, **told)
    for stage, days in ((Stage.NAMED, 0), *rungs):
        Step.objects.create(accused=one, stage=stage, on=held.complaint_on + timedelta(days=days),
                            recorded_by=by, recorded_at=AT)  # fmt: skip
    return one


def convicted(one, by, *, on, months=120, relied_on=("victim_statement",), result="convicted"):
    """Add a charge and a judgment of the first court."""
    charge = Charge.objects.create(accused=one, charged_on=on, **ARTICLE)
    return Verdict.objects.create(
        accused=one, charge=charge, instance="first", on=on, result=result,
        statute=ARTICLE["statute"], article=ARTICLE["article"], sentence_months=months,
        relied_on=None if relied_on is None else list(relied_on), recorded_by=by, recorded_at=AT,
    )  # fmt: skip


def heard(one, by, kind="trial", **seen):
    """Add a hearing and what one who was there saw of it."""
    trial = Hearing.objects.create(
        number=new_number("HE"), proceeding=one.proceeding, kind=kind, starts_at=AT,
        recorded_by=by, recorded_at=AT,
    )  # fmt: skip
    return Observation.objects.create(accused=one, hearing=trial, seen_by="clerk",
                                      recorded_by=by, recorded_at=AT, **seen)  # fmt: skip
