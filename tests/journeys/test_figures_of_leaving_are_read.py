"""A statistician reads who was screened at the border, who left, where to, and what was done."""

import pytest

from mekhala.intake import services as intake
from mekhala.population.surveys import answers
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_casework import registrar
from tests.builders_intake import sent
from tests.builders_surveys import frame, planned_round, posts, statistician
from tests.intake.test_days import answered
from tests.intake.test_leaving_survey import LEFT
from tests.journeys.steps import KHMER_TOO


@pytest.mark.parametrize("language", [KHMER_TOO, "en"])
def test_what_people_said_is_read_as_shares(
    transactional_db, sign_in, checked, language, monkeypatch
):
    monkeypatch.setattr(answers, "FEWEST", 1)  # one form stands for ten
    at = checked(language)
    page, planner, by = at.page, statistician(), registrar()
    made = frame(planner, worked_by=by.agency)
    of = planned_round(made, posts(made, by=planner), by=planner)
    with acting_for(by.pk):
        intake.take_in(sent(by, answered("leaving_survey", LEFT)), by=by, at=NOW)
    sign_in(officer(Role.STATISTICIAN), language)
    at.go("/surveys/coverage/")
    sign_in(by, language)  # whoever works the survey alone: small groups stand in it
    at.go(f"/surveys/{of.pk}/leaving/")
    assert page.locator("main table").count() == 4  # who left, the way, the cost, what was done
    at.go("/recruitment/rates/")
    at.go("/recruitment/volume/")
