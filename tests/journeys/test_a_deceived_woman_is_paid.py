"""A woman who was deceived complains, is protected while she is heard, and is paid to the end."""

import re

import pytest
from django.db import transaction
from django.utils import timezone

from mekhala.pathway.redress.models import Measure, Owed
from mekhala.safeguards.access.acting import acting_for, become
from mekhala.safeguards.consent.models import Answer
from tests.builders_justice import answer_about, court_officer
from tests.builders_redress import helped
from tests.journeys.steps import KHMER_TOO
from tests.journeys.steps_of_justice import Proceeding

ORDER = {
    "what": "compensation", "basis": "ordered", "said": "court", "debtor": "accused",
    "amount": "900", "currency": "USD", "said_on": "2024-06-05", "due_on": "2024-08-05",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_deceived_woman_goes_from_complaint_to_compensation_paid(
    transactional_db, sign_in, checked, language
):
    with transaction.atomic():
        case, worker = helped()
        court = court_officer()
        become(worker.pk)
        answer_about(case, worker, Answer.GIVEN, to=court)
    its = Proceeding(checked(language), sign_in, language)
    hers = f"/cases/{case.number}/redress/"
    its.as_(worker)
    its.fill(f"{hers}add/lawyer/", asked_on="2024-02-01")
    its.fill(f"{hers}add/right/", right="not_testify", told_on="2024-02-01", language="km",
             understood="yes")  # fmt: skip
    its.as_(court)
    its.begins(case=case.number)
    its.is_about(part="recruiter")
    theirs = f"/proceedings/{its.number}/redress/"
    its.fill(f"{theirs}add/plan/", heard="video", language="km", interpreter="no",
             agreed_on="2024-03-01")  # fmt: skip
    its.fill(f"{theirs}add/measure/", kind="screen", asked_by="counsel", asked_on="2024-03-01")
    its.climbed(court, suspect="2024-02-10", charged="2024-02-18", accused="2024-03-05",
                convicted_not_final="2024-06-05")  # fmt: skip
    its.fill(f"{theirs}add/money/", **ORDER)
    with acting_for(court.pk):
        owed, screen = Owed.objects.get(), Measure.objects.get()
    its.fill(f"{theirs}{screen.pk}/answer/", granted="yes", answered_by="court", on="2024-03-05")
    for row in (owed, screen):
        its.fill(f"{theirs}{row.pk}/show/")
    its.as_(worker)
    its.at.go(hers)
    assert re.search(r"900[.,]00 USD", its.page.locator("main").inner_text())
    its.reads("Granted", "A screen between her or him and the accused")
    for amount, on in (("400", "2024-08-05"), ("500", str(timezone.localdate()))):
        its.fill(f"{hers}{owed.pk}/payment/", amount=amount, on=on, way="court")
    its.reads("Paid in full")
    assert its.page.get_by_text(its.number).count() == 0
