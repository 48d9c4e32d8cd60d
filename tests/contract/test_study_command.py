"""``mekhala study`` as a user calls it."""

import json

import pytest

from mekhala.cli import main

ROWS = """table,group,measure,value,n,unit,kind,note
age,all,mean,38.5,91,years,published,
age,female,mean,37.7,49,years,published,
age,male,mean,32.3,42,years,published,
age,all,youngest,16,91,years,published,
"""


def test_answers_one_json_document_with_each_figure_and_what_is_amiss(tmp_path, capsys):
    (tmp_path / "s.csv").write_text(ROWS)

    assert main(["study", str(tmp_path / "s.csv"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [f["outcome"] for f in answer["figures"]] == ["differs", "cannot", "cannot", "cannot"]
    assert answer["figures"][3]["why_not"] == "needs_each_person"
    assert answer["remarks"][0]["check"] == "mean_outside_groups"
    assert {"comparisons", "weighted", "outcomes", "left_out"} <= set(answer)


@pytest.mark.parametrize(
    ("figures", "plan", "says"),
    [
        ("a,b\n1,2\n", "", "s.csv: no column table; expected table, group"),
        (ROWS, "[[total]]\n", "p.toml: no rule 'total'; expected one of sum"),
        (ROWS, "[[sum]]\nwhole='x'\n", "p.toml: sum 1: expected exactly parts, whole"),
    ],
)
def test_refuses_in_one_line(tmp_path, capsys, figures, plan, says):
    (tmp_path / "s.csv").write_text(figures)
    (tmp_path / "p.toml").write_text(plan)

    given = ["study", str(tmp_path / "s.csv"), "--plan", str(tmp_path / "p.toml")]
    assert main(given) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert says in said.err
