"""What a person was made to do is told before any charge, beside what the rule gives."""

import pytest
from django.utils import translation

from mekhala.core.reasoning.non_punishment import non_punishment
from mekhala.core.reasoning.outcome import Finding
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.web.casework.determination.safeguards import safeguards_in_words
from tests.builders_casework import MADE_OUT
from tests.builders_file import OF_A_PAGE, opened, spoken
from tests.builders_reading import signed_in, text

COMPELLED = codes_in_group(FactGroup.COMPELLED)
HEADING = "No punishment for what the person was made to do"


def _weighed(facts, finding=Finding.MET, differ=()):
    return {
        "non_punishment": non_punishment(facts, palermo=finding),
        "palermo": {"finding": finding.value}, "sources_differ": list(differ),
    }  # fmt: skip


@pytest.mark.parametrize("finding", Finding)
def test_every_compelled_offence_has_words_whatever_the_rule_gives(finding):
    found = safeguards_in_words(_weighed(dict.fromkeys(COMPELLED, True), finding))
    assert len(found["each"]) == len(COMPELLED)
    assert all(one["words"] and one["source"] for one in found["each"])


def test_whoever_is_not_a_victim_is_told_of_constraint_and_not_of_victims():
    found = safeguards_in_words(_weighed({"compelled.fraud": True}, Finding.NOT_MET))
    assert "force or constraint" in found["rule"]
    assert "victim" not in found["rule"].lower()


@pytest.mark.parametrize("said", [False, None])
def test_nothing_is_told_of_what_nobody_was_made_to_do(said):
    assert safeguards_in_words(_weighed({"compelled.fraud": said})) is None


def test_a_decision_kept_before_this_was_weighed_can_be_read():
    kept = _weighed({})
    del kept["non_punishment"]
    assert safeguards_in_words(kept) is None


@pytest.mark.parametrize("page", ["decision", "matrix"])
def test_it_stands_beside_what_the_rule_gives(db, page, django_assert_max_num_queries):
    file, reader = opened(MADE_OUT)
    spoken(file, reader, {"compelled.drugs": True, "compelled.fraud": True})
    spoken(file, reader, {"compelled.fraud": False}, kind="document", manner="document")
    client = signed_in(reader)
    with django_assert_max_num_queries(OF_A_PAGE):
        shown = text(client.get(f"/cases/{file.case_id}/{page}/"))
    assert HEADING in shown
    assert "A drug offence: Making, carrying or growing drugs under force" in shown
    assert "Fraud or online scams: sources differ on whether" in shown


def test_it_is_said_in_khmer():
    with translation.override("km"):
        found = safeguards_in_words(_weighed({"compelled.fraud": True}))
        assert all(ord(str(words)[0]) >= 0x1780 for words in (found["rule"], found["because"]))
