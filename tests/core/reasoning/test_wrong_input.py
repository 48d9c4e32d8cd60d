"""What cannot be read is refused in one sentence that names case, field and nearest code."""

import pytest

from mekhala.core.reasoning.assess import assess_all
from mekhala.core.reasoning.case import read_case
from mekhala.core.reasoning.liability import Participation
from mekhala.core.reasoning.screening import screen
from mekhala.core.vocabulary.person import AgeCertainty, Sex
from mekhala.core.wrong_input import WrongInput


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"facts": {"act.recruitmnt": "yes"}}, ["facts", "act.recruitmnt", "act.recruitment"]),
        ({"facts": {"act.recruitment": "Yes"}}, ["act.recruitment", "'Yes'", "'yes'"]),
        ({"facts": {"act.recruitment": True}}, ["act.recruitment", "True"]),
        ({"facts": {"act.recruitment": None}}, ["act.recruitment", "None"]),
        ({"facts": {"act.recruitment": ["yes"]}}, ["act.recruitment"]),
        ({"facts": ["act.recruitment"]}, ["facts", "object"]),
        ({"none_of": ["volition"]}, ["none_of", "volition"]),
        ({"none_of": "means"}, ["none_of", "list"]),
        ({"none_of": [3]}, ["none_of", "3"]),
        ({"person": {"age": 16.5}}, ["age", "16.5"]),
        ({"person": {"age": True}}, ["age", "True"]),
        ({"person": {"age": -1}}, ["age", "-1"]),
        ({"person": {"age": "16"}}, ["age", "'16'"]),
        ({"person": {"age_certainty": "guessed"}}, ["age_certainty", "guessed"]),
        ({"person": {"age_certainty": 1}}, ["age_certainty", "1"]),
        ({"person": {"sex": "femal"}}, ["sex", "female"]),
        ({"person": {"agee": 3}}, ["person", "agee", "age"]),
        ({"person": "adult"}, ["person", "object"]),
        ({"conduct": {"from": "March 2009"}}, ["conduct", "from", "March 2009"]),
        ({"conduct": {"from": "2009-13"}}, ["from", "calendar"]),
        ({"conduct": {"from": "2009-02-30"}}, ["from", "calendar"]),
        ({"conduct": {"from": "0000"}}, ["from", "calendar"]),
        ({"conduct": {"from": 2009}}, ["from", "2009"]),
        ({"conduct": {"from": "2010", "to": "2009"}}, ["conduct", "after"]),
        ({"case": 7}, ["case", "7"]),
        ({"fatcs": {}}, ["fatcs", "facts"]),
        ({"none-of": []}, ["none-of", "none_of"]),
        ({"charges": {}}, ["charges", "list"]),
        ({"charges": [{"statute": "KH-LSHTSE-2008", "article": 10}]}, ["charges[0]", "article"]),
        ({"charges": [{"statute": "KH-LSHTSE-2009", "article": "1"}]}, ["KH-LSHTSE-2008"]),
        ({1: 2}, ["1"]),
        ({"sources": ["statement"]}, ["sources", "object"]),
        ({"sources": {"act.recruitmnt": []}}, ["sources", "act.recruitment"]),
        ({"sources": {"person.ages": []}}, ["sources", "person.age"]),
        ({"sources": {"act.receipt": "statement"}}, ["sources", "act.receipt", "list of texts"]),
        ({"sources": {"act.receipt": [3]}}, ["sources", "act.receipt", "list of texts"]),
        ({"input": {}, "expect": {}}, ["none of the keys", "facts"]),
    ],
)
def test_refuses_what_it_cannot_read(document, words):
    with pytest.raises(WrongInput) as refusal:
        assess_all(document)
    said = str(refusal.value)
    assert "\n" not in said
    assert all(word in said for word in words)


def test_names_the_case_that_is_wrong():
    with pytest.raises(WrongInput, match="case 'V-2': facts"):
        assess_all([{"case": "V-1"}, {"case": "V-2", "facts": {"act.x": "yes"}}])


def test_counts_the_objects_where_a_case_has_no_name():
    with pytest.raises(WrongInput, match="object 2: expected an object"):
        assess_all([{}, "V-2"])


@pytest.mark.parametrize("document", ["text", 3, None])
def test_refuses_what_is_neither_object_nor_array(document):
    with pytest.raises(WrongInput, match="one object or an array"):
        assess_all(document)


def test_the_oldest_age_is_read():
    assert read_case({"person": {"age": 130}}).person.age == 130


def test_what_is_not_given_is_unknown():
    case = read_case({})
    assert (case.person.sex, case.person.age_certainty) == (Sex.UNKNOWN, AgeCertainty.UNKNOWN)
    assert case.participation is Participation.UNKNOWN
    assert (case.completed, case.conduct.span.first, case.conduct.span.last) == (None, None, None)


def test_one_screening_alone_is_called_the_object():
    with pytest.raises(WrongInput, match=r"^the object: profile"):
        screen({"indicators": []})
