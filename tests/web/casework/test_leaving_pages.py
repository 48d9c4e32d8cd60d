"""Pages of returns and of agencies, at the front door."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.core import exchange_file
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.pathway.labour_migration import services as agencies
from mekhala.pathway.labour_migration.models import Deployment, Recruiter, Review, Worker
from mekhala.pathway.repatriation.models import Commitment, Exchange, Return
from mekhala.safeguards.access.purposes import Role
from tests.builders import case, officer
from tests.builders_leaving import body_abroad, labour_officers, recruiter, yes_to
from tests.days import day


@pytest.fixture
def at_home(db, acting, client):
    """Return an officer who helps, acting and signed in, and the client."""
    who = officer()
    acting(who)
    client.force_login(who)
    return who


def test_a_return_is_begun_shared_sealed_and_confirmed_by_the_other_side(
    at_home, client, acting, django_assert_max_num_queries
):
    abroad, private = body_abroad()
    acting(at_home)
    one = case(at_home, nationality="VNM", language="vi")
    page = f"/cases/{one.number}/return/"
    assert b"No return was begun" in client.get(page).content
    sent = {"corridor": "khm-vnm", "counterpart": abroad.agency_id, "started_on": day()}
    assert client.post(page, sent).status_code == 302
    refused = client.post(page + "do/seal/", {})
    assert b"has not said yes" in refused.content
    acting(at_home)
    yes_to(one, abroad.agency, by=at_home, at=timezone.now())
    assert client.post(page + "do/seal/", {}).status_code == 302
    assert b" checked" not in client.get(page + "do/check/").content
    step = {"step": "handover.ours", "done_on": day()}
    assert b"no statement in force" in client.post(page + "do/step/", step).content
    acting(at_home)
    [file] = Exchange.objects.all()
    content = client.get(f"{page}files/{file.pk}/").content
    word = exchange_file.open_file(content, private)["receipt"]
    assert client.post(f"{page}files/{file.pk}/receipt/", {"word": word}).status_code == 302
    with django_assert_max_num_queries(18):
        shown = client.get(page).content.decode()
    assert "opened there" in shown
    client.force_login(abroad)
    assert one.number in client.get("/corridor/").content.decode()
    acting(abroad)
    mine = f"/corridor/{Return.objects.get().pk}/"
    done = {"step": "papers_received.theirs", "done_on": day()}
    assert client.post(mine, done).status_code == 302
    assert client.get(f"/cases/{one.number}/").status_code == 404
    client.force_login(officer())
    assert client.get(mine).status_code == 404


def test_a_complaint_taken_abroad_suspends_an_agency_and_opens_a_case(db, acting, client):
    first, second = labour_officers()
    client.force_login(first)
    new = {"register_number": "R-9", "name": "Agency (invented)"}
    assert client.post("/recruitment/new/", new).status_code == 302
    acting(first)
    agency = Recruiter.objects.get()
    consul = officer()
    client.force_login(consul)
    told = {
        "recruiter": agency.pk, "kinds": ["confined"], "by_whom": "worker", "country": "MYS",
        "words": "Planted words", "labour_may_read": "no", "received_on": day(),
    }  # fmt: skip
    opened = client.post("/departures/complain/", told).headers["Location"]
    assert "Planted words" in client.get(opened).content.decode()
    yes = {"worker_says_yes": "not_known", "place_code": "12", "sex": "female", "age": "24",
           "age_certainty": "known"}  # fmt: skip
    assert b"has to say yes" in client.post(opened + "do/case/", yes).content
    case_opened = client.post(opened + "do/case/", yes | {"worker_says_yes": "yes"})
    assert case_opened.status_code == 302
    acting(consul)
    assert Worker.objects.get().case_id
    client.force_login(second)
    assert client.get(opened).status_code == 404
    assert b"Planted" not in client.get(f"/recruitment/{agency.pk}/").content
    acting(second)
    until = timezone.localdate() + timedelta(days=60)
    decided = {"decision": "suspension", "until_on": until.isoformat(), "reasons": "Heard."}
    at = f"/recruitment/reviews/{Review.objects.get().pk}/"
    assert client.post(at, decided).status_code == 302
    client.force_login(consul)
    assert b"Suspended" in client.get("/recruitment/").content
    assert client.get("/recruitment/rates/").status_code == 200


def test_carried_out_needs_something_that_shows_it(db, acting, client):
    committee = officer(Role.STATISTICIAN)
    client.force_login(committee)
    said = {"agreement": "commit-2004", "article": "1", "words": "Help (invented)"}
    assert client.post("/commitments/", said).status_code == 302
    assert b"written down already" in client.post("/commitments/", said).content
    acting(committee)
    one = f"/commitments/{Commitment.objects.get().pk}/"
    done = {"progress": "carried_out", "since": day()}
    assert b"Say what shows" in client.post(one, done).content
    shown = {"evidence": "Report 3"}
    early = client.post(one, done | shown | {"since": "2999-01-01"}).content
    assert b"This day is still to come." in early
    assert client.post(one, done | shown).status_code == 302
    client.force_login(officer())
    assert "Carried out" in client.get("/commitments/").content.decode()
    assert b'<form method="post" novalidate' not in client.get("/commitments/").content


def test_what_was_said_of_a_commitment_in_error_is_taken_back_by_the_committee(db, acting, client):
    committee = officer(Role.STATISTICIAN)
    client.force_login(committee)
    client.post("/commitments/", {"agreement": "commit-2004", "article": "1", "words": "Help"})
    acting(committee)
    one = f"/commitments/{Commitment.objects.get().pk}/"
    for progress in ("signed", "carried_out"):
        sent = {"progress": progress, "since": day(), "evidence": "Report 3"}
        assert client.post(one, sent).status_code == 302
    acting(committee)
    wrong = Commitment.objects.get().statuses.get(progress="carried_out")
    back = f"{one}said/{wrong.pk}/"
    assert "Write what was wrong" in client.post(back, {"because": " "}).text
    assert client.post(back, {"because": "Report of another agreement"}).status_code == 302
    assert "Report of another agreement" in client.get(one).text
    assert "Signed," in client.get("/commitments/").text.split("<strong>")[1]
    assert client.get(back).status_code == 404  # once
    client.force_login(officer())
    assert client.get(back).status_code == 404


def test_a_ledger_is_open_and_written_by_its_keeper(at_home, client):
    fund = {"name": "Fund (invented)", "place_code": "12", "terms": "None", "on": day()}
    assert client.post("/village-funds/new/", fund).status_code == 302
    page = client.get("/village-funds/").content.decode()
    at = re.search(r"/village-funds/\d+/", page)[0]
    line = {"kind": "lent", "riel": "5", "loan": "1", "on": day()}
    assert b"did not hold" in client.post(at, line).content
    assert client.post(at, {"kind": "paid_in", "riel": "5", "on": day()}).status_code == 302
    back = re.search(rf"{at}lines/\d+/", client.get(at).content.decode())[0]
    assert b"Write it here" in client.post(back, {"on": day()}).content
    assert client.post(back, {"reason": "Typed twice", "on": day()}).status_code == 302
    told = client.get(at).content.decode()
    assert "Taken back on" in told
    assert "Paid in. Typed twice" in told
    assert "lines/" not in told
    assert client.post(at, {"kind": "paid_in", "riel": "5", "on": day()}).status_code == 302
    client.force_login(officer(Role.PROVIDER))
    assert b"holds 5 riel" in client.get(at).content
    assert client.get(back).status_code == 404


def test_the_command_makes_a_key_and_opens_what_is_sealed_to_it(tmp_path, capsys):
    from mekhala.cli import main

    assert main(["corridor", "key", str(tmp_path / "k")]) == 0
    public = capsys.readouterr().out.split()[2]
    raw = exchange_file.public_bytes(public)
    (tmp_path / "f").write_bytes(exchange_file.seal({"a": 1}, about="MK", public=raw))
    assert main(["corridor", "open", str(tmp_path / "f"), "--key", str(tmp_path / "k")]) == 0
    assert json.loads(capsys.readouterr().out) == {"a": 1}
    (tmp_path / "f").write_text("{}")
    assert main(["corridor", "open", str(tmp_path / "f"), "--key", str(tmp_path / "k")]) == 2


def test_a_worker_is_sent_somewhere_complains_of_it_is_asked_and_referred(
    at_home, client, acting, django_assert_max_num_queries
):
    officer(Role.AUTHORITY)
    [inspector] = labour_officers(1)
    acting(inspector)
    one = recruiter(inspector, timezone.now())
    acting(at_home)
    assert client.post("/departures/").status_code == 302
    page = f"/departures/{Worker.objects.get().number}/"
    sent = {"recruiter": one.pk, "employer": "Household", "country": "MYS", "year": "2026"}
    assert client.post(page + "do/work/", sent).status_code == 302
    told = {"recruiter": one.pk, "kinds": ["pay"], "by_whom": "worker", "country": "MYS",
            "received_on": day(), "labour_may_read": "no",
            "deployment": Deployment.objects.get().pk}  # fmt: skip
    assert client.post(page + "do/complaint/", told).status_code == 302
    flag = {"outcome": "refer", "authority_may_know": "yes", "purpose.servitude": "yes"}
    assert b"Open a case first" in client.post(page + "do/flag/", flag).content
    person = {"worker_says_yes": "yes", "place_code": "12", "sex": "female", "age": "30",
              "age_certainty": "known"}  # fmt: skip
    assert client.post(page + "do/case/", person).status_code == 302
    assert "Nobody has asked about signs yet." in client.get(page).content.decode()
    assert client.post(page + "do/flag/", flag | {"authority_may_know": "no"}).status_code == 302
    assert "the case is not with the authority" in client.get(page).content.decode()
    assert client.post(page + "do/flag/", flag).status_code == 302
    with django_assert_max_num_queries(19):
        shown = client.get(page).content.decode()
    assert "1 complaint is put to it." in shown
    assert "The case is with the authority" in shown
    acting(at_home)
    [file] = DeterminationFile.objects.all()
    assert file.case_id == Worker.objects.get().case_id


def test_what_was_found_of_a_complaint_stands_beside_it_and_beside_the_rate(db, acting, client):
    first, second = labour_officers()
    acting(first)
    one = recruiter(first, timezone.now())
    told = {"source": "complaint", "country": "MYS", "on": timezone.localdate(), "by": first,
            "at": timezone.now()}  # fmt: skip
    incident, _later = (agencies.record_incident(one, ["fee"], **told) for _ in range(2))
    page, at = f"/recruitment/{one.pk}/", f"/recruitment/complaints/{incident.pk}/"
    client.force_login(first)
    assert at not in client.get(page).content.decode()
    assert client.get(at).status_code == 404
    client.force_login(second)
    assert at in client.get(page).content.decode()
    left_out = client.post(at, {}).content.decode()
    assert "Choose one of the answers." in left_out
    said = {"finding": "established", "reasons": "Receipts were read.", "on": day()}
    assert client.post(at, said).status_code == 302
    assert "Receipts were read." in client.get(page).content.decode()
    assert "1 of 1; not known: 1" in client.get("/recruitment/rates/").content.decode()
    client.force_login(officer())
    assert client.get(at).status_code == 404


def test_the_day_of_an_agreement_is_told_in_words_as_far_as_it_is_known(db, client):
    client.force_login(officer())
    shown = client.get("/commitments/").content.decode()
    assert "Signed October 2004." in shown
    assert not re.search(r"Signed \d{4}-", shown)
