from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.provenance.chains import chain_of
from mekhala.core.provenance.claim import REQUIRED, read_claims
from mekhala.core.provenance.ledger import ledger
from mekhala.core.provenance.sources import carriers, origin_of
from mekhala.core.wrong_input import WrongInput

SEEDS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "seeds" / "seed_claims.csv"
COLUMNS = ("claim_id,quantity,population_definition,place,period,value,unit,method,source_cited,"
           "sources_that_repeat_it,chain,note\n")  # fmt: skip
WORKERS = (
    COLUMNS
    + """\
A-1,Sex workers,in establishments,Cambodia,2002,20829,persons,survey,"Counter, Second, Third 2002","B rounds to 20,000",WORK,
A-2,Sex workers,in the whole country,Cambodia,2002,55000,persons,survey,Bureau 2003,,WORK,
B-1,Sex workers,in establishments,Cambodia,2002,20000,persons,unsourced,none given,A,WORK,
B-2,Enslaved,persons,Cambodia,2001,80000-100000,persons,unsourced,"2001 report, via Reader 2011 p. 9",,WORK,
C-1,Sex workers,in establishments,Cambodia,2002,20829,persons,estimate,Counter et al. 2002,,WORK,
"""  # noqa: E501
)


def claims(text=WORKERS):
    return read_claims(text, "c.csv")


ROW = {"claim_id": "X-1", "quantity": "q", "population_definition": "d", "place": "p",
       "period": "2009", "value": "1", "unit": "persons", "method": "survey",
       "source_cited": "Who 2009", "sources_that_repeat_it": "", "chain": "",
       "note": ""}  # fmt: skip


def row(**cells):
    return ",".join(f'"{cell}"' for cell in {**ROW, **cells}.values()) + "\n"


def group(found, quantity, definition):
    [held] = [q for q in found["quantities"] if q["quantity"] == quantity]
    [one] = [d for d in held["definitions"] if d["definition"] == definition]
    return one


def test_repeats_of_one_origin_count_once():
    found = group(ledger(claims()), "Sex workers", "in establishments")

    assert found["independent_origins"] == 1
    assert found["origins"] == [{"origin": "counter 2002", "claims": ["A-1", "B-1", "C-1"]}]
    assert found["range"] == {"low": 20_000, "high": 20_829}


def test_unlike_definitions_are_kept_apart_and_the_quantity_counts_origins_over_them():
    found = ledger(claims())["quantities"][0]

    assert [d["definition"] for d in found["definitions"]] == [
        "in establishments",
        "in the whole country",
    ]
    assert found["independent_origins"] == 2
    assert "range" not in found


def test_figures_nobody_measured_are_named_with_what_they_repeat():
    found = {one["claim_id"]: one["traced_to"] for one in ledger(claims())["no_empirical_origin"]}

    assert found == {"B-1": "A-1", "B-2": None}


def test_a_chain_goes_back_to_its_root_and_says_what_changed():
    found = chain_of(claims(), "B-1")

    assert [step["claim_id"] for step in found["path"]] == ["B-1", "A-1", None]
    assert found["path"][0]["changed"] == [
        "value: '20829' became '20000'",
        "citation: 'Counter, Second, Third 2002' was dropped",
    ]
    assert (found["root"], found["origin"], found["empirical"]) == ("A-1", "counter 2002", True)


def test_a_chain_that_ends_with_nobody_says_so_and_names_its_carriers():
    found = chain_of(claims(), "B-2")

    assert [step["document"] for step in found["path"]] == ["B", "Reader 2011 p. 9", "2001 report"]
    assert found["empirical"] is False


def test_an_unknown_claim_is_refused_with_the_nearest():
    with pytest.raises(WrongInput, match="nearest is 'A-1'"):
        chain_of(claims(), "A-11")


def test_a_year_is_never_a_rounding_of_another():
    text = COLUMNS + row(
        claim_id="A-1", value="2002", unit="year", sources_that_repeat_it="B gives 2000"
    )
    text += row(claim_id="B-1", value="2000", unit="year", method="unsourced")

    found = ledger(claims(text))

    assert found["no_empirical_origin"][0]["traced_to"] is None
    assert found["contradictions"][0]["claims"] == ["A-1", "B-1"]


def test_the_same_thing_with_different_values_is_a_contradiction():
    text = COLUMNS + row(claim_id="A-1", value="50") + row(claim_id="B-1", value="35")
    text += row(claim_id="C-1", value="30-40") + row(claim_id="D-1", value="9", period="2010")
    text += row(claim_id="E-1", value="8", period="undated") + row(
        claim_id="F-1", value="7", period="undated"
    )

    found = ledger(claims(text))["contradictions"]

    assert [one["claims"] for one in found] == [["A-1", "B-1"], ["A-1", "C-1"]]
    assert {one["kind"] for one in found} == {"contradiction"}


def test_another_definition_may_explain_a_difference():
    text = (
        COLUMNS
        + row(claim_id="A-1", value="50")
        + row(claim_id="B-1", value="35", population_definition="other", note="contradicts A")
    )

    assert [one["kind"] for one in ledger(claims(text))["contradictions"]] == [
        "definitions_differ",
        "noted",
    ]


@pytest.mark.parametrize(
    ("cells", "check", "words"),
    [
        ({"unit": ""}, "incomplete", "unit"),
        ({"period": "undated", "place": "-"}, "incomplete", "place, period"),
        ({"unit": "percent", "value": "47.7", "population_definition": "of 42"},
         "percentage_not_reachable", "the nearest is 20"),
        ({"unit": "percent", "value": "53.8", "population_definition": "of 91"},
         "percentage_of_few", "49 of 91: 95 % interval 43.7% to 63.7%"),
        ({"source_cited": "A 2000 via B 2001"}, "cited_second_hand", "A 2000 via B 2001"),
        ({"note": "page furniture: reject"}, "not_about_the_subject", "page furniture"),
    ],
)  # fmt: skip
def test_remarks_on_what_is_written_about_a_claim(cells, check, words):
    found = {
        one["check"]: one["because"] for one in ledger(claims(COLUMNS + row(**cells)))["checks"]
    }

    assert words in found[check]


def test_nothing_is_remarked_of_a_claim_that_is_whole():
    text = COLUMNS + row(unit="percent", value="23", population_definition="share of 400")

    assert ledger(claims(text))["checks"] == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "c.csv: row 1: has no column claim_id"),
        ('"' + "x" * 140_000 + '"', "c.csv: cannot be read as CSV"),
        (COLUMNS, "c.csv: holds no claims"),
        (COLUMNS + row() + row(), "c.csv: row 3, column claim_id: 'X-1' is there twice"),
        (COLUMNS + row(claim_id=""), "row 2, column claim_id: is empty"),
        (COLUMNS + row(quantity=""), "row 2, column quantity: is empty"),
        (COLUMNS + row(value=" "), "row 2, column value: is empty"),
        (COLUMNS + row().strip() + ",more\n", "row 2: has more cells than the header"),
        (COLUMNS.strip() + ",lo,hi\n" + row().strip() + ",5,x\n", "column hi: 'x' is not a number"),
        (COLUMNS.strip() + ",lo,hi\n" + row().strip() + ",5,4\n", "lo 5 is above hi 4"),
    ],
)
def test_refuses_what_cannot_be_read(text, complaint):
    with pytest.raises(WrongInput) as refusal:
        claims(text)

    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("cited", "origin", "through"),
    [
        ("Steinfatt, Baker, Beesey 2002", "steinfatt 2002", ("Steinfatt, Baker, Beesey 2002",)),
        ("Derks 2006 p. 21", "derks 2006", ("Derks 2006 p. 21",)),
        (
            "Archavanitkul 1998 via Derks 2006",
            "archavanitkul 1998",
            ("Derks 2006", "Archavanitkul 1998"),
        ),
        ("Olivie 2008; UNIAP 2010", "olivie 2008 + uniap 2010", ("Olivie 2008; UNIAP 2010",)),
        ("authors", "the authors of X", ()),
        ("none given", None, ()),
    ],
)
def test_sources_are_made_comparable(cited, origin, through):
    [claim] = claims(COLUMNS + row(source_cited=cited))

    assert (origin_of(claim), carriers(claim)) == (origin, through)


@given(st.permutations(WORKERS.splitlines()[1:]))
def test_the_order_of_the_file_never_changes_how_many_origins_there_are(rows):
    found = ledger(claims(COLUMNS + "\n".join(rows) + "\n"))

    assert group(found, "Sex workers", "in establishments")["independent_origins"] == 1
    assert found["chains"][0]["independent_origins"] == 2


@pytest.fixture(scope="module")
def seeds():
    if not SEEDS.exists():
        pytest.skip("seed_claims.csv is not beside this repository")
    return read_claims(SEEDS.read_text(encoding="utf-8"), SEEDS.name)


def test_every_seed_claim_loads_and_has_a_chain(seeds):
    assert len(seeds) == 342
    assert set(REQUIRED) <= set(vars(seeds[0]))
    assert {len(chain_of(seeds, c.claim_id)["path"]) > 0 for c in seeds[::20]} == {True}


@pytest.mark.parametrize(
    ("claim", "root"),
    [
        ("S2-003", "S0-039"),  # 80,000 to 100,000 "sex slaves" were "prostitutes"
        ("S2-004", "S0-041"),  # 20,000 was 20,829
        ("S2-005", "S0-042"),
        ("S1-001", "S0-003"),
        ("S1-002", "S0-004"),  # "annually" was added
        ("S1-007", "S0-068"),  # 80 % was LICADHO's of 2007
        ("S4-013", "S0-020"),
        ("S0-184", "S0-184"),  # stands only in a title
    ],
)
def test_the_seeds_known_chains_are_found(seeds, claim, root):
    assert chain_of(seeds, claim)["root"] == root


def test_what_no_one_measured_in_the_seeds_is_all_told(seeds):
    found = ledger(seeds)

    unsupported = {one["claim_id"] for one in found["no_empirical_origin"]}
    assert unsupported == {c.claim_id for c in seeds if c.method == "unsourced"}
    assert {"S0-039", "S2-003", "S0-184"} <= unsupported
