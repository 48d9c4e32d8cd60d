"""Wherever a law can be typed it is held against the texts that are kept."""

import pytest

from mekhala.pathway.justice import models, services, texts
from mekhala.pathway.justice.errors import NoSuchText
from tests.builders_evidence import charged, item
from tests.builders_justice import ARTICLE, AT, DAYS, accused, court_officer

SLIP = "KH-CPC-2070 Art. 96"
MEANT = "Did you mean KH-CPC-2007, Code of Criminal Procedure"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"statute": "KH-LSHTSE-2080"}, "Did you mean KH-LSHTSE-2008"),
        ({"statute": "NO-SUCH-LAW"}, "is in no table here"),
        ({"article": "999"}, "Article 999 of KH-LSHTSE-2008 is in no table here"),
        ({"in_force_from": DAYS[0]}, "in force from these days are kept: 15 February 2008"),
    ],
)
def test_a_charge_is_refused_with_the_text_that_is_meant(db, acting, wrong, said):
    by = court_officer()
    one = accused(by, upto="charged")
    with pytest.raises(NoSuchText, match=said):
        services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE | wrong)


def test_a_check_before_a_charge_names_an_article_that_is_kept(db, acting):
    by = court_officer()
    asked = {"kind": "compelled.soliciting", "by": by, "at": AT}
    with pytest.raises(NoSuchText, match="Did you mean KH-LSHTSE-2008"):
        services.pass_gate(accused(by), statute="KH-LSHTSE-2009", article="24", **asked)


@pytest.mark.parametrize(
    ("of", "more"),
    [(models.Investigation, {"kind": "search"}), (models.Confiscation, {"what": "money"})],
)
def test_a_misspelt_legal_basis_is_refused_and_an_order_is_not(db, acting, of, more):
    by = court_officer()
    one = accused(by)
    told = {"on": DAYS[0], "by": by, "at": AT} | more
    with pytest.raises(NoSuchText, match=MEANT):
        services.record(of, one, legal_basis=SLIP, **told)
    for fine in ("Order 12 of the investigating judge", "Civil Procedure Code 2008"):
        assert services.record(of, one, legal_basis=fine, **told).legal_basis == fine


def test_an_item_of_evidence_does_not_rest_on_a_misspelt_law(db, acting):
    by, one, _charge = charged()
    with pytest.raises(NoSuchText, match=MEANT):
        item(by, one, basis="warrant", basis_on=DAYS[0], basis_number=SLIP)


def test_what_is_in_no_table_is_said_with_the_text_most_like_it():
    assert texts.standing_of("KH-CPC-2007 Art. 96") == texts.standing_of("Order 12") == ""
    assert "Article 999 of KH-CPC-2007 is in no table" in texts.standing_of("KH-CPC-2007 Art. 999")
    said = texts.standing_of("Civil Procedure Code 2008")
    assert "in no table here" in said
    assert "most like it is KH-CPC-2007, Code of Criminal Procedure (2007)" in said
