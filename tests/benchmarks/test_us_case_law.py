"""Published court cases: each category is read as the mapping says, and gaps stay gaps."""

from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.us_case_law import PAGE, measured, tables_of, with_tables
from benchmarks.us_case_law.mapping import categories, court_case, mapping
from benchmarks.us_case_law.tables import judge
from mekhala.core.reasoning.palermo import palermo_outcome
from mekhala.core.vocabulary.facts import facts
from mekhala.core.wrong_input import WrongInput

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "stats" / "us_case_law_elements.csv"
INVENTED = Path(__file__).with_name("invented_us_cases.csv")
ELEMENTS = {"ActsInvolved": "act", "MeansUsed": "means", "ExploitativePurposes": "purpose"}
ROW = {
    "Case": "X1", "Offences": "NA", "ActsInvolved": "Recruitment", "MeansUsed": "Deception",
    "ExploitativePurposes": "Servitude", "MinorsIncluded": "No", "FemaleVictim(s)": "Yes",
    "MaleVictim(s)": "No",
}  # fmt: skip


def read(**change):
    return court_case({**ROW, **change}, where="row 1")


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published table is not kept here")
def test_the_page_shows_what_the_published_table_gives():
    assert tables_of(PAGE.read_text(encoding="utf-8")) == measured(PUBLISHED)


def test_counts_a_few_invented_cases(capsys):
    assert main(["us_case_law", str(INVENTED)]) == 0
    told = capsys.readouterr().out
    assert "| **all** | 6 | 3 | 0 | 3 | 2 |" in told
    assert "| means | 2 |" in told
    assert "`ExploitativePurposes`: Other (" in told


def test_a_whole_case_is_met_and_its_gaps_are_named():
    assert judge(read()).finding == "met"
    for column, element in ELEMENTS.items():
        lacking = judge(read(**{column: "NA"}))
        assert (lacking.finding, lacking.missing) == ("undetermined", (element,))
        assert lacking.case.blank == (column,)


@pytest.mark.parametrize(("minors", "finding"), [
    ("Yes", "met"), ("yes*", "met"), ("NA", "met"), ("", "met"), ("No*", "undetermined"),
])  # fmt: skip
def test_without_means_the_age_decides_and_an_age_not_given_is_a_childs(minors, finding):
    judged = judge(read(MeansUsed="", MinorsIncluded=minors))
    assert judged.finding == finding
    assert judged.finding_as_adult == "undetermined"


def test_nothing_is_ever_read_as_a_no():
    for each in (read(), read(MeansUsed="", ActsInvolved="NA", ExploitativePurposes="")):
        assert set(each.document["facts"].values()) <= {"yes"}


@pytest.mark.parametrize("column", ELEMENTS)
def test_every_category_brings_its_own_element_whichever_fact_it_meant(column):
    for category, row in mapping()["columns"][column].items():
        for code in row.get("stands_for", []):
            assert facts()[code].palermo == ELEMENTS[column], category
            outcome = palermo_outcome({code: True}, age=None)
            made_out = [n for n in ("act", "means", "purpose") if getattr(outcome, n).value]
            assert made_out == [ELEMENTS[column]], category


def test_every_line_of_the_mapping_says_one_thing():
    for column in mapping()["columns"].values():
        for row in column.values():
            assert len(row) == 1
            assert set(row) <= {"stands_for", "read_as", "not_mapped"}
            assert set(row.get("read_as", [])) <= set(column)


def test_two_categories_run_together_are_both_read():
    together = "Threat or use of force or other forms of coercionAbduction;\nFraud"
    found = read(MeansUsed=together).document["facts"]
    assert {c for c in found if c.startswith("means.")} == {
        "means.coercion", "means.abduction", "means.fraud",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("female", "male", "sex"),
    [("Yes", "No", "female"), ("No", "Yes", "male"), ("Yes", "Yes", "unknown"),
     ("Yes", "NA", "unknown"), ("No", "No", "unknown")],
)  # fmt: skip
def test_a_case_has_a_sex_only_if_all_its_victims_have_one(female, male, sex):
    case = read(**{"FemaleVictim(s)": female, "MaleVictim(s)": male})
    assert case.document["person"]["sex"] == sex


def test_a_category_without_a_fact_is_told_and_not_guessed():
    case = read(ExploitativePurposes="Other")
    assert case.not_mapped == (("ExploitativePurposes", "Other"),)
    assert judge(case).missing == ("purpose",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"MeansUsed": "Hypnosis"}, ["row 1", "MeansUsed", "Hypnosis"]),
        ({"MinorsIncluded": "perhaps"}, ["row 1", "perhaps"]),
    ],
)
def test_refuses_a_word_it_does_not_know(change, words):
    with pytest.raises(WrongInput) as refusal:
        read(**change)
    assert all(word in str(refusal.value) for word in words)


@pytest.mark.parametrize("words", [[], ["a.csv", "b.csv"], ["no such file.csv"]])
def test_without_a_file_to_read_it_says_so_and_measures_nothing(words, capsys):
    assert main(["us_case_law", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_without_a_column_is_refused(tmp_path, capsys):
    path = tmp_path / "short.csv"
    path.write_text("Case,Offences\nX1,NA\n", encoding="utf-8")
    assert main(["us_case_law", str(path)]) == 2
    assert "short.csv: no column 'ActsInvolved'" in capsys.readouterr().err


def test_cells_are_cut_at_semicolons_and_line_ends():
    assert categories("A;\nB ; \n C  D\n;") == ["A", "B", "C D"]
    assert categories("NA") == categories(" ") == []


def test_tables_are_replaced_between_their_marks_and_nowhere_else():
    page = with_tables(PAGE.read_text(encoding="utf-8"), "| new |\n")
    assert tables_of(page) == "| new |\n"
    assert page.startswith("# The definition")
    assert "What this shows" in page
