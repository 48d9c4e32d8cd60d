"""What the invented country decided before today reads like what is decided today."""

from mekhala.core.vocabulary.places import provinces
from mekhala.pathway.determination import queries
from mekhala.pathway.determination.models import Decision
from mekhala.safeguards.access.acting import acting_for


def test_the_reasons_of_a_past_decision_are_a_page(country, client):
    registrar, decision = _one_decided(country)
    with acting_for(registrar.pk):
        weighed = queries.as_weighed(queries.findings_of(decision.file))
    client.force_login(registrar)

    page = client.get(f"/cases/{decision.case_id}/reasons/")

    assert page.status_code == 200
    for finding in weighed:
        assert finding["because"] in page.content.decode()


def _one_decided(country):
    for number in provinces():
        registrar = country.registrar_of(number)
        with acting_for(registrar.pk):
            found = Decision.objects.select_related("file").first()
        if found:
            return registrar, found
    raise AssertionError("nothing was decided in the invented country")
