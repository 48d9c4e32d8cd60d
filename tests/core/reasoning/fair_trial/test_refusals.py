"""What cannot be read is refused in one sentence: case, key, value, and what was expected."""

import pytest

from mekhala.core.reasoning.fair_trial.review import review, review_all
from mekhala.core.wrong_input import WrongInput

REFUSED = [
    ({"hearing": {"lawyer": "maybe"}},
     "the object: hearing: lawyer: 'maybe' cannot be read; expected yes, no or unknown"),
    ({"case": "P-1", "hearing": {"lawyer": True}},
     "case 'P-1': hearing: lawyer: True cannot be read; expected yes, no or unknown"),
    ({"hearing": {"lawyr": "no"}},
     "the object: hearing: 'lawyr' is no key; did you mean 'lawyer'?"),
    ({"hearings": {}}, "the object: 'hearings' is no key; did you mean 'hearing'?"),
    ({"hearing": []}, "the object: hearing: [] is no object; expected keys and values, or unknown"),
    ({"hearing": {1: "no"}}, "the object: hearing: 1 is no key; expected texts as keys"),
    ({"hearing": {"minutes": "long"}}, "the object: hearing: minutes: 'long' cannot be read; "
     "expected a number of minutes, 0 or more, null or unknown"),
    ({"custody": {"hours": -1}}, "the object: custody: hours: -1 cannot be read; "
     "expected a number of hours, 0 or more, null or unknown"),
    ({"custody": {"hours": True}}, "the object: custody: hours: True cannot be read; "
     "expected a number of hours, 0 or more, null or unknown"),
    ({"custody": {"hours": float("inf")}}, "the object: custody: hours: inf cannot be read; "
     "expected a number of hours, 0 or more, null or unknown"),
    ({"custody": {"hours": 10**10}}, "the object: custody: hours: 10000000000 cannot be read; "
     "expected a number of hours, 0 or more, null or unknown"),
    ({"evidence": "confession"}, "the object: evidence: 'confession' cannot be read; "
     "expected a list of objects, or unknown"),
    ({"evidence": [{}, {"kind": "confesion"}]}, "the object: evidence[1]: kind: 'confesion' cannot "
     "be read; expected confession, victim_statement, witness_statement, police_statement, "
     "ngo_report, caught_in_act, co_accused_statement, complainant_statement, expert_report, "
     "medical_report, forensic_report, document, photograph, recording, telephone_data, "
     "financial_record, border_record, object, money, other, unknown or another word "
     "(did you mean 'confession'?)"),
    ({"evidence": [{"kind": 3}]}, "the object: evidence[0]: kind: 3 cannot be read; "
     "expected a text in quotes, or unknown"),
    ({"evidence": ["confession"]}, "the object: evidence[0]: 'confession' is no object; "
     "expected keys and values, or unknown"),
    ({"payments_demanded": [{"by": "polise"}]}, "the object: payments_demanded[0]: by: 'polise' "
     "cannot be read; expected police, prosecutor, judge, court_official, prison_official, "
     "other_official, complainant, victim_family, other_private or unknown "
     "(did you mean 'police'?)"),
    ({"verdict": {"result": "not_charged"}}, "the object: verdict: result: 'not_charged' cannot be "
     "read; expected convicted, suspended, acquitted, dismissed, pending or unknown"),
    ({"verdict": {"statute": "KH-LSHTS-2008"}}, "the object: verdict: statute: 'KH-LSHTS-2008' "
     "cannot be read; expected a statute as it is cited (did you mean 'KH-LSHTSE-2008'?)"),
    ({"charges": [{"article": 15}]}, "the object: charges[0]: article: 15 cannot be read; "
     "expected a text in quotes, or unknown"),
    ({"appeal": {"blocked_by": "cost"}}, "the object: appeal: blocked_by: 'cost' cannot be read; "
     "expected a list of cost, fear_of_higher_sentence, threat, not_informed, no_lawyer, "
     "deadline_missed, other, own_choice, or unknown"),
    ({"appeal": {"blocked_by": ["cost", "distance"]}}, "the object: appeal: blocked_by[1]: "
     "'distance' cannot be read; expected cost, fear_of_higher_sentence, threat, not_informed, "
     "no_lawyer, deadline_missed, other, own_choice or unknown"),
    ({"accused": {"language": "Khmer"}}, "the object: accused: language: 'Khmer' cannot be read; "
     "expected a code of ISO 639 like km, vi or th, or unknown"),
    ({"accused": {"age": 17.5}},
     "the object: accused: age: 17.5 is no age; expected whole years 0 to 130"),
    ({"case": 7, "hearing": {}}, "the object: case: 7 is not a text; expected a name in quotes"),
    ({"court": "X"}, "the object: holds none of the keys of a proceeding: case, accused, "
     "complaint, custody, statements, evidence, payments_demanded, hearing, charges, conduct, "
     "alleged_victim, facts, none_of, verdict, appeal, co_accused, confiscation, "
     "officials_alleged"),
    ({"facts": {"act.recruitmnt": "yes"}}, "the object: facts: 'act.recruitmnt' is no fact code; "
     "did you mean 'act.recruitment'?"),
    ({"conduct": {"from": "2012-13"}},
     "the object: conduct: from: '2012-13' is not in the calendar"),
    ({"alleged_victim": {"age_certanty": "known"}},
     "the object: alleged_victim: 'age_certanty' is no key; did you mean 'age_certainty'?"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "sentence"), REFUSED)
def test_refuses_in_one_sentence(document, sentence):
    with pytest.raises(WrongInput) as refused:
        review(document)
    assert str(refused.value) == sentence


def test_an_array_is_refused_with_the_place_of_the_wrong_object():
    with pytest.raises(WrongInput, match=r"^object 2: custody: hours: 'x'"):
        review_all([{"custody": {}}, {"custody": {"hours": "x"}}])
    with pytest.raises(WrongInput, match=r"^case 'B': custody"):
        review_all([{"case": "A"}, {"case": "B", "custody": 5}])
    for document in (3, None, "A"):
        with pytest.raises(WrongInput, match=r"^expected one object or an array of objects$"):
            review_all(document)


def test_an_empty_object_is_a_proceeding_of_which_nothing_is_known():
    assert review({}).case is None


@pytest.mark.parametrize(
    "document",
    [
        {"evidence": [{"kind": "village_gossip"}]},
        {"officials_alleged": [{"by": "border_guard", "what": "a share"}]},
        {"charges": [{"statute": "KH-FISHERIES-2006", "article": "1"}]},
        {"accused": {"language": "CMO "}},
        {"custody": {"hours": 10**9}, "payments_demanded": [{"amount_usd": 0}]},
    ],
)
def test_words_that_are_not_ours_stand_where_the_list_is_open(document):
    assert review(document).ignored == ()


def test_keys_of_the_agency_are_left_aside_and_named_with_their_place():
    document = {"court": "X", "hearing": {"clerk": "Y"}, "statements": [{}, {"page": 3}]}
    assert review(document).ignored == ("court", "statements[1].page", "hearing.clerk")
