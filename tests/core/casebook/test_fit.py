"""How near a page comes to its article follows from the elements and from nothing else."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.casebook.judged import Fit, judge
from mekhala.core.casebook.page import page_from
from mekhala.core.law.library import provisions
from mekhala.core.vocabulary.facts import facts

ARTICLES = st.sampled_from([*(p.citation for p in provisions()), "Palermo Protocol, Art. 3"])
FOUND = st.dictionaries(st.sampled_from(sorted(facts())), st.sampled_from([True, False, None]))
PEOPLE = st.fixed_dictionaries(
    {"age": st.integers(0, 90), "age_certainty": st.sampled_from(["known", "estimated"])}
)


def judged(article, found, person):
    rows = [{"fact": c, "made_out": a, "because": "Invented."} for c, a in found.items()]
    page = {
        "title": "Invented",
        "article": article,
        "judged_on": date(2026, 1, 1),
        "person": person,
        "facts": rows,
        "outcome": {"established": None},
        "why": "Invented.",
    }
    return judge(page_from(page, file="invented.yaml"))


@settings(max_examples=100)
@given(ARTICLES, FOUND, PEOPLE)
def test_a_page_fits_exactly_where_the_article_is_met(article, found, person):
    case = judged(article, found, person)
    assert (case.fit is Fit.FITS) == (case.outcome["finding"] == "met")
    if case.fit is Fit.DOES_NOT_FIT:
        assert case.outcome["finding"] == "not_met"
    if case.fit is Fit.IS_OPEN:
        assert case.outcome["finding"] == "undetermined"


@settings(max_examples=100)
@given(ARTICLES, FOUND, PEOPLE)
def test_a_near_fit_lacks_one_element_and_no_more(article, found, person):
    case = judged(article, found, person)
    lacking = [value for value in case.elements.values() if value != "yes"]
    assert (case.fit is Fit.NEARLY_FITS) == (len(lacking) == 1)


@given(FOUND)
def test_a_child_is_never_short_of_a_means(found):
    case = judged("Palermo Protocol, Art. 3", found, {"age": 12, "age_certainty": "known"})
    assert set(case.elements) == {"act", "purpose"}
