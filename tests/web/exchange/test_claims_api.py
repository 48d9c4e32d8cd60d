"""The API of published figures."""

import pytest
from django.utils import timezone

from mekhala.population.claims.models import Claim
from tests.builders import officer
from tests.builders_agreements import new_token
from tests.builders_claims import repeated, row, statistician, text

CLAIMS = "/api/v1/claims"


@pytest.fixture
def key(db):
    return {"Authorization": f"Bearer {new_token(statistician(), 'test', at=timezone.now())}"}


def _post(client, key, body, name="figures.csv"):
    return client.post(
        f"{CLAIMS}?file_name={name}", data=body, content_type="text/csv", headers=key
    )


def test_a_file_goes_in_and_each_claim_comes_out_with_its_origin(client, key):
    done = _post(client, key, text(repeated()))
    assert (done.status_code, done.json()) == (201, {"added": 4, "changed": 0, "unchanged": 0})
    page = client.get(f"{CLAIMS}?chain=C-KILNS", headers=key).json()
    assert page["total"] == 3
    assert {c["claim_id"]: c["origin"] for c in page["claims"]} == {
        "A-1": "counted", "B-7": "repeat", "B-8": "none",
    }  # fmt: skip
    one = client.get(f"{CLAIMS}/B-7", headers=key).json()
    assert [step["claim_id"] for step in one["path"]] == [None, "A-1", "B-7"]
    assert one["claim"]["repeats"] == "A-1"


def test_a_wrong_file_is_named_with_row_and_column_and_leaves_nothing(client, key):
    answer = _post(client, key, text([row("A-1"), row("A-1")]))
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("figures.csv: row 3, column claim_id")
    assert _post(client, key, b"\xff\xfe").status_code == 422
    assert not Claim.objects.exists()


def test_a_claim_that_is_not_kept_is_404(client, key):
    assert client.get(f"{CLAIMS}/Z-1", headers=key).status_code == 404


def test_another_role_loads_nothing(client, db):
    key = {"Authorization": f"Bearer {new_token(officer(), 'test', at=timezone.now())}"}
    assert _post(client, key, text(repeated())).status_code == 422
    assert not Claim.objects.exists()
