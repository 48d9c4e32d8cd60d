"""A citation is held against the texts that are kept, and the one that is meant is named."""

import pytest

from mekhala.core.law.citation import Cited, Standing, check_code, read_citation
from mekhala.core.law.library import statutes

KEPT, NO_LAW, SLIP = Standing.KEPT, Standing.NO_LAW_CITED, Standing.MISSPELT
NO_ARTICLE, NO_STATUTE = Standing.ARTICLE_IN_NO_TABLE, Standing.STATUTE_IN_NO_TABLE


@pytest.mark.parametrize(
    ("typed", "standing", "statute", "article", "meant"),
    [
        ("KH-CPC-2007 Art. 96", KEPT, "KH-CPC-2007", "96", None),
        ("kh-pc-2009 art 97", KEPT, "KH-PC-2009", "97", None),
        ("Article 96 of the Code of Criminal Procedure (2007)", KEPT, "KH-CPC-2007", "96", None),
        ("Criminal Procedure Code, មាត្រា ៩៦", KEPT, "KH-CPC-2007", "96", None),
        ("Constitution", KEPT, "KH-CONST", None, None),
        ("The Constitution, Article 38", KEPT, "KH-CONST", "38", None),
        ("KH-CPC-2007", KEPT, "KH-CPC-2007", None, None),
        ("KH-CPC-2007 Art. 999", NO_ARTICLE, "KH-CPC-2007", "999", None),
        ("KH-CPC-2070 Art. 96", SLIP, "KH-CPC-2070", "96", "KH-CPC-2007"),
        ("Civil Procedure Code 2008", NO_STATUTE, None, None, "KH-CPC-2007"),
        ("Criminal Procedure Code 2008, Art. 96", NO_STATUTE, None, "96", "KH-CPC-2007"),
        ("Procedure Code, Art. 96", NO_STATUTE, None, "96", "KH-CPC-2007"),
        ("Penal Act, Art. 5", NO_STATUTE, None, "5", "KH-PC-2009"),
        (
            "Law on the Penal Code of and for the Kingdom in Cambodia",
            NO_STATUTE,
            None,
            None,
            "KH-PC-2009",
        ),
        (
            "The Penal Code of and for and in the Kingdom of Cambodia",
            KEPT,
            "KH-PC-2009",
            None,
            None,
        ),
        ("The Penal Code on Art. 97", KEPT, "KH-PC-2009", "97", None),
        ("Forestry Act 2002, article 5", NO_STATUTE, None, "5", None),
        ("Art. 12", NO_STATUTE, None, "12", None),
        ("", NO_LAW, None, None, None),
        ("order 12 of the investigating judge", NO_LAW, None, None, None),
        ("44/2019", NO_LAW, None, None, None),
    ],
)
def test_a_citation_stands_to_the_texts_kept_as(typed, standing, statute, article, meant):
    told = Cited(standing=standing, statute=statute, article=article, meant=meant)
    assert read_citation(typed) == told


@pytest.mark.parametrize("code", sorted(statutes()))
def test_each_text_is_found_by_its_code_and_by_its_title(code):
    assert check_code(code, None).standing is KEPT
    article = statutes()[code].articles[0].article
    told = read_citation(f"{statutes()[code].title}, Art. {article}")
    assert (told.standing, told.statute) == (KEPT, code)


def test_the_words_for_it_are_those_programs_are_told():
    assert {one.value for one in Standing} == {
        "kept", "no_law_cited", "misspelt", "statute_in_no_table", "article_in_no_table",
    }  # fmt: skip


def test_the_law_of_another_country_is_asked_there():
    assert check_code("KH-PC-2009", None, country="TH").standing is NO_STATUTE
