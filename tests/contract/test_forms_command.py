"""``mekhala forms`` tells authors at their own desk what the upload page would tell them."""

import pytest

from tests.builders_forms import survey
from tests.commands import in_a_process, mekhala


def _run(*words, call=mekhala):
    done = call("forms", *words)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def form(tmp_path):
    def written(name="mine.md", content=None):
        path = tmp_path / name
        path.write_bytes(content or survey())
        return path

    return written


def test_a_form_without_gaps_is_told_in_one_line(form):
    path = form()
    said = f"{path}: OK, invented 1, 3 questions, English (en), Khmer (km)\n"
    assert _run("check", path, call=in_a_process) == (0, said, "")


def test_a_missing_text_is_told_with_its_row(form):
    path = form(content=survey().replace("| សួស្តី |".encode(), b"| |"))
    status, said, _errors = _run("check", path)
    assert status == 1
    assert f"{path}: row 2: question “hello”: no label in Khmer (km)" in said


def test_every_fault_is_told_in_a_line_of_its_own(form):
    broken = survey().replace(b"integer", b"no_such").replace(b"${safe}", b"${save}")
    status, said, errors = _run("check", form(content=broken))
    assert (status, said) == (2, "")
    assert len(errors.splitlines()) == 2
    assert "sheet “survey”, row 6, column “type”" in errors
    assert "Traceback" not in errors


def test_two_versions_are_compared_in_words(form):
    changed = survey("2").replace(b"| | need | food | Food |", b"| | need | meal | Meal |")
    status, said, _errors = _run("compare", form(), form("new.md", changed))
    assert status == 1
    assert "Choice removed from “What is needed?”: “Food” (food) [old answers may not fit]" in said
    assert _run("compare", form(), form())[:2] == (0, "No difference.\n")


def test_what_is_no_file_is_told_in_a_line(tmp_path):
    status, said, errors = _run("check", tmp_path / "none.md")
    assert (status, said) == (2, "")
    assert errors.count("\n") == 1


def test_the_shipped_forms_are_written_as_workbooks_that_pass_the_check(tmp_path):
    folder = tmp_path / "instruments"
    status, said, errors = _run("instruments", folder)
    assert (status, errors) == (0, "")
    assert str(folder / "card.xlsx") in said.splitlines()
    status, said, errors = _run("check", folder / "card.xlsx", folder / "checklist.xlsx")
    assert (status, errors) == (0, "")
    assert said.count(": OK, ") == 2
    assert _run("instruments", folder)[0] == 2
