"""The pages of dossiers for research: asked, signed by two agencies, read without a name, ended."""

import pytest
from django.test import Client
from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_dossiers import PURPOSE, Study
from tests.builders_foureyes import WHY
from tests.builders_justice import NAME
from tests.sessions import sign_in


@pytest.fixture
def study(db):
    return Study(is_full=True)


def _client(who):
    client = sign_in(Client(), who)
    client.get("/dossiers/")
    return client


def test_from_the_request_to_the_end_on_the_pages(study):
    reads, court, signs = (_client(who) for who in (study.researcher, study.court, study.authority))
    asked = reads.post("/dossiers/new/", {
        "purpose": PURPOSE, "approved_by": "An invented board", "approval": "E-12",
        "approved_on": "2026-01-05", "supervisor": study.court.pk, "named": study.number,
        "last_day": timezone.localdate().isoformat(),
    })  # fmt: skip
    page = asked.headers["Location"]
    dossier = f"{page}{study.number}/"
    assert reads.get(dossier).status_code == 404
    request = court.post(f"{page}sign/", {"because": WHY}).headers["Location"]
    assert PURPOSE in signs.get(request).content.decode()
    signs.post(request, {"answer": "agree"})

    shown = reads.get(dossier).content.decode()
    assert "Accused A" in shown
    assert "Earlier judgment" not in shown
    assert not [name for name in (*NAME.values(), study.accused.number) if name in shown]
    file = reads.post(f"{page}file/")
    text = file.content.decode()
    assert ",accused,1,age_from,30," in text
    assert f",{timezone.localdate().isoformat()}\r" in text  # destroyed by
    assert not [name for name in (*NAME.values(), study.number) if name in text]

    reads.post(f"{page}end/")
    assert reads.get(dossier).status_code == 404
    assert "Ended" in reads.get(page).content.decode()


def test_for_who_has_no_part_in_it_a_request_is_not_there(study):
    access = study.opened()
    stranger = officer(Role.STATISTICIAN)
    assert _client(stranger).get(f"/dossiers/{access.number}/").status_code == 404
    become(study.authority.pk)
    assert _client(study.authority).get(f"/dossiers/{access.number}/").status_code == 200
    read = f"/dossiers/{access.number}/{study.number}/"
    assert _client(study.authority).get(read).status_code == 404


def test_a_request_that_is_refused_keeps_what_was_typed(study):
    reads = _client(study.researcher)
    told = reads.post("/dossiers/new/", {"purpose": PURPOSE, "named": "PR-1"}).content.decode()
    assert PURPOSE in told
    assert "error" in told
