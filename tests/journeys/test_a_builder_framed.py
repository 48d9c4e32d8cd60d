"""A builder is accused after a quarrel, judged on a thumbprint, and freed on review."""

import pytest

from mekhala.pathway.justice.models import Verdict
from mekhala.safeguards.access.acting import acting_for
from tests.builders_justice import court_officer
from tests.journeys.steps import ENGLISH_TOO
from tests.journeys.steps_of_justice import Proceeding

WARNINGS = {"accuser_has_other_motive", "unlawful_custody", "confession_only",
            "sole_statement_not_read_out"}  # fmt: skip


@pytest.mark.parametrize("language", ["km", ENGLISH_TOO])
def test_a_builder_framed_after_a_quarrel_is_freed_on_review(
    transactional_db, sign_in, checked, language
):
    court = court_officer()
    its = Proceeding(checked(language), sign_in, language)
    its.as_(court)
    its.begins()
    its.is_about(literate="no", language="km", part="principal")
    its.records("complaint", made_by="neighbour", prior_dispute="yes", payment_asked="yes")
    its.records("custody", held_at="2024-02-10 08:00", released_at="2024-02-18 09:00",
                place="police", extended="no")  # fmt: skip
    its.records("statement", speaker="accused", form="thumbprint", read_out="no")
    its.reads("Not to be relied on as it stands:")
    its.climbed(court, suspect="2024-02-10", charged="2024-02-18")
    its.is_charged("2024-02-18")
    its.climbed(court, accused="2024-03-05", convicted_not_final="2024-06-05")
    its.fill(f"{its.accused}told/new/", body="village", way="letter", on="2024-06-10")
    with acting_for(court.pk):
        charge = _charge()
    its.records("verdict", charge=str(charge.pk), instance="first", on="2024-06-05",
                result="convicted", sentence_months="180", relied_on="confession")  # fmt: skip
    its.at.go(f"{its.accused}fair-trial/")
    assert set(_raised(its.page)) >= WARNINGS
    its.at.go("/proceedings/legal-aid/")
    assert its.page.locator(f'main a[href="{its.accused}fair-trial/"]').count() == 1
    its.records("appeal", judged_on="2024-06-05", filed="yes", filed_on="2024-06-20",
                filed_by="accused", fee_waiver_asked="yes", fee_waived="yes",
                lawyer="yes")  # fmt: skip
    its.climbs(accused="2024-09-05", acquitted="2024-10-05")
    its.records("release", on="2024-10-05", why="acquitted", after_payment="no")
    its.at.go(its.accused)
    its.reads("Acquitted", "a letter that corrects it is to be sent", "Earlier judgment, set aside")
    its.records("appeal", judged_on="2024-10-05", filed="yes", filed_on="2024-10-20",
                filed_by="prosecutor")  # fmt: skip
    its.at.go(its.accused)
    its.reads("Acquitted", "The prosecutor has appealed",
              "Until a higher court decides otherwise, the person is acquitted.")  # fmt: skip
    with acting_for(court.pk):
        assert Verdict.objects.get().charge_id == charge.pk


def _charge():
    from mekhala.pathway.justice.models import Charge

    return Charge.objects.get()


def _raised(page):
    return page.locator("[aria-labelledby=raised] h3").evaluate_all("all => all.map(h => h.id)")
