"""Loading published figures, and telling counted figures from repeated ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.provenance.chains import links_between
from mekhala.core.provenance.claim import read_claims
from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims import queries, services
from mekhala.population.claims.models import Claim
from mekhala.population.claims.queries import Origin
from mekhala.population.claims.services import Loaded
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_claims import AT, loaded, repeated, row, statistician, text
from tests.log import Entry


def _origins():
    return {one.claim.claim_id: one.origin for one in queries.traced(queries.kept())}


def test_a_file_is_added_then_left_then_brought_up_to_date(db):
    rows = repeated()
    assert loaded(rows) == Loaded(added=4, changed=0, unchanged=0)
    assert loaded(rows) == Loaded(added=0, changed=0, unchanged=4)
    again = [row("A-1", value="241"), row("A-2")]
    assert loaded(again) == Loaded(added=1, changed=1, unchanged=0)
    assert Claim.objects.get(claim_id="A-1").value == "241"
    assert Claim.objects.count() == 5


def test_each_load_is_one_audit_entry_of_codes(db):
    loaded(repeated())
    loaded([row("A-1", value="241")])
    entries = Entry.objects.filter(act="claims.loaded").order_by("id")
    assert [(e.details["added"], e.details["changed"]) for e in entries] == [(4, []), (0, ["A-1"])]


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STATISTICIAN])
def test_refuses_a_file_loaded_in_another_role(db, role):
    with pytest.raises(NotYourRole):
        services.load(text(repeated()), "claims.csv", by=officer(role), at=AT)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("given_text", "says"),
    [
        (text([row("A-1"), row("A-1")]), "row 3, column claim_id: 'A-1' is there twice"),
        (text([row("A-1"), row("A-2", value="")]), "row 3, column value: is empty"),
        (text([row("A-1"), row("A" * 41)]), "row 3, column claim_id: has 41 characters"),
        (text([]), "holds no claims"),
        ("", "has no column claim_id"),
        ("claim_id,value\nA,1\n", "has no column quantity"),
        ("a\0b", "is not text"),
        (text([row("A-1", note="x" * 140_000)]), "cannot be read as CSV"),
    ],
)  # fmt: skip
def test_refuses_the_whole_file_in_one_sentence(db, given_text, says):
    with pytest.raises(WrongInput) as wrong:
        services.load(given_text, "figures.csv", by=statistician(), at=AT)
    assert str(wrong.value).startswith("figures.csv: ")
    assert says in str(wrong.value)
    assert "\n" not in str(wrong.value)
    assert not Claim.objects.exists()


def test_a_counted_origin_is_told_from_a_repeat_and_from_what_nobody_counted(db):
    loaded(repeated())
    assert _origins() == {
        "A-1": Origin.COUNTED, "B-7": Origin.REPEAT, "B-8": Origin.NONE, "B-9": Origin.COUNTED,
    }  # fmt: skip
    by_id = {one.claim.claim_id: one for one in queries.traced(queries.kept())}
    assert by_id["A-1"].repeated_by == ("B-7",)
    assert by_id["B-7"].repeats == "A-1"


def test_repeats_of_one_count_are_one_origin_and_what_changed_is_told(db):
    loaded(repeated())
    found = queries.whole("B-7")
    assert [step["claim_id"] or step["document"] for step in found["path"]] == [
        "Invented Survey 2019", "A-1", "B-7",
    ]  # fmt: skip
    assert "definition: 'adults seen at work' became 'slaves'" in found["path"][-1]["changed"]
    assert found["chain"]["independent_origins"] == 1


def test_what_is_not_kept_is_not_answered(db):
    loaded(repeated())
    assert queries.whole("Z-1") is None


def test_all_claims_are_read_in_one_query(db, django_assert_num_queries):
    loaded(repeated())
    with django_assert_num_queries(1):
        queries.whole("A-1")


words = st.sampled_from(["", "A", "B", "C"])


@given(st.lists(st.tuples(words, words, st.sampled_from(["5", "50"]), words), max_size=8))
def test_looking_only_in_chains_and_quantities_finds_the_same_repeats(found):
    rows = [
        row(f"{'ABC'[n % 3]}-{n}", chain=chain, quantity=quantity or "Q", value=value,
            sources_that_repeat_it=names)
        for n, (chain, quantity, value, names) in enumerate(found)
    ]  # fmt: skip
    claims = read_claims(text(rows)) if rows else []
    expected = links_between(claims)
    assert {k: set(v) for k, v in queries.links_of(claims).items()} == {
        k: set(v) for k, v in expected.items()
    }


def test_the_claims_of_the_five_documents_load_and_say_who_repeats_whom(db, shared):
    given_text = (shared / "data" / "seeds" / "seed_claims.csv").read_text(encoding="utf-8")
    done = services.load(given_text, "seed_claims.csv", by=statistician(), at=AT)
    assert done == Loaded(added=342, changed=0, unchanged=0)
    by_id = {one.claim.claim_id: one for one in queries.traced(queries.kept())}
    assert by_id["S0-041"].repeated_by == ("S2-004",)  # 20,829 became 20,000
    assert (by_id["S2-004"].origin, by_id["S2-004"].repeats) == (Origin.REPEAT, "S0-041")
    assert by_id["S0-039"].origin == by_id["S2-003"].origin == Origin.NONE
    origins = queries.whole("S0-041")["chain"]["origins"]
    assert [o["claims"] for o in origins if "S0-041" in o["claims"]] == [
        ["S0-041", "S0-042", "S2-004", "S2-005"]
    ]


def test_the_example_of_the_contract_loads(db, shared):
    given_text = (shared / "contract" / "claims.example.csv").read_text(encoding="utf-8")
    done = services.load(given_text, "claims.example.csv", by=statistician(), at=AT)
    assert done.added == len(read_claims(given_text)) > 0


def test_a_file_without_a_column_leaves_what_was_entered_there(db):
    loaded([row("A-1", superseded_by="Census 2020", note="n")])
    wanted = "claim_id,quantity,population_definition,place,period,value,unit,method,source_cited"
    short = f"{wanted}\nA-1,Workers in kilns,adults seen at work,Mekhala Land,2019,241,persons,"
    services.load(short + "survey,Invented Survey 2019\n", "f.csv", by=statistician(), at=AT)
    kept = Claim.objects.get(claim_id="A-1")
    assert (kept.value, kept.superseded_by, kept.note) == ("241", "Census 2020", "n")
