"""``./run bench us_case_law FILE.csv [--write]``: published court cases through the definition.

The file is a public table of United States court cases and is not kept here. Each case is read
by ``mapping.yaml`` and assessed; ``--write`` puts the tables into ``docs/law/us-case-law.md``.
"""

import sys
from pathlib import Path

from benchmarks.us_case_law.mapping import court_cases
from benchmarks.us_case_law.tables import judge, tables
from mekhala.core.wrong_input import WrongInput

PAGE = Path(__file__).resolve().parents[2] / "docs" / "law" / "us-case-law.md"
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"


def main(words: list[str]) -> int:
    """Print the tables for the file named, or write them into the page; return 0."""
    files = [word for word in words if word != "--write"]
    if len(files) != 1:
        print("usage: ./run bench us_case_law FILE.csv [--write]", file=sys.stderr)
        return 2
    try:
        found = measured(Path(files[0]))
    except (WrongInput, OSError) as refusal:
        print(f"bench: {refusal}", file=sys.stderr)
        return 2
    if "--write" in words:
        PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    else:
        print(found, end="")
    return 0


def measured(path: Path) -> str:
    """Return the tables for the file at ``path``, as Markdown."""
    return tables([judge(case) for case in court_cases(path)])


def with_tables(page: str, found: str) -> str:
    """Return the page with the tables between its two marks replaced."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{found}\n{END}{after}"


def tables_of(page: str) -> str:
    """Return the tables that stand between the marks of the page."""
    return page.partition(BEGIN)[2].partition(END)[0].strip() + "\n"
