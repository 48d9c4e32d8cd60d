"""Surveys through the API."""

import pytest
from django.utils import timezone

from mekhala.population.surveys.models import DayTally
from tests.builders_agreements import new_token
from tests.builders_surveys import FIRST, entered, figures, statistician, survey

DAY = {
    "post": "North", "on": "2026-03-02", "approached": 48, "refused": 5, "missed": 3,
    "screened": 40, "strong": 4, "some": 6, "none": 30, "unclear": 0,
}  # fmt: skip


@pytest.fixture
def planned(db):
    return survey()


@pytest.fixture
def api(client, planned):
    key = new_token(planned[0], "test", at=timezone.now())
    return _speaking(client, key)


def _speaking(client, key):
    def ask(verb, address, body=None):
        return getattr(client, verb)(
            f"/api/v1/{address}", data=body, content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )  # fmt: skip

    return ask


def test_a_day_goes_in_and_the_round_comes_out_with_its_share(api, planned):
    _by, made, _at = planned
    done = api("post", f"surveys/{made.pk}/days", DAY)
    assert (done.status_code, done.json()["version"]) == (201, 1)
    told = api("get", f"surveys/{made.pk}").json()
    either = next(s for s in told["shares"] if s["kind"] == "any")
    assert either["found"]["proportion"] == 0.25
    assert either["found"]["low"] < 0.25 < either["found"]["high"]
    assert "by night" in either["not_covered"]
    assert "by night" in either["found"]["not_covered"]
    assert (either["way"], either["missing"], either["unweighted"]) == ("days", None, None)
    assert told["people"]["refused"] == 5
    assert told["posts"][0]["days"]["2026-03-02"]["strong"] == 4


def test_a_list_of_rounds_holds_no_share(api, planned):
    entered(planned[1], planned[2]["North"], by=planned[0])
    listed = api("get", "surveys").json()
    assert [one["id"] for one in listed] == [planned[1].pk]
    assert "shares" not in listed[0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"some": 7}, "screened: is 40, but the four grades add up to 41"),
        ({"on": "2025-03-02"}, "on: 2025-03-02 is no day of this round"),
        ({"on": 7}, "on: expected a day such as"),
        ({"name": "somebody"}, "name"),
        ({"refused": True}, "refused"),
    ],
)
def test_a_wrong_day_is_told_in_one_sentence_and_not_kept(api, planned, wrong, words):
    answer = api("post", f"surveys/{planned[1].pk}/days", DAY | wrong)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(words)
    assert not DayTally.objects.exists()


def test_a_day_that_stands_there_is_not_written_over(api, planned):
    entered(planned[1], planned[2]["North"], by=planned[0])
    answer = api("post", f"surveys/{planned[1].pk}/days", DAY | {"some": 7, "none": 29})
    assert answer.status_code == 422
    assert DayTally.objects.get().some == 6


def test_who_does_not_enter_reads_no_small_day_and_adds_none(client, planned):
    by, made, at = planned
    entered(made, at["North"], FIRST, figures(12, 1, 2), by=by)
    other = _speaking(client, new_token(statistician(), "test", at=timezone.now()))
    told = other("get", f"surveys/{made.pk}").json()
    assert told["is_withheld"] is True
    assert told["people"] is None
    assert told["shares"] == []
    assert told["posts"][0]["days"] == {"2026-03-02": None}
    assert other("post", f"surveys/{made.pk}/days", DAY).status_code == 422
