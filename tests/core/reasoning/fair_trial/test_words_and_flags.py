"""Every word of the contract is read as it stands, and the table of flags as it was written."""

import pytest

from mekhala.core.reasoning.fair_trial import words
from mekhala.core.reasoning.fair_trial.flags import flags, limit_of
from mekhala.core.reasoning.fair_trial.review import review

WORDS = {
    words.Complainant: "victim victim_family relative neighbour ngo police other",
    words.Maker: "accused co_accused victim complainant witness police",
    words.Form: "oral signed thumbprint recorded",
}


@pytest.mark.parametrize("kind", WORDS)
def test_who_complained_who_spoke_and_how_it_was_kept_have_these_words_and_no_others(kind):
    assert [word.value for word in kind] == WORDS[kind].split()


@pytest.mark.parametrize("by", WORDS[words.Maker].split())
@pytest.mark.parametrize("form", WORDS[words.Form].split())
def test_a_statement_of_anybody_in_any_form_is_read(by, form):
    assert review({"case": "P", "statements": [{"by": by, "form": form}]}).case == "P"


def test_a_flag_is_verified_or_not_and_never_a_word_for_it():
    assert {type(flag.verified) for flag in flags().values()} == {bool}


def test_only_a_flag_with_a_limit_says_where_the_limit_is_from():
    for flag in flags().values():
        assert bool(flag.limit_source) == bool(flag.limits), flag.code
    assert limit_of("hearing_too_short", "minutes") == 60
    assert flags()["unlawful_custody"].limit_source.isprintable()
