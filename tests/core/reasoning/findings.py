"""Findings and provisions for the tests of the rules: any facts, any person, any provision."""

import os

from hypothesis import settings
from hypothesis import strategies as st

from mekhala.core.law.library import countries, palermo, provisions
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group, facts

# ``EXAMPLES=8`` tries few findings, always the same: thousands of changed programs are tried so.
some = settings(
    max_examples=int(os.environ.get("EXAMPLES", "50")),
    derandomize="EXAMPLES" in os.environ,
    database=None,
    deadline=None,
)
CODES = sorted(facts())
MEANS = codes_in_group(FactGroup.MEANS)
VALUES = st.sampled_from(["yes", "no", "unknown"])
FACTS = st.dictionaries(st.sampled_from(CODES), VALUES)
AGES = st.one_of(st.none(), st.integers(0, 90))
PEOPLE = st.fixed_dictionaries(
    {"age": AGES, "age_certainty": st.sampled_from(["known", "estimated", "disputed", "unknown"])}
)
CHILDREN = st.one_of(
    st.fixed_dictionaries({"age": st.integers(0, 17), "age_certainty": st.just("known")}),
    st.fixed_dictionaries({"age": AGES, "age_certainty": st.just("unknown")}),
)
COUNTRIES = st.sampled_from(countries())
DATES = st.sampled_from([None, {"from": "2001"}, {"from": "2009-03"}, {"from": "2014"}])
PROVISIONS = (palermo(), *(p for country in countries() for p in provisions(country)))
CASES = st.fixed_dictionaries(
    {"facts": FACTS, "person": PEOPLE, "country": COUNTRIES, "conduct": DATES},
    optional={
        "case": st.text(max_size=8),
        "none_of": st.lists(
            st.sampled_from(["act", "means", "purpose", "aggravation"]), max_size=2
        ),
        "participation": st.sampled_from(["principal", "accomplice", "instigator", "unknown"]),
        "completed": VALUES,
        "charges": st.just([{"statute": "KH-LSHTSE-2008", "article": "10"}]),
        "sources": st.dictionaries(
            st.sampled_from([*CODES, "person.age"]), st.lists(st.text(max_size=5), max_size=2)
        ),
    },
)
