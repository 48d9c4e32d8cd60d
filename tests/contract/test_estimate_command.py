"""``mekhala estimate``: what it answers, and once as a user calls it."""

import json
import re

import pytest

from tests.commands import in_a_process, mekhala
from tests.effort import seconds_of_work

LISTS = (
    "police,ngo,embassy,count\n1,0,0,60\n0,1,0,48\n0,0,1,35\n1,1,0,14\n1,0,1,9\n0,1,1,8\n1,1,1,3\n"
)
PROMISED = {"method", "observed", "estimate", "low", "high", "level", "interval", "model", "exists",
            "warnings", "seconds", "reference"}  # fmt: skip


@pytest.fixture
def lists(tmp_path):
    path = tmp_path / "lists.csv"
    path.write_text(LISTS, encoding="utf-8")
    return str(path)


def test_one_method_answers_with_one_object(lists):
    done = in_a_process("estimate", "mse", lists, "--method", "independence", "--json")

    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert answer.keys() >= PROMISED
    assert answer["low"] < answer["estimate"] < answer["high"]
    assert answer["interval"] == "bca"


def test_by_default_every_method_answers_and_their_agreement_is_told(lists):
    answer = json.loads(mekhala("estimate", "mse", lists, "--json", "--bootstrap", "0").stdout)

    assert [one["method"] for one in answer["estimates"]] == [
        "independence", "stepwise", "bic", "bayes-threshold", "decomposable", "latent-class",
        "chao",
    ]  # fmt: skip
    assert all(one.keys() >= PROMISED for one in answer["estimates"])
    assert answer["agreement"].keys() >= {"low", "high", "differ_by"}
    assert answer["gate"]["passes"] is True
    assert answer["ties"]["xi"][-1] == 3.0


def test_standard_input_and_the_same_seed_give_the_same_answer(lists):
    words = ("--method", "stepwise", "--seed", "4", "--bootstrap", "100", "--json")
    one = json.loads(mekhala("estimate", "mse", lists, *words).stdout)
    two = json.loads(mekhala("estimate", "mse", "-", *words, stdin=LISTS).stdout)

    for answer in (one, two):
        answer.pop("seconds")
    assert one == two


def test_people_get_words_with_the_assumption_and_the_warnings(lists):
    done = mekhala("estimate", "mse", lists, "--bootstrap", "0")

    for words in (
        "takes for granted: Being on one list",
        "not_identified_without_assumption",
        "the interval covers:",
        "agreement:",
        "may be told:",
        "period_not_given",
    ):
        assert words in done.stdout


def test_the_report_stands_alone_with_the_panel_first_and_how_to_repeat_it(lists, tmp_path):
    file = tmp_path / "report.html"
    file.write_text("an older report", encoding="utf-8")
    words = ("--method", "stepwise", "--bootstrap", "50", "--period", "2025-01-01/2025-12-31")
    done = mekhala("estimate", "mse", lists, *words, "--json", "--html", str(file))

    page = file.read_text(encoding="utf-8")
    assert json.loads(done.stdout)["method"] == "stepwise"
    assert page.index("<svg") < page.index("What it takes for granted") < page.index("Run it again")
    assert "mekhala estimate mse lists.csv --method stepwise --level 0.95 --bootstrap 50" in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=|url\(|@import", page)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_links_widen_what_the_interval_covers_and_must_be_of_the_same_linking(tmp_path):
    people, overlaps = linked_files(tmp_path)
    words = ("--method", "independence", "--bootstrap", "50", "--json")
    plain = json.loads(mekhala("estimate", "mse", overlaps, *words).stdout)
    linked = json.loads(mekhala("estimate", "mse", overlaps, *words, "--links", people).stdout)
    assert "not errors of linkage" in plain["covers"]
    assert linked["covers"].endswith("and linkage")
    assert set(linked["linkage"]["variance_shares"]) >= {"sampling", "linkage"}
    other = mekhala("estimate", "mse", "-", *words, "--links", people, stdin=LISTS)
    assert (other.returncode, other.stdout) == (2, "")
    assert "same linking" in other.stderr


def linked_files(folder):
    """Three lists of people of whom some are on two; each such pair is likely, none is sure."""
    people, pairs, rows, persons = ["record_id,source,person_id"], ["left,right,probability"], {}, 0
    for sources, many in ((("a",), 60), (("b",), 50), (("c",), 40), (("a", "b"), 20),
                          (("a", "c"), 18), (("b", "c"), 15)):  # fmt: skip
        rows[sources] = many
        for _ in range(many):
            persons += 1
            people += [f"{s}{persons},{s},{persons}" for s in sources]
            if len(sources) == 2:
                pairs.append(f"{sources[0]}{persons},{sources[1]}{persons},0.8")
    cells = [",".join("01"[s in sources] for s in "abc") + f",{many}"
             for sources, many in rows.items()]  # fmt: skip
    for name, lines in (
        ("people", people),
        ("pairs", pairs),
        ("overlaps", ["a,b,c,count", *cells]),
    ):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(folder / "people.csv"), str(folder / "overlaps.csv")


def test_strata_add_up_to_their_total(tmp_path):
    rows = [line.split(",") for line in LISTS.splitlines()]
    lines = [",".join(["sex", *rows[0]])]
    for sex, times in (("female", 2), ("male", 1)):
        lines += [",".join([sex, *row[:-1], str(int(row[-1]) * times)]) for row in rows[1:]]
    file = tmp_path / "by_sex.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = ("--strata", "sex", "--bootstrap", "50")
    found = json.loads(mekhala("estimate", "mse", str(file), *words, "--json").stdout)
    parts = sum(s["estimate"] for s in found["strata"])
    assert parts == pytest.approx(found["total"]["estimate"], abs=0.5)
    assert "total" in mekhala("estimate", "mse", str(file), *words).stdout


def test_no_finite_estimate_is_null_and_not_a_failure():
    done = mekhala(
        "estimate", "mse", "-", "--json", stdin="a,b,c,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n"
    )

    whole = json.loads(done.stdout)
    answer = whole["estimates"][0]
    assert done.returncode == 0
    assert (answer["estimate"], answer["exists"]) == (None, False)
    assert (whole["agreement"]["verdict"], whole["ties"]) == ("no_number", None)
    assert "no_finite_estimate" in {warned["code"] for warned in answer["warnings"]}


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("mse", "/no/such/file.csv"), ""),
        (("mse", "-"), "a,b,count\n1,2,4\n"),
        (("mse", "-"), ""),
        (("mse", "-", "--level", "2"), LISTS),
        (("mse", "-", "--method", "guess"), LISTS),
        (("mse", "-", "--method", "chapman"), LISTS),
        (("mse", "-", "--period", "2025"), LISTS),
        (("mse", "-", "--period", "2025-12-31/2025-01-01"), LISTS),
        (("mse", "-", "--html", "/no/such/folder/report.html"), LISTS),
        (("mse", "-", "--html", "/tmp"), LISTS),
        (("mse", "-", "--pairs", "pairs.csv"), LISTS),
        (("mse", "-", "--links", "/no/such/people.csv"), LISTS),
        (("mse", "-", "--strata", "sex"), LISTS),
        (("mse", "-", "--strata", "sex", "--html", "x.html"), LISTS),
        (("mse", "-", "--bootstrap", "many"), LISTS),
        (("proportion", "--positive", "5", "--screened", "4"), ""),
        (("proportion", "--positive", "5"), ""),
        (("proportion", "--positive", "1", "--screened", "4", "--clusters", "-"), "a\n"),
        ((), ""),
    ],
)
def test_wrong_input_is_one_line_and_status_2(words, stdin):
    done = mekhala("estimate", *words, stdin=stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_proportion_answers_what_the_contract_names():
    words = ("--positive", "92", "--screened", "400", "--refused", "10", "--population", "89096")
    answer = json.loads(mekhala("estimate", "proportion", *words, "--json").stdout)

    assert answer.keys() >= {"proportion", "low", "high", "method", "design_effect",
                             "implied_count", "warnings"}  # fmt: skip
    assert round(answer["implied_count"]["estimate"]) == 20_492


def test_proportion_tells_people_the_share_and_the_design_effect(tmp_path):
    path = tmp_path / "buses.csv"
    path.write_text("cluster,positive,screened\na,1,10\nb,9,10\n", encoding="utf-8")

    words = ("--positive", "10", "--screened", "20", "--population", "300", "--clusters", str(path))
    done = mekhala("estimate", "proportion", *words)

    assert "50.0%" in done.stdout
    assert "design effect" in done.stdout
    assert "150" in done.stdout


def test_it_starts_in_under_two_seconds():
    words = ("estimate", "proportion", "--positive", "1", "--screened", "40", "--json")
    assert seconds_of_work(lambda: in_a_process(*words)) < 2
