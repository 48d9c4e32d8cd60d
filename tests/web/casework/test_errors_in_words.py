"""What is left out or wrong is told in words: what to choose or write, and no name of a field."""

import pytest
from django.utils import timezone

from mekhala.web.casework.labour_migration import fund_forms
from mekhala.web.casework.labour_migration import worker_forms as recruitment
from mekhala.web.casework.redress import forms as redress
from tests.builders_leaving import labour_officers, recruiter

REDRESS = [
    redress.MoneyForm, redress.MeasureForm, redress.LegalAidForm, redress.RightForm,
    redress.PlanForm, redress.PaymentForm, redress.EndForm, redress.AnswerForm,
    redress.AssignForm, redress.DayForm,
]  # fmt: skip
CODE = "No place has this code"


@pytest.mark.parametrize("kind", REDRESS)
def test_what_is_left_out_about_redress_says_what_to_choose_or_write(db, kind):
    left_out = kind({}).errors
    told = {line for lines in left_out.values() for line in lines}
    words = {"Choose one of the answers.", "Give the day.", "Write the amount in figures."}
    assert told
    assert told <= words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("99", f"{CODE}. Write 2, 4, 6 or 8 figures that begin with those of a province, such as 01"
               " Banteay Meanchey."),
        ("010299", f"{CODE}. The nearest is 0102 Mangkul Bourei, Banteay Meanchey."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [fund_forms.FundForm, recruitment.AskAfterForm])
def test_a_code_that_no_place_has_is_told_in_words(kind, typed, told):
    assert kind({"place_code": typed}).errors["place_code"] == [told]


def test_what_is_wrong_with_a_licence_or_a_number_is_told_in_words_where_it_was_typed(
    db, acting, client
):
    first, _second = labour_officers()
    acting(first)
    one = recruiter(first, timezone.now())
    dated = {"number": "L-1", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    at = f"/recruitment/{one.pk}/licence/"
    client.force_login(first)
    turned = client.post(at, dated | {"valid_until": "2025-01-01"}).content.decode()
    assert "The licence would end before it begins. Look at both days." in turned
    client.post(at, dated)
    again = client.post(at, dated).content.decode()
    assert "A licence with this number is recorded already" in again
    taken = client.post("/recruitment/new/", {"register_number": one.register_number, "name": "B"})
    assert "Another agency has this number in the register." in taken.content.decode()
    for page in (turned, again, taken.content.decode()):
        assert "licence:" not in page
        assert "register number:" not in page
