"""The guide ``docs/methods/estimation.md`` says what the library answers: every block is run."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "methods" / "estimation.md"
LAWS = doctest.NORMALIZE_WHITESPACE


def blocks(text):
    """Every block of the guide with a prompt in it, and the line it begins on."""
    found = re.finditer(r"^```pycon\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(block.group(1), text.count("\n", 0, block.start(1))) for block in found]


def session(text):
    """All blocks as one session, each line where it stands in the guide."""
    lines = [""] * (text.count("\n") + 1)
    for block, at in blocks(text):
        for number, line in enumerate(block.splitlines()):
            lines[at + number] = line
    return doctest.DocTestParser().get_doctest("\n".join(lines), {}, GUIDE.name, str(GUIDE), 0)


def test_every_block_of_the_guide_answers_as_it_says(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    asked = session(GUIDE.read_text(encoding="utf-8"))

    told = doctest.DocTestRunner(optionflags=LAWS).run(asked)

    assert told.attempted > 40
    assert not told.failed, capsys.readouterr().out


def test_a_block_that_says_something_else_is_noticed(capsys):
    asked = session("```pycon\n>>> 1 + 1\n3\n```\n")

    assert doctest.DocTestRunner(optionflags=LAWS).run(asked).failed == 1


def test_every_name_in_the_tables_of_counterparts_is_there():
    from mekhala.core import estimation

    said = GUIDE.read_text(encoding="utf-8").partition("## From SparseMSE")[2]
    named = set(re.findall(r"`([a-z_]+)\.([a-z_]+)\b", said.partition("## When not")[0]))
    named -= {("table", name) for _, name in named}
    for module, name in sorted(named):
        path = Path(estimation.__file__).parent / f"{module}.py"
        if path.exists():
            assert re.search(rf"^(def|class) {name}\b", path.read_text(), re.MULTILINE), name
        else:
            assert module in {"closedp", "bma", "estimatepopulation", "tests"}, module


@pytest.mark.parametrize("link", re.findall(r"\]\(([\w./]+)\)", GUIDE.read_text(encoding="utf-8")))
def test_what_the_guide_points_to_is_there(link):
    assert (GUIDE.parent / link).exists()
