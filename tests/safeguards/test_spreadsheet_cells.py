"""No cell we write is run by a spreadsheet, whatever stands unseen before it (TP-B5, R-52)."""

import ast
import csv
import io
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.estimation.tables import from_counts, write_overlaps
from mekhala.core.table_cells import csv_text, harmless
from mekhala.pathway.determination.quality import Quality, Share
from mekhala.population.publication.models import PublishedTable
from mekhala.sample import counting
from mekhala.sample.lists import COLUMNS, ListedRecords
from mekhala.web import figures
from mekhala.web.casework.quality import as_csv as quality_csv

SOURCE = Path(__file__).resolve().parents[2] / "src" / "mekhala"
UNSEEN = [
    "", " ", "\t", "\r", "\n", "\0", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f",
    "\x80", "\x85", "\x9f", "\u00a0", "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4",
    "\u180b", "\u180e", "\u2000", "\u2003", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f",
    "\u2028",
    "\u202e", "\u2060", "\u2066", "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\uffa0",
    "\U000e0001",
    "\u200b\u00ad\ufeff",
]  # fmt: skip
FIRST = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66", "\ufe62", "\ufe63",
         "\ufe6b", "\u2212"]  # fmt: skip
COMMAND = "cmd|' /C calc'!A0"
HOSTILE = [f"{unseen}{first}{COMMAND}" for unseen in UNSEEN for first in FIRST]


def runs(cell):
    """Tell whether a spreadsheet might run it, judged apart from the rule that is tested."""
    for character in cell:
        if character == "'":
            return False
        if (
            unicodedata.category(character)[0] in "CZM"
            or character in "\u115f\u1160\u3164\uffa0\u2800"
        ):
            if character in "\t\r\n\0":
                return True
            continue
        return unicodedata.normalize("NFKC", character) in "=+-@\u2212"
    return False


def of_overlaps(bad):
    return write_overlaps(from_counts([bad, "other"], {(1, 0): 3}))


def _listed(bad):
    record = dict.fromkeys(COLUMNS, bad)
    return ListedRecords((bad,), (record,), {bad: 1}, 1)


def of_a_list(bad, tmp_path):
    _listed(bad).write_csv(tmp_path / "list.csv")
    return (tmp_path / "list.csv").read_text(encoding="utf-8")


def of_the_main_job(bad):
    return counting._as_csv(_listed(bad), bad)


def of_quality(bad):
    row = Share(stage=bad, name=bad, decided=20, positive=10)
    day = date(2025, 1, 1)
    return quality_csv.as_csv(Quality(first_month=day, last_month=day, stages=(), referrers=(row,),
                                      readers=None, spread=None), bad)  # fmt: skip


def of_a_release(bad):
    table = PublishedTable(cells=[{"sex": bad, "province_code": bad, "count": 12}])
    return figures.as_csv(table, with_notes=False)


EXPORTERS = {
    e.__name__: e for e in (of_overlaps, of_a_list, of_the_main_job, of_quality, of_a_release)
}


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_no_exporter_writes_a_formula(exporter, tmp_path):
    """45 unseen beginnings × 13 first signs × every exporter."""
    write = EXPORTERS[exporter]
    for bad in HOSTILE:
        text = write(bad, tmp_path) if exporter == "of_a_list" else write(bad)
        cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
        assert [cell for cell in cells if runs(cell)] == [], bad
        assert any("calc" in cell for cell in cells), "the hostile cell was not written at all"


def test_the_rule_that_looks_at_the_first_character_only_lets_most_through():
    """The mutant: what we did before."""
    before = [f"'{c}" if c.startswith(("=", "+", "-", "@", "\t", "\r")) else c for c in HOSTILE]
    assert sum(map(runs, before)) > 400
    assert not any(runs(harmless(cell)) for cell in HOSTILE)


def test_numbers_stay_numbers_and_words_stay_words():
    rows = [[-3, 0.5, None, "-3", "0.125", "12 to 17", "សុខ\u200bសាន្ត", "a = b", "Žiga"]]
    assert csv_text(rows) == "-3,0.5,,-3,0.125,12 to 17,សុខ\u200bសាន្ត,a = b,Žiga\r\n"


@given(st.text())
def test_no_text_runs_and_none_but_a_formula_is_changed_in_what_is_seen(text):
    made = harmless(text)
    assert not runs(made)
    if not any(unicodedata.category(c) == "Cc" for c in text) and not runs(text):
        assert made == text


def test_tables_are_written_in_one_place_only():
    """Whoever writes a CSV or a workbook elsewhere goes around the rule."""
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
        and (getattr(node, "attr", "") or getattr(node, "id", ""))
        in ("writer", "DictWriter", "Workbook", "save_workbook", "to_csv", "to_excel")
    }
    # Workbooks of the shipped forms hold our own words and no answer.
    assert found == {"core/table_cells.py", "forms/instruments/texts.py"}
