"""The answer has the keys of the contract, and its JSON is one document, an object a line."""

import json

import pytest

from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.reasoning.fair_trial.review import review, review_all, reviews_in_json

ONE = {"case": "P-1", "hearing": {"lawyer": "no", "minutes": 35, "clerk": "X"}, "court": "Y"}
TWO = {"case": "P-2"}


def test_an_answer_has_these_keys_and_each_flag_says_where_it_is_from():
    answer = review(ONE).as_answer()
    assert list(answer) == ["case", "flags", "cannot_tell", "to_ask", "not_raised", "review",
                            "review_because", "ignored"]  # fmt: skip
    assert (answer["case"], answer["review"]) == ("P-1", "urgent")
    assert answer["review_because"] == (
        "urgent: one grave flag or three serious ones; "
        "advised: one serious flag or three minor ones; otherwise none"
    )
    assert set(answer["ignored"]) == {"court", "hearing.clerk"}
    told = {flag["code"]: flag for flag in answer["flags"]}
    assert told.keys() == {"no_lawyer", "hearing_too_short"}
    kept = flags()["no_lawyer"]
    assert told["no_lawyer"] == {
        "code": "no_lawyer", "because": review(ONE).told["no_lawyer"].because,
        "from": ["hearing.lawyer"], "meaning": kept.meaning, "level": kept.level.value,
        "source": kept.source, "verified": kept.verified,
    }  # fmt: skip


def test_one_object_has_one_answer_and_an_array_has_a_list_of_them():
    assert review_all(ONE) == review(ONE).as_answer()
    assert review_all([ONE, TWO]) == [review(ONE).as_answer(), review(TWO).as_answer()]


@pytest.mark.parametrize("given", [ONE, [ONE, TWO], [TWO], []])
def test_the_json_is_one_document_that_ends_its_last_line(given):
    text = "".join(reviews_in_json(given))
    assert json.loads(text) == review_all(given)
    assert text.endswith("\n")
    if isinstance(given, list):
        lines = text.split("\n")
        assert (lines[0], lines[-2]) == ("[", "]")
        assert len(lines) == len(given) + 3
        assert all(line.endswith(",") for line in lines[1 : len(given)])
