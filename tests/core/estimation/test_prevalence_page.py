"""The page on prevalence says what the code does."""

import re
from pathlib import Path

from mekhala.cli import main

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "prevalence.md"


def test_the_code_on_the_page_runs():
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)

    assert blocks
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), {})


def test_every_option_on_the_page_is_one_of_the_command(capsys):
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE.read_text(encoding="utf-8")))

    try:
        main(["estimate", "proportion", "--help"])
    except SystemExit:
        shown = capsys.readouterr().out

    assert options > {"--rds", "--scale-up"}
    assert not [option for option in options if option not in shown]
