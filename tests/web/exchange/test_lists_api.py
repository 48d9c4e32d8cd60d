"""Agencies' lists through the API: every row accounted for, nothing a row said handed back."""

import json

import pytest

from mekhala.population.linkage.models import AgencyList, LinkageRun, OverlapTable, Settlement
from tests.builders import NOW, agency
from tests.builders_agreements import agreement
from tests.builders_linkage_runs import in_review
from tests.builders_population import statistician

CSV = "record_id,full_name,sex\n1,Zxtep Qwersomaly,f\n,No Number,m\n1,Again,f\n2,=X,f\n3,Dara,m\n"


@pytest.fixture
def by(db, client, acting):
    who = statistician()
    client.force_login(who)
    acting(who)
    return who


def post(client, where, **body):
    return client.post(f"/api/v1{where}", json.dumps(body), content_type="application/json")


def test_every_row_of_a_list_is_accepted_or_kept_apart_with_its_reason(by, client):
    taken = post(client, "/linkage/lists/records", source="survey", csv=CSV,
                 period_from="2025-01-01", period_until="2025-03-31")  # fmt: skip
    assert taken.status_code == 201, taken.text
    told = taken.json()
    assert (told["rows"], told["records"], told["kept_apart"]) == (5, 2, 3)
    assert told["reasons"] == {"empty": 1, "duplicate": 1, "formula": 1}
    assert told["months"] == 3
    one = client.get(f"/api/v1/linkage/lists/{told['id']}")
    assert one.json() == told
    apart = client.get(f"/api/v1/linkage/lists/{told['id']}/apart")
    assert [(r["row"], r["column"]) for r in apart.json()] == [
        (3, "record_id"), (4, "record_id"), (5, "full_name"),
    ]  # fmt: skip
    assert "Zxtep" not in taken.text + apart.text
    again = post(client, "/linkage/lists/records", source="survey", csv=CSV)
    assert again.status_code == 409 or "taken before" in again.text


def test_columns_are_read_by_a_mapping_that_is_sent(by, client):
    mapping = 'title = "X"\n[columns]\nrecord_id = "No"\nfull_name = "Who"\n'
    taken = post(client, "/linkage/lists/records", source="survey", csv="No,Who\n7,Dara\n",
                 mapping=mapping)  # fmt: skip
    assert taken.status_code == 201, taken.text
    assert taken.json()["records"] == 1
    wrong = post(client, "/linkage/lists/records", source="survey", csv="a\n1\n", mapping="mossvy")
    assert wrong.status_code == 422
    assert "mapping: 'mossvy'" in wrong.text


def test_who_did_not_report_is_told_with_a_gap_and_not_with_zero(by, client):
    agreement(agency("shelter"), other=by.agency, lists=["shelters"])
    post(client, "/linkage/lists/records", source="survey", csv=CSV)
    told = {one["name"]: one for one in client.get("/api/v1/linkage/sources").json()}
    assert (told["survey"]["files"], told["survey"]["records"]) == (1, 2)
    assert (told["shelters"]["files"], told["shelters"]["records"]) == (0, None)
    assert told["shelters"]["last_at"] is None


def test_tokens_that_are_none_are_refused_by_their_row(by, client):
    sent = post(client, "/linkage/lists/tokens", source="survey", tokens="record_id\n1\n")
    assert sent.status_code == 422
    assert "row 1" in sent.text
    assert not AgencyList.objects.exists()


@pytest.mark.parametrize(("people", "leaves"), [(999, False), (1000, True)])
def test_the_overlap_table_of_a_run_leaves_from_a_thousand_people(
    db, client, acting, people, leaves
):
    run = in_review(pairs=1)
    client.force_login(run.asked_by)
    where = f"/api/v1/linkage/runs/{run.pk}/overlaps"
    assert client.get(where).status_code == 404
    acting(run.asked_by)
    table = OverlapTable.objects.create(made_at=NOW, lists=["a", "b"], records=people,
                                        people=people, rows=[[1, 0, people]])  # fmt: skip
    Settlement.objects.create(run=run, table=table, at=NOW, people=people, reviewed={}, funnel={},
                              checked={"rates": {"links": 5}})  # fmt: skip
    LinkageRun.objects.filter(pk=run.pk).update(state="settled", review_closed_at=NOW)
    told = client.get(where).json()
    assert (told["rows"] is not None, told["people"]) == (leaves, people)
    assert (told["withheld"] is None) == leaves
    assert client.get(f"/api/v1/linkage/runs/{run.pk}").json()["checked"] == {"links": 5}
