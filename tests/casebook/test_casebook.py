"""Every page of the casebook is judged as it says."""

from pathlib import Path

import pytest

from mekhala.core.casebook.judged import disagreements, judge
from mekhala.core.casebook.page import read_page

PAGES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_judges_the_page_as_it_says(path):
    assert disagreements(judge(read_page(path))) == ()
