"""A monitor watches a trial where there is no network; what she saw is on the file that evening."""

import pytest
from django.db import transaction
from django.utils import timezone

from mekhala.forms.models import Submission
from mekhala.intake.services import take_in
from mekhala.safeguards.access.acting import acting_for, become
from tests.builders_justice import court_officer
from tests.builders_monitors import hearing_of, monitor, monitors_form
from tests.journeys.steps import KHMER_TOO
from tests.journeys.steps_of_justice import Proceeding
from tests.journeys.steps_on_a_phone import big, enrol, forms_of, go_offline, invite, open_app

TITLE = "Hearing of a trial, by a monitor"


@pytest.fixture
def people(transactional_db):
    """Return a court officer, a monitor, an accused and the hearing of the trial."""
    with transaction.atomic():
        court = court_officer()
        one, hearing = hearing_of(court)
        become(None)
        monitors_form()
        return court, monitor(), one, hearing


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_what_a_monitor_wrote_without_a_network_is_on_the_file_once_sent(
    people, sign_in, checked, page, language
):
    court, who, one, hearing = people
    its = Proceeding(checked(language), sign_in, language)
    its.as_(who)
    its.at.go("/hearings/")
    its.reads(hearing.number, one.number)
    _device, code = invite(who, language)
    enrol(page, code, language=language)
    forms_of(page, TITLE)
    go_offline(page)
    page.goto("/f/")
    open_app(page)
    forms_of(page, TITLE).click()
    _fill(page, hearing.number)
    page.locator("main .govuk-button").first.click()
    page.troubles.clear()  # that there is no network
    its.at.look()
    page.context.set_offline(False)
    big(page, 1)
    page.locator(".notes-tag--received").wait_for()
    page.troubles.clear()
    with acting_for(who.pk):
        take_in(Submission.objects.get(), by=who, at=timezone.now())  # as the worker does
    its.as_(court)
    its.at.go(f"/accused/{one.number}/observation/")
    its.reads(hearing.number, "A trial monitor")
    its.at.go(f"/accused/{one.number}/fair-trial/")
    assert page.locator("#raised ~ h3#no_lawyer").count() == 1


def _fill(page, number):
    """Answer no to every question, on every sheet of the form, and finish it."""
    page.locator(".mk-form").wait_for(timeout=60_000)
    for _sheet in range(25):
        if page.locator(".mk-form").count() == 0:
            return
        for name, said in {"hearing_number": number, "minutes": "25"}.items():
            for typed in page.locator(f".mk-form [data-name={name}] input:visible").all():
                typed.fill(said)
        for no in page.locator(".mk-form input[type=radio][value=no]:visible").all():
            no.check()
        page.locator(".mk-form .govuk-button:not(.govuk-button--secondary):visible").last.click()
        page.wait_for_timeout(100)
    raise AssertionError(page.locator("main").inner_text())
