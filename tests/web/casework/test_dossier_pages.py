"""The pages of dossiers for research: asked, signed by two agencies, read without a name, ended."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from mekhala.population.dossiers.standing import as_it_stands
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.dossiers import telling
from tests.builders import officer
from tests.builders_dossiers import PURPOSE, Study
from tests.builders_foureyes import WHY
from tests.builders_justice import NAME
from tests.sessions import sign_in

ABOUT = {"sex": "female", "age_from": 30, "literate": None, "own_country": None, "education": "",
         "occupation": "", "part": "other", "presumed_victim": None}  # fmt: skip


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


def test_a_judgment_set_aside_is_read_as_such_on_the_page_and_in_the_file():
    steps = ["charged", "accused", "convicted_not_final", "acquitted"]
    rows = [{"part": "step", "of": "A", "said": {"stage": s, "on": "2024-05"}} for s in steps]
    verdict = {"result": "convicted", "on": "2024-05", "instance": "first"}
    rows.append({"part": "verdict", "of": "A", "said": verdict})
    rows.append({"part": "verdict", "of": "A", "said": verdict | {"result": "acquitted"}})
    told = {"province": "12", "complaint": "2024-01", "rows": rows,
            "accused": [{"letter": "A"} | ABOUT]}  # fmt: skip
    stood, told = told, as_it_stands(told)
    page = telling.dossier(told, "en")["accused"][0]["parts"]
    steps = [words for entry in page[0]["entries"] for words, _on in entry]
    assert steps[-2:] == ["Earlier judgment, set aside", "Acquitted"]
    verdicts = next(part["entries"] for part in page if part["title"] == "Verdicts")
    assert [("Earlier judgment, set aside", "Yes") in entry for entry in verdicts] == [True, False]
    taken = SimpleNamespace(serial="1")
    file = telling.as_csv([told], taken, "x", until=timezone.now())
    assert "stage,set_aside" in file
    assert "stage,convicted" not in file
    assert file.count("set_aside,yes") == 1
    del stood["rows"][3]
    assert "set_aside" not in str(as_it_stands(stood))


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
